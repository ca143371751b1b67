package org.midonet.agent.sim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.frame.Octets;

/**
 * How the value of a DHCP option is written on the wire, and by users as dnsmasq reads it: lists
 * have commas or spaces between them. Immutable, safe to share.
 */
enum DhcpValue {
  ADDRESS,
  ADDRESSES,
  /**
   * Addresses two by two: a destination and its router or its mask (RFC 2132 sections 5.8, 4.3).
   */
  PAIRS,
  TEXT,
  FLAG,
  U8,
  U16,
  U32,
  I32,
  /** Seconds, or a number with the letter of minutes, hours, days or weeks, or {@code infinite}. */
  TIME,
  /** Domain names (RFC 3397). */
  NAMES,
  /** Domain names or addresses (RFC 3361). */
  SIP_SERVERS,
  /** Networks, each with its router (RFC 3442). */
  ROUTES,
  /** Addresses, octets as {@code 0a:0b}, a number or text, told apart by their look. */
  ANY;

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2})+");
  private static final Pattern PERIOD = Pattern.compile("(\\d{1,9})([smhdw]?)");
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 253;

  /** The octets of a value, null if the text is none of this kind. */
  @Nullable Octets encode(String text) {
    return switch (this) {
      case ADDRESS -> length(addresses(text), 4, 4);
      case ADDRESSES -> addresses(text);
      case PAIRS -> {
        Octets all = addresses(text);
        yield all != null && all.length() % 8 == 0 ? all : null;
      }
      case TEXT -> text.isEmpty() ? null : Octets.ascii(unquoted(text));
      case FLAG -> flag(text);
      case U8 -> whole(text, 1);
      case U16 -> whole(text, 2);
      case U32 -> whole(text, 4);
      case I32 -> text.startsWith("-") ? negative(text.substring(1)) : whole(text, 4);
      case TIME -> time(text.toLowerCase(Locale.ROOT));
      case NAMES -> names(text);
      case SIP_SERVERS -> sipServers(text);
      case ROUTES -> routes(text);
      case ANY -> any(text);
    };
  }

  private static @Nullable Octets length(@Nullable Octets octets, int least, int most) {
    return octets == null || octets.length() < least || octets.length() > most ? null : octets;
  }

  private static @Nullable Octets flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true", "on", "yes" -> DhcpOptions.u8(1);
      case "0", "false", "off", "no" -> DhcpOptions.u8(0);
      default -> null;
    };
  }

  private static @Nullable Octets whole(String text, int octets) {
    long value = unsigned(text);
    return value < 0 || value >= 1L << (8 * octets) ? null : big(value, octets);
  }

  private static @Nullable Octets negative(String text) {
    long value = unsigned(text);
    return value < 0 || value > 1L << 31 ? null : big(-value, 4);
  }

  private static Octets big(long value, int octets) {
    byte[] out = new byte[octets];
    for (int i = 0; i < octets; i++) {
      out[i] = (byte) (value >>> (8 * (octets - 1 - i)));
    }
    return Octets.wrap(out);
  }

  private static @Nullable Octets time(String text) {
    if (text.equals("infinite")) {
      return DhcpOptions.u32(-1);
    }
    Matcher matcher = PERIOD.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    Duration unit =
        switch (matcher.group(2)) {
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          case "d" -> Duration.ofDays(1);
          case "w" -> Duration.ofDays(7);
          default -> Duration.ofSeconds(1);
        };
    long seconds = Long.parseLong(matcher.group(1)) * unit.toSeconds();
    return seconds > 0xffff_ffffL ? null : big(seconds, 4);
  }

  private static List<String> parts(String text) {
    return List.of(text.split("[,\\s]+", -1));
  }

  private static @Nullable Octets addresses(String text) {
    List<Ipv4Address> addresses = new ArrayList<>();
    for (String part : parts(text)) {
      Ipv4Address address = Ipv4Address.tryParse(part).orElse(null);
      if (address == null) {
        return null;
      }
      addresses.add(address);
    }
    return DhcpOptions.addresses(addresses);
  }

  private static @Nullable Octets names(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String name : parts(text)) {
      if (!writeName(out, name)) {
        return null;
      }
    }
    return Octets.wrap(out.toByteArray());
  }

  /** Labels, each with its length before it, and the root (RFC 1035 section 3.1). */
  private static boolean writeName(ByteArrayOutputStream out, String name) {
    String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (relative.isEmpty() || relative.length() > LONGEST_NAME) {
      return false;
    }
    for (String label : relative.split("\\.", -1)) {
      byte[] octets = label.getBytes(StandardCharsets.UTF_8);
      if (octets.length == 0 || octets.length > LONGEST_LABEL) {
        return false;
      }
      out.write(octets.length);
      out.writeBytes(octets);
    }
    out.write(0);
    return true;
  }

  private static @Nullable Octets sipServers(String text) {
    Octets addresses = addresses(text);
    Octets value = addresses == null ? names(text) : addresses;
    if (value == null) {
      return null;
    }
    byte[] out = new byte[1 + value.length()];
    out[0] = (byte) (addresses == null ? 0 : 1);
    value.write(out, 1);
    return Octets.wrap(out);
  }

  private static @Nullable Octets routes(String text) {
    List<String> parts = parts(text);
    if (parts.size() % 2 != 0) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < parts.size(); i += 2) {
      String network = parts.get(i).contains("/") ? parts.get(i) : parts.get(i) + "/32";
      Cidr destination = Cidr.tryParse(network).orElse(null);
      Ipv4Address router = Ipv4Address.tryParse(parts.get(i + 1)).orElse(null);
      if (destination == null || destination.network().version() != 4 || router == null) {
        return null;
      }
      writeRoute(out, destination, router.toBytes());
    }
    return Octets.wrap(out.toByteArray());
  }

  /** Of the network no more octets than its prefix needs. */
  static void writeRoute(ByteArrayOutputStream out, Cidr destination, byte[] router) {
    int length = destination.prefixLength();
    out.write(length);
    out.write(destination.network().toBytes(), 0, (length + 7) / 8);
    out.writeBytes(router);
  }

  private static @Nullable Octets any(String text) {
    if (text.isEmpty()) {
      return Octets.EMPTY;
    }
    if (HEX.matcher(text).matches()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (String octet : text.split(":", -1)) {
        out.write(HexFormat.fromHexDigits(octet));
      }
      return Octets.wrap(out.toByteArray());
    }
    Octets addresses = addresses(text);
    if (addresses != null) {
      return addresses;
    }
    long value = unsigned(text);
    if (value < 0 || value > 0xffff_ffffL) {
      return Octets.ascii(unquoted(text));
    }
    return big(value, value > 0xffff ? 4 : value > 0xff ? 2 : 1);
  }

  private static String unquoted(String text) {
    return text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static long unsigned(String text) {
    return text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? -1
        : Long.parseLong(text);
  }

  /** A whole number from 0 to the most, -1 for anything else. */
  static int number(String text, int most) {
    long value = unsigned(text);
    return value > most ? -1 : (int) value;
  }
}
