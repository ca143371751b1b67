package org.midonet.cluster.translation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.midonet.topology.Ids;

/**
 * Makes dumps comparable: leaves out what is random in them, what services made that are not
 * translated here, and what was there before the recording began. Stateless.
 */
final class Recorded {
  private static final List<String> UNORDERED =
      List.of("_dhcp", "_mac", "_arp", "_routes", "_ports", "_hosts", "ipAddrPorts");

  /** Of BGP and tap services. */
  private static final Set<String> OTHERS_FIELDS =
      Set.of("localRedirectChainId", "postInFilterMirrorIds", "preOutFilterMirrorIds");

  private static final List<String> OF_POOLS = List.of("pools", "pool_members", "vips");

  private Recorded() {}

  /**
   * A dump with only what can be compared.
   *
   * @param networks those that Neutron told of
   */
  static Map<String, Map<String, Map<String, Object>>> comparable(
      Map<String, ? extends List<?>> dump, Set<String> networks) {
    Set<Object> foreignPorts = new HashSet<>();
    networks.forEach(id -> {
      foreignPorts.add(Ids.L2GW_NETWORK_PORT.of(UUID.fromString(id)).toString());
      foreignPorts.add(Ids.L2GW_GATEWAY_PORT.of(UUID.fromString(id)).toString());
    });
    objects(dump, "ports").stream()
        .filter(port -> port.containsKey("serviceContainerId"))
        .forEach(port -> foreignPorts.add(port.get("id")));
    Map<String, Map<String, Map<String, Object>>> comparable = new TreeMap<>();
    comparable.put(
        "bridges", byId(objects(dump, "bridges"), bridge -> networks.contains(bridge.get("id"))));
    comparable.put("routers", byId(objects(dump, "routers"), router -> true));
    comparable.put(
        "ports", byId(objects(dump, "ports"), port -> !foreignPorts.contains(port.get("id"))));
    comparable.put("chains", byId(objects(dump, "chains"), Recorded::isOurs));
    comparable.put("ip_addr_groups", byId(objects(dump, "ip_addr_groups"), group -> true));
    comparable.put("port_groups", byId(objects(dump, "port_groups"), group -> true));
    comparable.put(
        "load_balancers", byId(objects(dump, "load_balancers"), it -> it.containsKey("routerId")));
    OF_POOLS.forEach(kind -> comparable.put(kind, byId(objects(dump, kind), it -> true)));
    comparable.get("routers").values().forEach(router -> withoutOthers(router, foreignPorts));
    comparable
        .get("ports")
        .values()
        .forEach(port -> port.computeIfPresent("tunnelKey", (k, v) -> "some"));
    comparable.get("chains").values().forEach(Recorded::withoutRandomIds);
    comparable.get("ip_addr_groups").values().forEach(Recorded::withoutEmptyAddresses);
    comparable.values().forEach(kind -> kind.values().forEach(Recorded::sort));
    return comparable;
  }

  private static List<Map<String, Object>> objects(
      Map<String, ? extends List<?>> dump, String kind) {
    List<?> objects = dump.get(kind); // a recording has no empty lists
    return objects == null ? List.of() : objects.stream().map(Recorded::object).toList();
  }

  private static Map<String, Map<String, Object>> byId(
      List<Map<String, Object>> objects, Predicate<Map<String, Object>> wanted) {
    Map<String, Map<String, Object>> byId = new TreeMap<>();
    objects.stream()
        .filter(wanted)
        .forEach(object -> {
          object.keySet().removeAll(OTHERS_FIELDS);
          byId.put(String.valueOf(object.get("id")), object);
        });
    return byId;
  }

  private static boolean isOurs(Map<String, Object> chain) {
    String name = String.valueOf(chain.get("name"));
    return !name.startsWith("LOCAL_REDIRECT_");
  }

  private static void withoutOthers(Map<String, Object> router, Set<Object> foreignPorts) {
    router.put("asNumber", -1);
    router.computeIfPresent(
        "_routes",
        (key, routes) ->
            list(routes).stream()
                .filter(route -> !foreignPorts.contains(object(route).get("nextHopPort")))
                .toList());
    router.values().removeIf(List.of()::equals);
  }

  /**
   * Those of a port's chains, but for the first, of the jumps of a post-routing chain, and of the
   * first and the last of a firewall.
   */
  private static void withoutRandomIds(Map<String, Object> chain) {
    String name = String.valueOf(chain.get("name"));
    chain.computeIfPresent(
        "_rules",
        (key, rules) ->
            list(rules).stream()
                .map(Recorded::object)
                .map(rule -> withoutRandomId(name, rule))
                .toList());
    chain.values().removeIf(List.of()::equals);
  }

  private static Map<String, Object> withoutRandomId(String chain, Map<String, Object> rule) {
    boolean jump = "jump".equals(rule.get("type"));
    boolean first = chain.endsWith("_INBOUND") && Integer.valueOf(1).equals(rule.get("position"));
    if ((chain.startsWith("OS_PORT_") && !first)
        || (chain.startsWith("OS_POST_ROUTING_") && jump)
        || (chain.startsWith("OS_FW_") && !String.valueOf(rule.get("id")).startsWith("0000"))) {
      rule.remove("id");
    }
    return rule;
  }

  /** The real one forgets to take them out when their port is deleted; ours does not. */
  private static void withoutEmptyAddresses(Map<String, Object> group) {
    group.computeIfPresent(
        "ipAddrPorts",
        (key, addresses) ->
            list(addresses).stream().filter(it -> object(it).containsKey("portIds")).toList());
  }

  private static void sort(Map<String, Object> object) {
    object.forEach((name, value) -> {
      if (value instanceof List<?> items) {
        items.forEach(item -> {
          if (item instanceof Map<?, ?>) {
            sort(object(item));
          }
        });
      }
    });
    object.replaceAll((name, value) -> UNORDERED.contains(name) ? Dump.sorted(list(value)) : value);
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }

  @SuppressWarnings("unchecked") // keys of JSON objects are texts
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }
}
