package org.midonet.cluster.golden;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dump as sorted lines of path and value, without what is random in each run, what an earlier
 * recording left behind, and what belongs to services that come later. Two dumps of the same
 * topology have the same facts.
 */
record Facts(SortedMap<String, String> values) {
  /** Chains of services that come later, by the beginning of their names. */
  private static final Pattern LATER_CHAIN = Pattern.compile("(LOCAL_REDIRECT|LB_ROUTER)_.*");

  private static final Pattern PORT_CHAIN =
      Pattern.compile("OS_PORT_.*_(INBOUND|OUTBOUND|ANTI_SPOOF)");

  /** Names of bridges that an earlier recording left behind; its load balancer has no router. */
  private static final Set<String> LEFT_BEHIND = Set.of("x2", "x4", "z");

  /** Objects of services that come later. */
  private static final Set<String> LATER_OBJECTS = Set.of("mirrors", "service_containers");

  static Facts of(Map<String, Object> dump) {
    return new Collector(dump).collect();
  }

  /** The differences, one a line: what is missing, what is there beyond, what is otherwise. */
  static List<String> differences(Facts expected, Facts actual) {
    Set<String> paths = new TreeSet<>(expected.values.keySet());
    paths.addAll(actual.values.keySet());
    List<String> lines = new ArrayList<>();
    for (String path : paths) {
      String wanted = expected.values.get(path);
      String found = actual.values.get(path);
      if (found == null) {
        lines.add("missing    " + path + " = " + wanted);
      } else if (wanted == null) {
        lines.add("unexpected " + path + " = " + found);
      } else if (!wanted.equals(found)) {
        lines.add("different  " + path + " = " + found + ", recorded " + wanted);
      }
    }
    return lines;
  }

  /** Gathers the facts of one dump. */
  private static final class Collector {
    private final Map<String, Object> dump;
    private final SortedMap<String, String> values = new TreeMap<>();
    private final Set<String> gonePorts = new HashSet<>();
    private final Set<String> goneChains = new HashSet<>();
    private final Set<String> goneMacs = new HashSet<>();

    Collector(Map<String, Object> dump) {
      this.dump = dump;
    }

    Facts collect() {
      for (Map<String, Object> port : objects(dump.get("ports"))) {
        if (port.containsKey("serviceContainerId") || port.containsKey("rtrPortVni")) {
          gonePorts.add(String.valueOf(port.get("id")));
        }
      }
      for (Map<String, Object> port : objects(dump.get("ports"))) {
        if (gonePorts.contains(String.valueOf(port.get("peerId")))) {
          gonePorts.add(String.valueOf(port.get("id")));
        }
      }
      for (Map<String, Object> chain : objects(dump.get("chains"))) {
        if (LATER_CHAIN.matcher(String.valueOf(chain.get("name"))).matches()) {
          goneChains.add(String.valueOf(chain.get("id")));
        }
      }
      dump.forEach((collection, list) -> {
        if (!LATER_OBJECTS.contains(collection)) {
          objects(list).forEach(object -> object(collection, object));
        }
      });
      return new Facts(values);
    }

    private void object(String collection, Map<String, Object> object) {
      String id = String.valueOf(object.get("id"));
      String path = collection + "/" + id;
      if (gonePorts.contains(id)
          || goneChains.contains(id)
          || (collection.equals("load_balancers") && !object.containsKey("routerId"))
          || (collection.equals("bridges")
              && LEFT_BEHIND.contains(String.valueOf(object.get("name"))))) {
        return;
      }
      object.forEach((field, value) -> {
        switch (field) {
          case "_mac" -> each(path + "/_mac", macs(value), "macAddr");
          case "_arp" -> each(path + "/_arp", arps(value), "ip");
          case "_dhcp" -> each(path + "/_dhcp", value, "subnetPrefix");
          case "_ports" -> each(path + "/_ports", value, "portId");
          case "_routes" -> each(path + "/_routes", routes(value), "id");
          case "_rules" -> rules(path, String.valueOf(object.get("name")), objects(value));
          case "localRedirectChainId" -> {}
          case "preOutFilterMirrorIds", "postInFilterMirrorIds" -> {}
          case "asNumber" -> {}
          case "tunnelKey" -> put(path + "/tunnelKey", "some");
          case "portMac" ->
              put(path + "/portMac", String.valueOf(value).startsWith("ac:ca:ba") ? "some" : value);
          case "ipAddrPorts" -> each(path + "/ipAddrPorts", addresses(value), "ipAddress");
          default -> put(path + "/" + field, value);
        }
      });
    }

