package org.midonet.plugin.client.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.plugin.client.MidonetResource;

/**
 * What the releases of MidoNet read differently (spec section 2.6 of MidoNet). Immutable, safe to
 * share between threads.
 *
 * <p>MidoNet ignores attributes that it does not know, and reads a value that it does not know as
 * none. Where that would make a network other than the user asked for, and an open one at that, the
 * user gets an error instead.
 */
enum Dialect {
  /** Allocation pools by their first and last address; ports have no binding and no switches. */
  V2015_03("v2015.03"),
  /** Ports have bindings, port security and address pairs; routers have no extra routes. */
  V2015_06("v2015.06"),
  /** What the others build upon. */
  V5_0("v5.0"),
  /** Adds VPN, gateway devices, BGP and others, none of which is told here. */
  V5_2("v5.2"),
  /**
   * Reads the subnets of a router interface from {@code subnet_ids}. 5.6 has the same links and
   * knows more protocols; which of the two it is, its answers tell.
   */
  V5_4("v5.4 or later");

  /** Protocols of security group rules that all releases know, by name and number. */
  private static final Set<String> PROTOCOLS =
      Set.of("tcp", "udp", "icmp", "icmpv6", "6", "17", "1", "58");

  /** Both generations of Neutron documents; each release gives the one that it has. */
  static final String DOCUMENTS =
      "application/vnd.org.midonet.neutron.Neutron-v3+json,"
          + " application/vnd.org.midonet.neutron.Neutron-v2+json";

  private final String release;

  Dialect(String release) {
    this.release = release;
  }

  /**
   * The dialect of the server with these documents: the older ones give their version, the newer
   * ones, which all call themselves v5.0, differ by their links.
   */
  static Dialect of(Links root, Links neutron) {
    if (neutron.has("load_balancers_v2")) {
      return V5_4;
    }
    if (neutron.has("gateway_devices")) {
      return V5_2;
    }
    if (neutron.has("firewalls")) {
      return V5_0;
    }
    return root.members().get("version") instanceof String version && isOld(version)
        ? V2015_03
        : V2015_06;
  }

  /** The API's versions were v1.9 in 2015.03 and v1.10 in 2015.06. */
  private static boolean isOld(String version) {
    String[] parts = version.replace("v", "").split("\\.", -1);
    return parts.length == 2 && parts[0].equals("1") && parts[1].length() < 2;
  }

  /**
   * The body as this release reads it.
   *
   * @throws Lacking when it has no such thing
   */
  Map<String, @Nullable Object> body(
      MidonetResource resource, Map<String, @Nullable Object> whole) {
    return switch (resource) {
      case NETWORK -> network(whole);
      case SUBNET -> subnet(whole);
      case PORT -> port(whole);
      case ROUTER -> router(whole);
      case SECURITY_GROUP_RULE -> rule(whole);
      case SECURITY_GROUP -> group(whole);
      case FIREWALL -> firewall(whole);
      case HEALTH_MONITOR -> healthMonitor(whole);
      case FLOATING_IP, AGENT_MEMBERSHIP, POOL, VIP, MEMBER -> whole;
    };
  }

  private Map<String, @Nullable Object> healthMonitor(Map<String, @Nullable Object> whole) {
    if (is2015() && whole.get("pools") instanceof List<?> pools && pools.size() > 1) {
      throw lacks("health monitors of several pools");
    }
    return whole;
  }

  /** Whether monitors and pools are brought together after both are there. */
  boolean joinsMonitors() {
    return this == V2015_03;
  }

  private Map<String, @Nullable Object> network(Map<String, @Nullable Object> whole) {
    if (this == V2015_03 && whole.containsKey("provider:network_type")) {
      throw lacks("uplink networks");
    }
    return whole;
  }

