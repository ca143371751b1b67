package org.midonet.packets;

import org.jspecify.annotations.Nullable;

/** The text forms of an IPv6 address: RFC 4291 section 2.2 read, RFC 5952 written. Stateless. */
final class Ipv6Text {
  private static final int GROUPS = 8;

  /** Eight groups of four digits, or six of them and a dotted quad. */
  private static final int MAX_LENGTH = 45;

  private Ipv6Text() {}

  static @Nullable Ipv6Address parse(String text) {
    int length = text.length();
    if (length < 2 || length > MAX_LENGTH) {
      return null;
    }
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = -1;
    int at = 0;
    if (text.charAt(0) == ':') {
      if (text.charAt(1) != ':') {
        return null;
      }
      gap = 0;
      at = 2;
    }
    while (at < length) {
      int end = endOfGroup(text, at);
      if (end < length && text.charAt(end) == '.') {
        Ipv4Address v4 = count <= GROUPS - 2 ? Ipv4Address.parseOrNull(text, at) : null;
        if (v4 == null) {
          return null;
        }
        groups[count++] = v4.bits() >>> 16;
        groups[count++] = v4.bits() & 0xffff;
        break;
      }
      if (end == at || end - at > 4 || count == GROUPS) {
        return null;
      }
      groups[count++] = Integer.parseInt(text, at, end, 16);
      if (end == length) {
        break;
      }
      if (text.charAt(end) != ':' || end + 1 == length) {
        return null;
      }
      at = end + 1;
      if (text.charAt(at) == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = count;
        at++;
      }
    }
    return assemble(groups, count, gap);
  }

  private static int endOfGroup(String text, int start) {
    int end = start;
    while (end < text.length() && Ascii.hexDigit(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  /** Spreads the groups read around the gap, which must stand for at least one group of zeros. */
  private static @Nullable Ipv6Address assemble(int[] groups, int count, int gap) {
    if (gap < 0 ? count != GROUPS : count == GROUPS) {
      return null;
    }
    long high = 0;
    long low = 0;
    int zeros = GROUPS - count;
    for (int i = 0; i < GROUPS; i++) {
      int group;
      if (gap < 0 || i < gap) {
        group = groups[i];
      } else {
        group = i < gap + zeros ? 0 : groups[i - zeros];
      }
      if (i < 4) {
        high = high << 16 | group;
      } else {
        low = low << 16 | group;
      }
    }
    return new Ipv6Address(high, low);
  }

  static String format(Ipv6Address address) {
    int gapStart = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = zeroRun(address, i);
      if (run > gapLength) {
        gapStart = i;
        gapLength = run;
      }
      i += run;
    }
    StringBuilder out = new StringBuilder(39);
    boolean dotted =
        gapStart == 0 && (gapLength == 6 || (gapLength == 5 && group(address, 5) == 0xffff));
    for (int i = 0; i < (dotted ? 6 : GROUPS); i++) {
      if (i == gapStart) {
        out.append("::");
        i += gapLength - 1;
      } else {
        separate(out);
        out.append(Integer.toHexString(group(address, i)));
      }
    }
    if (dotted) {
      separate(out);
      new Ipv4Address((int) address.low()).appendTo(out);
    }
    return out.toString();
  }

  private static void separate(StringBuilder out) {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
      out.append(':');
    }
  }

  private static int zeroRun(Ipv6Address address, int start) {
    int end = start;
    while (end < GROUPS && group(address, end) == 0) {
      end++;
    }
    return end - start;
  }

  private static int group(Ipv6Address address, int index) {
    long half = index < 4 ? address.high() : address.low();
    return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
  }
}
