package org.midonet.neutron.resource;

import static org.midonet.neutron.resource.PythonFormat.str;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/**
 * The forms in which values are stored. Stateless, safe to share.
 *
 * <p>What is accepted and how a refusal is worded follows neutron-lib's API converters of the Zed
 * release. Those without a parameter are meant as method references ({@code
 * Converters::toBoolean}).
 */
public final class Converters {
  private static final Set<String> TRUE = Set.of("1", "t", "true", "on", "y", "yes");
  private static final Set<String> FALSE = Set.of("0", "f", "false", "off", "n", "no");

  /** Protocols that L3 extensions name; all others go by number. */
  private static final Set<String> NAMED_PROTOCOLS =
      Set.of("dccp", "icmp", "ipv6-icmp", "sctp", "tcp", "udp");

  private static final BigInteger MAX_PORT = BigInteger.valueOf(65535);
  private static final BigInteger MAX_PROTOCOL = BigInteger.valueOf(255);

  private Converters() {}

  /**
   * A boolean from itself, from 0 or 1, or from a word such as {@code yes} or {@code off} in any
   * case.
   */
  public static Object toBoolean(@Nullable Object value) {
    Boolean converted = booleanOrNull(value);
    if (converted == null) {
      throw NeutronException.invalidInput("'" + str(value) + "' cannot be converted to boolean");
    }
    return converted;
  }

  /** Like {@link #toBoolean}; null stays null. */
  public static @Nullable Object toBooleanIfNotNone(@Nullable Object value) {
    return value == null ? null : toBoolean(value);
  }

  static @Nullable Boolean booleanOrNull(@Nullable Object value) {
    if (value instanceof Boolean b) {
      return b;
    }
    String word = PythonValues.strip(str(value)).toLowerCase(Locale.ROOT);
    return TRUE.contains(word) ? Boolean.TRUE : FALSE.contains(word) ? Boolean.FALSE : null;
  }

  /**
   * An integer from itself, its text, a boolean, or a float, whose fraction is cut off: Long, or
   * BigInteger beyond 64 bits.
   */
  public static Object toInt(@Nullable Object value) {
    BigInteger number = PythonValues.toInteger(value);
    if (number == null) {
      throw NeutronException.invalidInput("'" + str(value) + "' is not an integer");
    }
    return PythonValues.json(number);
  }

  /** Like {@link #toInt}; null stays null. */
  public static @Nullable Object toIntIfNotNone(@Nullable Object value) {
    return value == null ? null : toInt(value);
  }

  public static Object noneToEmptyList(@Nullable Object value) {
    return value == null ? List.of() : value;
  }

  public static Object noneToEmptyDict(@Nullable Object value) {
    return value == null ? Map.of() : value;
  }

  public static Object noneToEmptyString(@Nullable Object value) {
    return value == null ? "" : value;
  }

