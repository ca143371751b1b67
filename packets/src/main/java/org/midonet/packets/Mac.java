package org.midonet.packets;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A 48-bit IEEE 802 MAC address. Immutable, safe to share.
 *
 * @param value the address as an unsigned 48-bit number, first octet most significant
 */
public record Mac(long value) implements Comparable<Mac> {
  public static final Mac BROADCAST = new Mac(0xffff_ffff_ffffL);
  public static final Mac ZERO = new Mac(0);

  private static final long MAX = 0xffff_ffff_ffffL;
  private static final long GROUP_BIT = 1L << 40;
  private static final long LOCAL_BIT = 1L << 41;

  public Mac {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException(
          "0x" + Long.toHexString(value) + " does not fit in 48 bits");
    }
  }

  /**
   * Reads the forms in common use: six groups of one or two hexadecimal digits joined by colons or
   * hyphens, three groups of up to four joined by colons, hyphens or dots (Cisco), two groups of
   * five or six joined by colons or hyphens (PostgreSQL), or eleven or twelve bare digits.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static Mac parse(String text) {
    Mac mac = parseOrNull(text);
    if (mac == null) {
      throw new IllegalArgumentException("'" + text + "' is not a MAC address");
    }
    return mac;
  }

  /** Like {@link #parse}, but empty where that throws. */
  public static Optional<Mac> tryParse(String text) {
    return Optional.ofNullable(parseOrNull(text));
  }

  private static @Nullable Mac parseOrNull(String text) {
    int length = text.length();
    if (length < 5 || length > 17) {
      return null;
    }
    char separator = 0;
    int groups = 1;
    int shortest = Integer.MAX_VALUE;
    int longest = 0;
    int digits = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Ascii.hexDigit(c) >= 0) {
        digits++;
      } else if ((c == ':' || c == '-' || c == '.') && (separator == 0 || separator == c)) {
        separator = c;
        groups++;
        shortest = Math.min(shortest, digits);
        longest = Math.max(longest, digits);
        digits = 0;
      } else {
        return null;
      }
    }
    shortest = Math.min(shortest, digits);
    longest = Math.max(longest, digits);
    return isFormat(groups, separator, shortest, longest) ? new Mac(join(text, 48 / groups)) : null;
  }

  private static boolean isFormat(int groups, char separator, int shortest, int longest) {
    return switch (groups) {
      case 6 -> separator != '.' && shortest >= 1 && longest <= 2;
      case 3 -> shortest >= 1 && longest <= 4;
      case 2 -> separator != '.' && shortest >= 5 && longest <= 6;
      case 1 -> shortest >= 11 && longest <= 12;
      default -> false;
    };
  }

  private static long join(String text, int groupBits) {
    long value = 0;
    long group = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Ascii.hexDigit(text.charAt(i));
      if (digit >= 0) {
        group = group << 4 | digit;
      } else {
        value = value << groupBits | group;
        group = 0;
      }
    }
    return groupBits == 48 ? group : value << groupBits | group;
  }

  /**
   * A random address below a base. The first three octets are the base's; so is the fourth unless
   * it is zero, as Neutron's {@code base_mac} option is read. The rest is random.
   */
  public static Mac random(Mac base, RandomGenerator random) {
    int randomBits = (base.value & 0xff_0000L) == 0 ? 24 : 16;
    long mask = (1L << randomBits) - 1;
    return new Mac((base.value & ~mask) | (random.nextLong() & mask));
  }

  /** Whether this is a group address (RFC 9542 section 2.1): multicast or broadcast. */
  public boolean isMulticast() {
    return (value & GROUP_BIT) != 0;
  }

  /** Whether this is the broadcast address, all ones. */
  public boolean isBroadcast() {
    return value == MAX;
  }

  /** Whether the address is locally administered rather than assigned by its vendor. */
  public boolean isLocal() {
    return (value & LOCAL_BIT) != 0;
  }

  /**
   * The modified EUI-64 interface identifier of RFC 4291 appendix A, the low half of a SLAAC
   * address.
   */
  public long interfaceId() {
    return ((value & 0xffff_ff00_0000L) << 16 | 0xff_fe00_0000L | (value & 0xff_ffffL))
        ^ (1L << 57);
  }

  /** The address a host with this MAC takes in a /64 by stateless autoconfiguration (RFC 4862). */
  public Ipv6Address slaac(Ipv6Address prefix) {
    return new Ipv6Address(prefix.high(), interfaceId());
  }

  /** The octet at an index from 0, the first on the wire, to 5. */
  public int octet(int index) {
    return (int) (value >>> (40 - 8 * index)) & 0xff;
  }

  @Override
  public int compareTo(Mac other) {
    return Long.compare(value, other.value);
  }

  /** Six lower-case octets joined by colons, as {@code fa:16:3e:00:00:01}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      Ascii.appendHex(out, value >>> shift, 2);
      if (shift > 0) {
        out.append(':');
      }
    }
    return out.toString();
  }
}
