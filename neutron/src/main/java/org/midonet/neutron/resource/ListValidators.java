package org.midonet.neutron.resource;

import static org.midonet.neutron.resource.PythonFormat.str;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;

/** Rules for lists; wording as in {@link Validators}. Stateless, safe to share. */
public final class ListValidators {
  private static final List<String> POOL_KEYS = List.of("start", "end");
  private static final List<String> ROUTE_KEYS = List.of("destination", "nexthop");
  private static final int AZ_HINTS_LENGTH = 255;

  private ListValidators() {}

  /** A list without duplicates whose items all pass a rule. */
  public static Validator listOf(Validator item) {
    return value -> {
      if (!(value instanceof List<?> list)) {
        return "'" + str(value) + "' is not a list";
      }
      List<String> duplicates = duplicates(list);
      if (!duplicates.isEmpty()) {
        return "Duplicate items in the list: '" + String.join(", ", duplicates) + "'";
      }
      return firstReason(list, item);
    };
  }

  private static @Nullable String firstReason(List<?> list, Validator item) {
    for (Object each : list) {
      String reason = item.validate(each);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  private static List<String> duplicates(List<?> list) {
    Set<Object> seen = HashSet.newHashSet(list.size());
    Set<Object> repeated = new HashSet<>();
    List<String> duplicates = new ArrayList<>();
    for (Object item : list) {
      Object normal = PythonValues.normal(item);
      if (!seen.add(normal) && repeated.add(normal)) {
        duplicates.add(str(item));
      }
    }
    return duplicates;
  }

  /** A list of UUIDs without duplicates. */
  public static @Nullable String uuidList(@Nullable Object value) {
    return listOf(Validators::uuid).validate(value);
  }

  /** Like {@link #uuidList}, with one item at least. */
  public static @Nullable String uuidListNonEmpty(@Nullable Object value) {
    String reason = uuidList(value);
    return reason == null && value instanceof List<?> list && list.isEmpty()
        ? "List should not be empty"
        : reason;
  }

  /** A list of distinct strings of at most so many characters. */
  public static Validator uniqueStrings(int maxLength) {
    return listOf(Validators.string(maxLength));
  }

  /** A list of distinct prefixes. */
  public static @Nullable String subnetList(@Nullable Object value) {
    return listOf(AddressValidators::subnet).validate(value);
  }

  /**
   * A list of dictionaries, each of which fits one of some forms; null is accepted. A misfit is an
   * InvalidInput error.
   */
  public static Validator anySpecOrNone(List<DictSpec> specs) {
    Validator list =
        listOf(item ->
            specs.stream().anyMatch(spec -> spec.validate(item) == null)
                ? null
                : "No valid key specs matched for: " + str(item));
    return value -> {
      String reason = value == null ? null : list.validate(value);
      if (reason != null) {
        throw NeutronException.invalidInput(reason);
      }
      return null;
    };
  }

  /**
   * Allocation pools: a list of dictionaries with an address for {@code start} and {@code end}
   * each.
   */
  public static @Nullable String ipPools(@Nullable Object value) {
    if (!(value instanceof List<?> pools)) {
      return "Invalid data format for IP pool: '" + str(value) + "'";
    }
    for (Object pool : pools) {
      String reason = DictSpec.exactKeys(POOL_KEYS, pool);
      if (reason == null && pool instanceof Map<?, ?> map) {
        reason = AddressValidators.ipAddress(map.get("start"));
        reason = reason == null ? AddressValidators.ipAddress(map.get("end")) : reason;
      }
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  /**
   * Fixed IPs: a list of dictionaries with an {@code ip_address}, a {@code subnet_id} or both. No
   * address occurs twice.
   */
  public static @Nullable String fixedIps(@Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return "Invalid data format for fixed IP: '" + str(value) + "'";
    }
    Set<Object> addresses = new HashSet<>();
    for (Object item : list) {
      String reason =
          item instanceof Map<?, ?> fixedIp
              ? fixedIp(fixedIp, addresses)
              : "Invalid data format for fixed IP: '" + str(item) + "'";
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  private static @Nullable String fixedIp(Map<?, ?> fixedIp, Set<Object> addresses) {
    if (fixedIp.containsKey("ip_address")) {
      Object address = fixedIp.get("ip_address");
      if (!addresses.add(PythonValues.normal(address))) {
        return "Duplicate IP address '" + str(address) + "'";
      }
      String reason = AddressValidators.ipAddress(address);
      if (reason != null) {
        return reason;
      }
    }
    return fixedIp.containsKey("subnet_id") ? Validators.uuid(fixedIp.get("subnet_id")) : null;
  }

  /**
   * DNS servers: a list of distinct addresses. As in Neutron, the characters of a string and the
   * keys of a dictionary are judged as if they were a list; unlike there, that never passes.
   */
  public static @Nullable String nameservers(@Nullable Object value) {
    Collection<?> hosts =
        switch (value) {
          case List<?> list -> list;
          case Map<?, ?> map -> map.keySet();
          case String s -> s.codePoints().mapToObj(Character::toString).toList();
          case null, default -> List.of();
        };
    String reason = nameservers(hosts);
    return reason == null && !(value instanceof List)
        ? "Invalid data format for nameserver: '" + str(value) + "'"
        : reason;
  }

  private static @Nullable String nameservers(Collection<?> list) {
    Set<Object> seen = new HashSet<>();
    for (Object host : list) {
      String reason = AddressValidators.ipAddress(host);
      if (reason != null) {
        return "'" + str(host) + "' is not a valid nameserver. " + reason;
      }
      if (!seen.add(PythonValues.normal(host))) {
        return "Duplicate nameserver '" + str(host) + "'";
      }
    }
    return null;
  }

  /**
   * Routes: a list of distinct dictionaries with a prefix for {@code destination} and an address
   * for {@code nexthop}.
   */
  public static @Nullable String hostRoutes(@Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return "Invalid data format for hostroute: '" + str(value) + "'";
    }
    Set<Object> seen = new HashSet<>();
    for (Object route : list) {
      String reason = DictSpec.exactKeys(ROUTE_KEYS, route);
      if (reason == null && route instanceof Map<?, ?> map) {
        reason = AddressValidators.routeCidr(map.get("destination"));
        reason = reason == null ? AddressValidators.ipAddress(map.get("nexthop")) : reason;
      }
      if (reason == null && !seen.add(PythonValues.normal(route))) {
        reason = "Duplicate hostroute '" + str(route) + "'";
      }
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  /** Device owners whose ports may take addresses of a subnet. */
  public static @Nullable String subnetServiceTypes(@Nullable Object value) {
    if (!PythonValues.isTrue(value)) {
      return null;
    }
    if (!(value instanceof List<?> list)) {
      throw NeutronException.badRequest("Subnet service types must be a list.");
    }
    for (Object type : list) {
      if (!(type instanceof String s)) {
        throw new NeutronException(
            400,
            "InvalidInputSubnetServiceType",
            "Subnet service type " + str(type) + " is not a string.");
      }
      if (!isDeviceOwner(s)) {
        throw new NeutronException(
            400,
            "InvalidSubnetServiceType",
            "Subnet service type " + s + " does not correspond to a valid device owner.");
      }
    }
    return null;
  }

  /**
   * Neutron takes {@code compute:} for a set of first letters here; names that it accepts stay
   * accepted.
   */
  private static boolean isDeviceOwner(String type) {
    return type.startsWith("network:")
        || type.startsWith("neutron:")
        || (!type.isEmpty() && "compute:".indexOf(type.charAt(0)) >= 0);
  }

  /** Availability zones: distinct strings whose JSON text fits the column that keeps it. */
  public static @Nullable String availabilityZoneHints(@Nullable Object value) {
    String reason = listOf(Validators::string).validate(value);
    if (reason == null && value instanceof List<?> zones && jsonLength(zones) > AZ_HINTS_LENGTH) {
      throw NeutronException.invalidInput("Too many availability_zone_hints specified");
    }
    return reason;
  }

  /** The length of a list of strings as JSON in ASCII. */
  private static int jsonLength(List<?> strings) {
    int length = Math.max(2, 2 * strings.size());
    for (Object string : strings) {
      length += 2;
      for (char c : str(string).toCharArray()) {
        length +=
            c == '"' || c == '\\' || (c >= 8 && c <= 13 && c != 11)
                ? 2
                : c < ' ' || c > '~' ? 6 : 1;
      }
    }
    return length;
  }
}
