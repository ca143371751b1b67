package org.midonet.plugin.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body that MidoNet gets for a Neutron resource. Pure functions, safe to share between threads.
 *
 * <p>A body has the attributes that plugin v2 sends, in their order (spec section 2.1). It is
 * always whole: MidoNet reads a missing boolean as false and a missing list as empty, so an
 * attribute that the resource lacks is sent as what it means in Neutron. Attributes of Neutron that
 * MidoNet does not know stay out.
 */
public final class MidonetPayload {

  /**
   * The provider type of a network whose ports are physical uplinks; the only one that MidoNet is
   * told.
   */
  private static final String UPLINK = "uplink";

  private MidonetPayload() {}

  /**
   * The body for a resource as the Networking API shows it, with {@code tenant_id} or {@code
   * project_id}.
   */
  public static Map<String, @Nullable Object> of(
      MidonetResource resource, Map<String, ? extends @Nullable Object> dict) {
    return switch (resource) {
      case NETWORK -> network(dict);
      case SUBNET -> subnet(dict);
      case PORT -> port(dict);
      case ROUTER -> router(dict);
      case FLOATING_IP -> floatingIp(dict);
      case SECURITY_GROUP -> securityGroup(dict);
      case SECURITY_GROUP_RULE -> securityGroupRule(dict);
      case FIREWALL -> firewall(dict);
      case POOL -> pool(dict);
      case VIP -> vip(dict);
      case MEMBER -> member(dict);
      case HEALTH_MONITOR -> healthMonitor(dict);
      case AGENT_MEMBERSHIP -> new Body(dict).copy("id", "ip_address").build();
    };
  }