    /** The original keeps addresses whose last port is gone; ours does not (midonet.md App. E). */
    private static List<Map<String, Object>> addresses(@Nullable Object value) {
      return objects(value).stream().filter(address -> address.containsKey("portIds")).toList();
    }

    /** Without what leads to the ports of later services; the MACs of those are remembered. */
    private List<Map<String, Object>> macs(@Nullable Object value) {
      objects(value).stream()
          .filter(entry -> gonePorts.contains(String.valueOf(entry.get("portId"))))
          .forEach(entry -> goneMacs.add(String.valueOf(entry.get("macAddr"))));
      return objects(value).stream()
          .filter(entry -> !gonePorts.contains(String.valueOf(entry.get("portId"))))
          .toList();
    }

    /** Without the addresses of remote sites. */
    private List<Map<String, Object>> arps(@Nullable Object value) {
      return objects(value).stream()
          .filter(entry -> !goneMacs.contains(String.valueOf(entry.get("mac"))))
          .toList();
    }

    private List<Map<String, Object>> routes(@Nullable Object value) {
      return objects(value).stream()
          .filter(route -> !gonePorts.contains(String.valueOf(route.get("nextHopPort"))))
          .toList();
    }

    /** Rules in their order, counted anew where those of later services are left out. */
    private void rules(String path, String chain, List<Map<String, Object>> rules) {
      int position = 0;
      for (Map<String, Object> rule : rules) {
        if (goneChains.contains(String.valueOf(rule.get("jumpChainId")))) {
          continue;
        }
        String at = path + "/_rules/" + ++position;
        rule.forEach((field, value) -> {
          boolean random = field.equals("id") && hasRandomId(chain, rule);
          if (!field.equals("position")) {
            put(at + "/" + field, random ? "random" : value);
          }
        });
      }
    }

    /**
     * Rules of a port's chains have random ids but for the jump to its anti-spoofing chain, and so
     * have the jumps at the head of a router's post-routing chain, and the rules of a firewall that
     * are none of its policy.
     */
    private static boolean hasRandomId(String chain, Map<String, Object> rule) {
      boolean jump = "jump".equals(rule.get("type"));
      if (chain.startsWith("OS_FW_")) {
        return !String.valueOf(rule.get("id")).startsWith("0000");
      }
      return PORT_CHAIN.matcher(chain).matches()
          ? !(jump && chain.endsWith("_INBOUND") && Integer.valueOf(1).equals(rule.get("position")))
          : jump && chain.startsWith("OS_POST_ROUTING_");
    }

    private void each(String path, @Nullable Object list, String key) {
      List<Map<String, Object>> sorted = new ArrayList<>(objects(list));
      sorted.sort(Comparator.comparing(one -> String.valueOf(one.get(key))));
      for (Map<String, Object> one : sorted) {
        String at = path + "/" + one.get(key);
        one.forEach((field, value) -> {
          if (field.equals("_hosts")) {
            each(at + "/_hosts", value, "macAddr");
          } else {
            put(at + "/" + field, value);
          }
        });
      }
    }

    private void put(String path, Object value) {
      values.put(path, String.valueOf(value));
    }

    private static List<Map<String, Object>> objects(@Nullable Object list) {
      if (!(list instanceof List<?> items)) {
        return List.of();
      }
      return items.stream().map(Recording::object).toList();
    }
  }
}