  /**
   * A list as it is, a dictionary as the list of its keys, null as the empty list, anything else as
   * a list of one.
   */
  public static Object toList(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list;
      case Map<?, ?> map -> List.copyOf(map.keySet());
      default -> List.of(value);
    };
  }

  /** A string in lower case; anything else is refused. */
  public static Object toLowerCase(@Nullable Object value) {
    if (value instanceof String s) {
      return s.toLowerCase(Locale.ROOT);
    }
    throw NeutronException.invalidInput("Input value " + str(value) + " must be string type");
  }

  /** The text of a value as Python prints it; null stays null. */
  public static @Nullable Object toText(@Nullable Object value) {
    return value == null ? null : str(value);
  }

  /** A string that begins with {@code ip} in any case begins with {@code IP}; all else stays. */
  public static @Nullable Object uppercaseIp(@Nullable Object value) {
    return value instanceof String s && s.regionMatches(true, 0, "IP", 0, 2)
        ? "IP" + s.substring(2)
        : value;
  }

  /** An IPv6 address in canonical form, also from its number; all else stays. */
  public static @Nullable Object canonicalIp(@Nullable Object value) {
    return switch (value) {
      case String s -> Ipv6Address.tryParse(s).<Object>map(Ipv6Address::toString).orElse(s);
      case Long n when n > 0xffff_ffffL -> IpAddress.of(6, BigInteger.valueOf(n)).toString();
      case BigInteger n when n.signum() > 0 && n.bitLength() <= 128 ->
          IpAddress.of(6, n).toString();
      case null, default -> value;
    };
  }

  /** A prefix as canonical address, slash, length. Host bits stay. */
  public static Object canonicalCidr(@Nullable Object value) {
    IpNetworkText network = value instanceof String s ? IpNetworkText.parse(s) : null;
    if (network == null) {
      throw NeutronException.invalidInput(str(value) + " is not in a CIDR format");
    }
    return network.toString();
  }

  /** A MAC address in canonical form; all else stays. */
  public static @Nullable Object canonicalMac(@Nullable Object value) {
    return value instanceof String s ? Mac.tryParse(s).<Object>map(Mac::toString).orElse(s) : value;
  }

  /** A fresh MAC address in place of null. */
  public static Converter macIfNone(Supplier<Mac> fresh) {
    return value -> value == null ? fresh.get().toString() : value;
  }

  /** A float that is not negative; null stays null. */
  public static @Nullable Object toPositiveFloatOrNone(@Nullable Object value) {
    Double number =
        switch (value) {
          case null -> null;
          case Double d -> d;
          case Number n -> n.doubleValue();
          case Boolean b -> b ? 1.0 : 0.0;
          case String s -> doubleOrNull(s);
          default -> null;
        };
    if (value != null && (number == null || number < 0)) {
      throw NeutronException.invalidInput("'" + str(value) + "' must be a non negative decimal");
    }
    return number;
  }

  private static @Nullable Double doubleOrNull(String text) {
    try {
      return Double.valueOf(PythonValues.strip(text));
    } catch (NumberFormatException notNumeric) {
      return null;
    }
  }

  /**
   * A protocol of an L3 extension: one of six names in any case, or a number from 0 to 255 as text;
   * null stays null.
   */
  public static @Nullable Object protocol(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    String name = toLowerCase(value).toString();
    BigInteger number = PythonValues.toInteger(value);
    if (NAMED_PROTOCOLS.contains(name) || isWithin(number, MAX_PROTOCOL)) {
      return value;
    }
    throw NeutronException.invalidInput(
        "IP protocol '"
            + str(value)
            + "' is not supported. Only protocol names and their integer representation (0 to 255) are supported");
  }

  static boolean isWithin(@Nullable BigInteger number, BigInteger max) {
    return number != null && number.signum() >= 0 && number.compareTo(max) <= 0;
  }

  /** A port number from 0 to 65535, or null for anything else. */
  static @Nullable Long portOrNull(@Nullable Object value) {
    BigInteger number = PythonValues.toInteger(value);
    return number != null && isWithin(number, MAX_PORT) ? Long.valueOf(number.longValue()) : null;
  }

  /**
   * {@code ["a=1", "a=2", "b=3"]} as {@code {"a": ["1", "2"], "b": ["3"]}}: the form of filters on
   * dictionaries.
   */
  public static Map<String, List<String>> keyValueLists(List<String> pairs) {
    if (pairs.equals(List.of("True"))) {
      return Map.of();
    }
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? "" : PythonValues.strip(pair.substring(0, equals));
      if (key.isEmpty()) {
        throw NeutronException.invalidInput("'" + pair + "' is not of the form <key>=[value]");
      }
      values
          .computeIfAbsent(key, name -> new LinkedHashSet<>())
          .add(PythonValues.strip(pair.substring(equals + 1)));
    }
    Map<String, List<String>> lists = LinkedHashMap.newLinkedHashMap(values.size());
    values.forEach((key, set) -> lists.put(key, List.copyOf(set)));
    return lists;
  }

  /** Converts each item of a list; what is no list passes unchanged. */
  public static Converter each(Converter item) {
    return value -> value instanceof List<?> list ? convertEach(list, item) : value;
  }

  private static List<@Nullable Object> convertEach(List<?> list, Converter item) {
    List<@Nullable Object> converted = new ArrayList<>(list.size());
    for (Object each : list) {
      converted.add(item.convert(each));
    }
    return converted;
  }
}
