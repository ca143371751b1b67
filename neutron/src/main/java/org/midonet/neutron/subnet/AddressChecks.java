package org.midonet.neutron.subnet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Validator;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;

/**
 * Checks of values that hold addresses and prefixes, in Neutron's words (neutron-lib,
 * api.validators); stateless.
 */
public final class AddressChecks {
  private AddressChecks() {}

  /** An address or null. */
  public static Validator ipAddressOrNone() {
    return raw -> raw == null ? null : ipAddress(raw);
  }

  /** What is wrong with an address; null if nothing is. */
  public static @Nullable String ipAddress(@Nullable Object raw) {
    String text = raw instanceof String s ? s : "";
    Optional<IpAddress> address = IpAddress.tryParse(text);
    if (address.isPresent()) {
      return null;
    }
    Optional<IpAddress> decimal = IpAddress.tryParse(withoutLeadingZeros(text));
    return decimal.isPresent() && text.indexOf(':') < 0
        ? "'" + text + "' is not an accepted IP address, '" + decimal.get() + "' is recommended"
        : "'" + shown(raw) + "' is not a valid IP address";
  }

  private static String withoutLeadingZeros(String text) {
    return text.replaceAll("(^|\\.)0+(?=\\d)", "$1");
  }

  /** A list of objects with {@code start} and {@code end} addresses. */
  public static Validator ipPools() {
    return raw -> {
      if (!(raw instanceof List<?> pools)) {
        return "Invalid data format for IP pool: '" + shown(raw) + "'";
      }
      for (Object pool : pools) {
        String problem = keys(pool, "start", "end");
        if (problem == null) {
          problem = first(ipAddress(value(pool, "start")), ipAddress(value(pool, "end")));
        }
        if (problem != null) {
          return problem;
        }
      }
      return null;
    };
  }

  /** A list of addresses, none twice. */
  public static Validator nameservers() {
    return raw -> {
      if (!(raw instanceof List<?> servers)) {
        return "Invalid data format for nameserver: '" + shown(raw) + "'";
      }
      Set<@Nullable Object> seen = new HashSet<>();
      for (Object server : servers) {
        String problem = ipAddress(server);
        if (problem != null) {
          return "'" + shown(server) + "' is not a valid nameserver. " + problem;
        }
        if (!seen.add(server)) {
          return "Duplicate nameserver '" + shown(server) + "'";
        }
      }
      return null;
    };
  }

  /** A list of routes with {@code destination} and {@code nexthop}, none twice. */
  public static Validator hostRoutes() {
    return raw -> {
      if (!(raw instanceof List<?> routes)) {
        return "Invalid data format for hostroute: '" + shown(raw) + "'";
      }
      Set<@Nullable Object> seen = new HashSet<>();
      for (Object route : routes) {
        String problem = keys(route, "destination", "nexthop");
        if (problem == null) {
          problem =
              first(routeCidr(value(route, "destination")), ipAddress(value(route, "nexthop")));
        }
        if (problem != null) {
          return problem;
        }
        if (!seen.add(route)) {
          return "Duplicate hostroute '" + shown(route) + "'";
        }
      }
      return null;
    };
  }

  /** A list of prefixes, none twice. */
  public static Validator subnetList() {
    return raw -> {
      if (!(raw instanceof List<?> subnets)) {
        return "'" + shown(raw) + "' is not a list";
      }
      Set<@Nullable Object> seen = new HashSet<>();
      List<String> twice = new ArrayList<>();
      for (Object subnet : subnets) {
        if (!seen.add(subnet)) {
          twice.add(shown(subnet));
        }
      }
      if (!twice.isEmpty()) {
        return "Duplicate items in the list: '" + String.join(", ", twice) + "'";
      }
      for (Object subnet : subnets) {
        String problem = subnet(subnet);
        if (problem != null) {
          return problem;
        }
      }
      return null;
    };
  }

  /** What is wrong with a prefix, which has a length and may have host bits; null if nothing is. */
  public static @Nullable String subnet(@Nullable Object raw) {
    String text = raw instanceof String s ? s : "";
    Optional<Cidr> cidr = Cidr.tryParse(text);
    if (cidr.isEmpty()) {
      return "'" + shown(raw) + "' is not a valid IP subnet";
    }
    return text.indexOf('/') >= 0
        ? null
        : "'" + text + "' isn't a recognized IP subnet cidr, '" + cidr.get() + "' is recommended";
  }

  /** What is wrong with a route's destination, a prefix without host bits; null if nothing is. */
  public static @Nullable String routeCidr(@Nullable Object raw) {
    String text = raw instanceof String s ? s : "";
    Optional<Cidr> cidr = Cidr.tryParse(text);
    if (cidr.isEmpty()) {
      return "'" + shown(raw) + "' is not a valid CIDR";
    }
    boolean canonical =
        text.indexOf('/') >= 0
            && (cidr.get().version() == 6
                ? IpAddress.tryParse(text.substring(0, text.indexOf('/')))
                    .equals(Optional.of(cidr.get().network()))
                : cidr.get().toString().equals(text));
    if (!canonical) {
      return "'" + text + "' is not a recognized CIDR, '" + cidr.get() + "' is recommended";
    }
    return cidr.get().network().isLoopback() ? "'" + text + "' is not a routable CIDR" : null;
  }

  /** An address in canonical text; anything else as it is. */
  public static @Nullable Object canonicalIp(@Nullable Object raw) {
    return raw instanceof String text
        ? IpAddress.tryParse(text).<Object>map(IpAddress::toString).orElse(raw)
        : raw;
  }

  private static @Nullable String keys(@Nullable Object raw, String one, String other) {
    String expected = "['" + one + "', '" + other + "']";
    if (!(raw instanceof Map<?, ?> map)) {
      return "Invalid input. '" + shown(raw) + "' must be a dictionary with keys: " + expected;
    }
    if (map.keySet().equals(Set.of(one, other))) {
      return null;
    }
    List<String> provided = map.keySet().stream().map(k -> "'" + k + "'").toList();
    return "Validation of dictionary's keys failed. Expected keys: {'"
        + one
        + "', '"
        + other
        + "'} Provided keys: {"
        + String.join(", ", provided)
        + "}";
  }

  private static @Nullable Object value(@Nullable Object raw, String key) {
    return raw instanceof Map<?, ?> map ? map.get(key) : null;
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one != null ? one : other;
  }

  private static String shown(@Nullable Object raw) {
    return raw == null ? "None" : String.valueOf(raw);
  }
}