  private Map<String, @Nullable Object> subnet(Map<String, @Nullable Object> whole) {
    if (this != V2015_03 || !(whole.get("allocation_pools") instanceof List<?> pools)) {
      return whole;
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>(whole);
    body.put("allocation_pools", pools.stream().map(Dialect::firstAndLast).toList());
    return body;
  }

  private static Map<String, @Nullable Object> firstAndLast(@Nullable Object pool) {
    Map<String, @Nullable Object> ends = new LinkedHashMap<>();
    if (pool instanceof Map<?, ?> map) {
      ends.put("first_ip", map.get("start"));
      ends.put("last_ip", map.get("end"));
    }
    return ends;
  }

  private Map<String, @Nullable Object> port(Map<String, @Nullable Object> whole) {
    if (this != V2015_03) {
      return whole;
    }
    if (Boolean.FALSE.equals(whole.get("port_security_enabled")) && !isOfRouters(whole)) {
      throw lacks("ports without port security");
    }
    if (isFilled(whole.get("allowed_address_pairs"))) {
      throw lacks("allowed address pairs");
    }
    if (whole.get("binding:profile") != null) {
      throw lacks("bindings to an interface");
    }
    return whole;
  }

  /** These are never filtered, whatever they say. */
  private static boolean isOfRouters(Map<String, @Nullable Object> port) {
    return String.valueOf(port.get("device_owner")).startsWith("network:");
  }

  private Map<String, @Nullable Object> router(Map<String, @Nullable Object> whole) {
    if (is2015() && isFilled(whole.get("routes"))) {
      throw lacks("extra routes");
    }
    return whole;
  }

  private Map<String, @Nullable Object> group(Map<String, @Nullable Object> whole) {
    if (whole.get("security_group_rules") instanceof List<?> rules) {
      rules.forEach(rule -> requireProtocol(((Map<?, ?>) rule).get("protocol")));
    }
    return whole;
  }

  private Map<String, @Nullable Object> rule(Map<String, @Nullable Object> whole) {
    requireProtocol(whole.get("protocol"));
    return whole;
  }

  /** What a firewall lets through of a protocol that is not known here would be everything. */
  private Map<String, @Nullable Object> firewall(Map<String, @Nullable Object> whole) {
    if (is2015()) {
      throw lacks("firewalls");
    }
    if (!(whole.get("firewall_rule_list") instanceof List<?> rules)) {
      return whole;
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>(whole);
    body.put("firewall_rule_list", rules.stream().map(this::firewallRule).toList());
    return body;
  }

  /** MidoNet denies in silence what Neutron rejects. */
  private Map<String, @Nullable Object> firewallRule(@Nullable Object rule) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    if (rule instanceof Map<?, ?> map) {
      map.forEach((key, value) -> body.put(String.valueOf(key), value));
    }
    requireProtocol(body.get("protocol"));
    body.replace("action", "reject", "deny");
    return body;
  }

  private void requireProtocol(@Nullable Object protocol) {
    if (this != V5_4 && protocol != null && !PROTOCOLS.contains(protocol.toString())) {
      throw unknownProtocol(protocol);
    }
  }

  /**
   * Looks whether MidoNet has taken a rule of a protocol for a rule of all.
   *
   * @param sent the rule
   * @param stored the rule as MidoNet answered it, null where it did not
   * @throws Lacking when it has
   */
  void requireStored(Map<String, @Nullable Object> sent, @Nullable Object stored) {
    Object protocol = sent.get("protocol");
    if (protocol != null
        && stored instanceof Map<?, ?> rule
        && rule.containsKey("protocol")
        && rule.get("protocol") == null) {
      throw unknownProtocol(protocol);
    }
  }

  private boolean is2015() {
    return this == V2015_03 || this == V2015_06;
  }

  private static boolean isFilled(@Nullable Object value) {
    return value instanceof List<?> list && !list.isEmpty();
  }

  private Lacking unknownProtocol(Object protocol) {
    return lacks("rules for protocol " + protocol);
  }

  private Lacking lacks(String what) {
    return new Lacking("%s, which has no %s".formatted(release, what));
  }

  /** The release has no such thing. Immutable, safe to share between threads. */
  static final class Lacking extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Lacking(String message) {
      super(message);
    }
  }
}
