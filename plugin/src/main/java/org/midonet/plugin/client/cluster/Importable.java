package org.midonet.plugin.client.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.plugin.client.MidonetResource;

/**
 * Keeps from the tasks what an importer would stop at, for good: words that it does not know (spec
 * part 3 of MidoNet). Immutable, safe to share between threads.
 */
public enum Importable {
  /**
   * By the importers of all releases, for nobody knows here which one there is. Over REST MidoNet
   * takes a word that it does not know for none.
   */
  BY_ANY_RELEASE,

  /** By our own importer, which knows every protocol. */
  BY_OURS;

  private static final Set<String> OWNERS =
      Set.of(
          "network:dhcp",
          "network:floatingip",
          "network:router_gateway",
          "network:router_interface",
          "neutron:LOADBALANCER");

  /** Importers know protocols by name. */
  private static final Map<String, String> PROTOCOLS =
      Map.of(
          "tcp", "tcp", "6", "tcp", "udp", "udp", "17", "udp", "icmp", "icmp", "1", "icmp",
          "icmpv6", "icmpv6", "58", "icmpv6");

  /**
   * The body without unknown words.
   *
   * @throws NeutronException 501 for a rule of a protocol that importers do not know
   */
  Map<String, @Nullable Object> body(
      MidonetResource resource, Map<String, @Nullable Object> whole) {
    return switch (resource) {
      case PORT -> with(whole, "device_owner", owner(whole.get("device_owner")));
      case SECURITY_GROUP_RULE -> with(whole, "protocol", protocol(whole.get("protocol")));
      case SECURITY_GROUP ->
          whole.get("security_group_rules") instanceof List<?> rules
              ? with(whole, "security_group_rules", rules.stream().map(this::rule).toList())
              : whole;
      case FIREWALL ->
          whole.get("firewall_rule_list") instanceof List<?> rules
              ? with(whole, "firewall_rule_list", rules.stream().map(this::firewallRule).toList())
              : whole;
      case NETWORK,
          SUBNET,
          ROUTER,
          FLOATING_IP,
          AGENT_MEMBERSHIP,
          POOL,
          VIP,
          MEMBER,
          HEALTH_MONITOR ->
          whole;
    };
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> whole, String key, @Nullable Object value) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>(whole);
    body.put(key, value);
    return body;
  }

  private static Object owner(@Nullable Object owner) {
    return owner instanceof String name && (OWNERS.contains(name) || name.startsWith("compute:"))
        ? name
        : "";
  }

  private Map<String, @Nullable Object> rule(@Nullable Object rule) {
    Map<String, @Nullable Object> whole = new LinkedHashMap<>();
    if (rule instanceof Map<?, ?> map) {
      map.forEach((key, value) -> whole.put(String.valueOf(key), value));
    }
    return with(whole, "protocol", protocol(whole.get("protocol")));
  }

  /** MidoNet denies in silence what Neutron rejects. */
  private Map<String, @Nullable Object> firewallRule(@Nullable Object rule) {
    Map<String, @Nullable Object> whole = rule(rule);
    return this == BY_OURS || !"reject".equals(whole.get("action"))
        ? whole
        : with(whole, "action", "deny");
  }

  private @Nullable String protocol(@Nullable Object protocol) {
    if (protocol == null) {
      return null;
    }
    if (this == BY_OURS) {
      return protocol.toString();
    }
    String known = PROTOCOLS.get(protocol.toString());
    if (known == null) {
      throw new NeutronException(
          501,
          "MidonetProtocolUnknown",
          "MidoNet takes no rules for protocol %s through its task table: an importer would stop at it. It knows tcp, udp, icmp and icmpv6."
              .formatted(protocol));
    }
    return known;
  }
}