  /**
   * The body for adding or removing a router interface.
   *
   * <p>MidoNet 5.4 and later read the subnets from {@code subnet_ids}, older ones from {@code
   * subnet_id}, the last of them.
   */
  public static Map<String, @Nullable Object> routerInterface(
      String routerId, @Nullable String tenantId, String portId, List<String> subnetIds) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("id", routerId);
    body.put("tenant_id", tenantId);
    body.put("port_id", portId);
    body.put("subnet_id", subnetIds.isEmpty() ? null : subnetIds.getLast());
    body.put("subnet_ids", List.copyOf(subnetIds));
    return body;
  }

  private static Map<String, @Nullable Object> network(
      Map<String, ? extends @Nullable Object> dict) {
    Body body =
        new Body(dict)
            .copy("id", "name")
            .tenant()
            .copyOr("admin_state_up", true)
            .copyOr("mtu", 0L)
            .copy("status")
            .copyOr("subnets", List.of())
            .copyOr("shared", false)
            .copyOr("router:external", false);
    if (UPLINK.equals(dict.get("provider:network_type"))) {
      body.put("provider:network_type", UPLINK);
    }
    return body.copyOr("port_security_enabled", true).build();
  }

  private static Map<String, @Nullable Object> subnet(
      Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id", "name")
        .tenant()
        .copy("network_id", "ip_version", "cidr", "subnetpool_id", "gateway_ip")
        .copyOr("enable_dhcp", true)
        .copyOr("allocation_pools", List.of())
        .copyOr("dns_nameservers", List.of())
        .copyOr("host_routes", List.of())
        .copy("ipv6_ra_mode", "ipv6_address_mode")
        .copyOr("shared", false)
        .build();
  }

  private static Map<String, @Nullable Object> port(Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id", "name", "network_id")
        .tenant()
        .copy("mac_address")
        .copyOr("admin_state_up", true)
        .copy("status")
        .copyOr("fixed_ips", List.of())
        .copyOr("device_id", "")
        .copyOr("device_owner", "")
        .copyOr("security_groups", List.of())
        .copyOr("binding:vif_type", "midonet")
        .copyOr("binding:vnic_type", "normal")
        .copyOr("binding:vif_details", Map.of("port_filter", true))
        .copy("binding:host_id")
        .put("binding:profile", interfaceOnly(dict.get("binding:profile")))
        .copyOr("extra_dhcp_opts", List.of())
        .copyOr("port_security_enabled", true)
        .copyOr("allowed_address_pairs", List.of())
        .build();
  }

  /**
   * MidoNet binds by the name of the interface and learns of the unbinding by null; Nova's own keys
   * are none of its concern.
   */
  private static @Nullable Object interfaceOnly(@Nullable Object profile) {
    return profile instanceof Map<?, ?> map
            && map.get("interface_name") instanceof String name
            && !name.isEmpty()
        ? Map.of("interface_name", name)
        : null;
  }

  private static Map<String, @Nullable Object> router(
      Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id", "name")
        .tenant()
        .copyOr("admin_state_up", true)
        .copy("status", "gw_port_id", "external_gateway_info")
        .copyOr("routes", List.of())
        .build();
  }

  private static Map<String, @Nullable Object> floatingIp(
      Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id")
        .tenant()
        .copy(
            "floating_ip_address",
            "floating_network_id",
            "router_id",
            "port_id",
            "fixed_ip_address",
            "status")
        .build();
  }

  private static Map<String, @Nullable Object> securityGroup(
      Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id", "name")
        .tenant()
        .copy("description")
        .put("security_group_rules", rules(dict.get("security_group_rules")))
        .build();
  }

  private static List<Object> rules(@Nullable Object rules) {
    if (!(rules instanceof List<?> list)) {
      return List.of();
    }
    return list.stream().<Object>map(rule -> securityGroupRule(dict(rule))).toList();
  }

  private static Map<String, @Nullable Object> dict(@Nullable Object rule) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(rule))
        .forEach((key, value) -> dict.put((String) key, value));
    return dict;
  }

  private static Map<String, @Nullable Object> securityGroupRule(
      Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id")
        .tenant()
        .copy("security_group_id", "ethertype", "direction")
        .put("protocol", protocol(dict.get("protocol")))
        .copy("port_range_min", "port_range_max", "remote_ip_prefix", "remote_group_id")
        .build();
  }

  /** The routers that come and go are the caller's to add (plugin specification 3.3). */
  private static Map<String, @Nullable Object> firewall(
      Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id")
        .tenant()
        .copy("name", "description")
        .copyOr("shared", false)
        .copyOr("admin_state_up", true)
        .copy("status", "firewall_policy_id")
        .copyOr("router_ids", List.of())
        .put("firewall_rule_list", firewallRules(dict.get("firewall_rule_list")))
        .build();
  }

  private static List<Object> firewallRules(@Nullable Object rules) {
    return rules instanceof List<?> list
        ? list.stream().<Object>map(rule -> firewallRule(dict(rule))).toList()
        : List.of();
  }

  private static Map<String, @Nullable Object> firewallRule(
      Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id")
        .tenant()
        .copy("name", "description", "firewall_policy_id")
        .copyOr("shared", false)
        .put("protocol", firewallProtocol(dict.get("protocol")))
        .copy("ip_version")
        .put("ipVersion", dict.get("ip_version")) // as MidoNet's REST API calls it
        .copy(
            "source_ip_address",
            "destination_ip_address",
            "source_port",
            "destination_port",
            "action",
            "position")
        .copyOr("enabled", true)
        .build();
  }

  /** MidoNet knows by name what has one. */
  private static @Nullable Object firewallProtocol(@Nullable Object protocol) {
    return switch (String.valueOf(protocol)) {
      case "1" -> "icmp";
      case "6" -> "tcp";
      case "17" -> "udp";
      default -> protocol;
    };
  }

  private static Map<String, @Nullable Object> pool(Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id")
        .tenant()
        .copy("name", "description", "subnet_id", "protocol", "vip_id", "lb_method")
        .copyOr("admin_state_up", true)
        .copy("status", "status_description", "provider")
        .copyOr("members", List.of())
        .copyOr("health_monitors", List.of())
        .copyOr("health_monitors_status", List.of())
        .copy("router_id")
        .build();
  }

  private static Map<String, @Nullable Object> vip(Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id")
        .tenant()
        .copy(
            "name",
            "description",
            "subnet_id",
            "address",
            "port_id",
            "protocol_port",
            "protocol",
            "pool_id",
            "session_persistence")
        .copyOr("connection_limit", -1L)
        .copyOr("admin_state_up", true)
        .copy("status", "status_description")
        .build();
  }

  private static Map<String, @Nullable Object> member(
      Map<String, ? extends @Nullable Object> dict) {
    return new Body(dict)
        .copy("id")
        .tenant()
        .copy("pool_id", "address", "protocol_port")
        .copyOr("weight", 1L)
        .copyOr("admin_state_up", true)
        .copy("status", "status_description")
        .build();
  }

  /** What HTTP needs is there for monitors that speak it only. */
  private static Map<String, @Nullable Object> healthMonitor(
      Map<String, ? extends @Nullable Object> dict) {
    Body body =
        new Body(dict)
            .copy("id")
            .tenant()
            .copy("type", "delay", "timeout", "max_retries")
            .copyOr("admin_state_up", true);
    if (dict.containsKey("url_path")) {
      body.copy("url_path", "http_method", "expected_codes");
    }
    return body.copyOr("pools", List.of()).build();
  }

  /** MidoNet knows ICMPv6 by Neutron's older name for it only, and the others with underscores. */
  private static @Nullable Object protocol(@Nullable Object name) {
    return name instanceof String text && text.startsWith("ipv6-")
        ? text.equals("ipv6-icmp") ? "icmpv6" : text.replace('-', '_')
        : name;
  }

  /** Collects attributes of a resource in the order in which they are asked for. */
  private static final class Body {
    private final Map<String, ? extends @Nullable Object> dict;
    private final Map<String, @Nullable Object> body = new LinkedHashMap<>();

    Body(Map<String, ? extends @Nullable Object> dict) {
      this.dict = dict;
    }

    Body copy(String... names) {
      for (String name : names) {
        body.put(name, dict.get(name));
      }
      return this;
    }

    Body copyOr(String name, Object meaningOfAbsence) {
      Object value = dict.get(name);
      return put(name, value == null ? meaningOfAbsence : value);
    }

    Body tenant() {
      Object tenant = dict.get("tenant_id");
      return put("tenant_id", tenant == null ? dict.get("project_id") : tenant);
    }

    Body put(String name, @Nullable Object value) {
      body.put(name, value);
      return this;
    }

    Map<String, @Nullable Object> build() {
      return body;
    }
  }
}
