package org.midonet.cluster.neutron;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.EtherType;

/**
 * Writes each kind of Neutron's documents as the REST API shows it: every field, null where there
 * is no value. Stateless.
 */
final class Writer {
  private Writer() {}

  static Map<String, @Nullable Object> write(NeutronModel model) {
    return switch (model) {
      case NeutronNetwork network -> network(network);
      case NeutronSubnet subnet -> subnet(subnet);
      case NeutronPort port -> port(port);
      case NeutronRouter router -> router(router);
      case RouterInterface join -> routerInterface(join);
      case FloatingIp floatingIp -> floatingIp(floatingIp);
      case SecurityGroup group -> securityGroup(group);
      case SecurityGroupRule rule -> securityGroupRule(rule);
      case Firewall firewall -> firewall(firewall);
      case NeutronPool pool -> LoadBalancerWriter.pool(pool);
      case NeutronPoolMember member -> LoadBalancerWriter.member(member);
      case NeutronVip vip -> LoadBalancerWriter.vip(vip);
      case NeutronHealthMonitor monitor -> LoadBalancerWriter.healthMonitor(monitor);
      case PortBinding binding ->
          object(
              "id", binding.id(),
              "host_id", binding.hostId(),
              "interface_name", binding.interfaceName(),
              "port_id", binding.portId());
      case AgentMembership member -> object("id", member.id(), "ip_address", member.ipAddress());
      case NeutronConfig config ->
          object("id", config.id(), "tunnel_protocol", lower(config.tunnelProtocol()));
    };
  }

  private static Map<String, @Nullable Object> network(NeutronNetwork network) {
    return object(
        "id", network.id(),
        "name", network.name(),
        "status", network.status(),
        "shared", network.shared(),
        "tenant_id", network.tenantId(),
        "admin_state_up", network.adminStateUp(),
        "router:external", network.external(),
        "provider:network_type", lower(network.networkType()),
        "qos_policy_id", network.qosPolicyId());
  }

  private static Map<String, @Nullable Object> subnet(NeutronSubnet subnet) {
    return object(
        "id", subnet.id(),
        "name", subnet.name(),
        "cidr", subnet.cidr(),
        "ip_version", subnet.ipVersion(),
        "network_id", subnet.networkId(),
        "gateway_ip", subnet.gatewayIp(),
        "allocation_pools",
            subnet.allocationPools().stream()
                .map(pool -> object("start", pool.start(), "end", pool.end()))
                .toList(),
        "dns_nameservers", subnet.dnsNameservers().stream().map(Object::toString).toList(),
        "host_routes", routes(subnet.hostRoutes()),
        "tenant_id", subnet.tenantId(),
        "enable_dhcp", subnet.enableDhcp(),
        "shared", subnet.shared());
  }

  private static List<Map<String, @Nullable Object>> routes(List<NeutronRoute> routes) {
    return routes.stream()
        .map(route -> object("destination", route.destination(), "nexthop", route.nexthop()))
        .toList();
  }

  private static Map<String, @Nullable Object> port(NeutronPort port) {
    return object(
        "id", port.id(),
        "name", port.name(),
        "status", port.status(),
        "network_id", port.networkId(),
        "admin_state_up", port.adminStateUp(),
        "mac_address", port.macAddress(),
        "fixed_ips",
            port.fixedIps().stream()
                .map(ip -> object("ip_address", ip.address(), "subnet_id", ip.subnetId()))
                .toList(),
        "device_id", port.deviceId(),
        "device_owner", owner(port.deviceOwner()),
        "tenant_id", port.tenantId(),
        "security_groups", port.securityGroups().stream().map(Object::toString).toList(),
        "binding:host_id", port.hostId(),
        "binding:profile",
            port.profile() == null
                ? null
                : object("interface_name", port.profile().interfaceName()),
        "port_security_enabled", port.portSecurityEnabled(),
        "allowed_address_pairs",
            port.allowedAddressPairs().stream()
                .map(pair ->
                    object("ip_address", addresses(pair.addresses()), "mac_address", pair.mac()))
                .toList(),
        "extra_dhcp_opts",
            port.extraDhcpOpts().stream()
                .map(option -> object("opt_name", option.name(), "opt_value", option.value()))
                .toList(),
        "qos_policy_id", port.qosPolicyId());
  }

  private static @Nullable String owner(NeutronPort.@Nullable DeviceOwner owner) {
    return switch (owner) {
      case null -> null;
      case DHCP -> "network:dhcp";
      case FLOATINGIP -> "network:floatingip";
      case ROUTER_GW -> "network:router_gateway";
      case ROUTER_INTF -> "network:router_interface";
      case COMPUTE -> "compute:nova";
      case LOADBALANCER -> "neutron:LOADBALANCER";
      case REMOTE_SITE -> "network:remote_site";
      case LOADBALANCERV2 -> "neutron:LOADBALANCERV2";
    };
  }

  /** An address by itself, as it is usually given, or a prefix. */
  private static @Nullable String addresses(@Nullable Cidr addresses) {
    if (addresses == null) {
      return null;
    }
    return addresses.equals(Cidr.of(addresses.network()))
        ? addresses.network().toString()
        : addresses.toString();
  }

  private static Map<String, @Nullable Object> router(NeutronRouter router) {
    NeutronRouter.GatewayInfo gateway = router.externalGatewayInfo();
    return object(
        "id", router.id(),
        "name", router.name(),
        "status", router.status(),
        "routes", routes(router.routes()),
        "tenant_id", router.tenantId(),
        "admin_state_up", router.adminStateUp(),
        "gw_port_id", router.gwPortId(),
        "external_gateway_info",
            gateway == null
                ? null
                : object("network_id", gateway.networkId(), "enable_snat", gateway.enableSnat()));
  }

  private static Map<String, @Nullable Object> routerInterface(RouterInterface join) {
    return object(
        "id", join.id(),
        "tenant_id", join.tenantId(),
        "port_id", join.portId(),
        "subnet_id", join.subnetId(),
        "subnet_ids", join.subnetIds().stream().map(Object::toString).toList());
  }

  private static Map<String, @Nullable Object> floatingIp(FloatingIp floatingIp) {
    return object(
        "id", floatingIp.id(),
        "floating_ip_address", floatingIp.floatingIpAddress(),
        "floating_network_id", floatingIp.floatingNetworkId(),
        "router_id", floatingIp.routerId(),
        "port_id", floatingIp.portId(),
        "fixed_ip_address", floatingIp.fixedIpAddress(),
        "tenant_id", floatingIp.tenantId());
  }

  private static Map<String, @Nullable Object> securityGroup(SecurityGroup group) {
    return object(
        "id", group.id(),
        "name", group.name(),
        "description", group.description(),
        "tenant_id", group.tenantId(),
        "security_group_rules", group.rules().stream().map(Writer::securityGroupRule).toList());
  }

  private static Map<String, @Nullable Object> securityGroupRule(SecurityGroupRule rule) {
    return object(
        "id", rule.id(),
        "direction", lower(rule.direction()),
        "protocol", RuleProtocols.write(rule.protocol()),
        "ethertype", ethertype(rule.ethertype()),
        "security_group_id", rule.securityGroupId(),
        "remote_group_id", rule.remoteGroupId(),
        "port_range_min", rule.portRangeMin(),
        "port_range_max", rule.portRangeMax(),
        "remote_ip_prefix", rule.remoteIpPrefix(),
        "tenant_id", rule.tenantId());
  }

  private static Map<String, @Nullable Object> firewall(Firewall firewall) {
    return object(
        "id", firewall.id(),
        "tenant_id", firewall.tenantId(),
        "name", firewall.name(),
        "description", firewall.description(),
        "shared", firewall.shared(),
        "admin_state_up", firewall.adminStateUp(),
        "status", firewall.status(),
        "firewall_policy_id", firewall.policyId(),
        "firewall_rule_list", firewall.rules().stream().map(Writer::firewallRule).toList(),
        "add-router-ids", firewall.addRouterIds().stream().map(Object::toString).toList(),
        "del-router-ids", firewall.delRouterIds().stream().map(Object::toString).toList(),
        "last-router", firewall.lastRouter());
  }

  private static Map<String, @Nullable Object> firewallRule(Firewall.Rule rule) {
    return object(
        "id", rule.id(),
        "tenant_id", rule.tenantId(),
        "name", rule.name(),
        "description", rule.description(),
        "firewall_policy_id", rule.policyId(),
        "shared", rule.shared(),
        "protocol", RuleProtocols.write(rule.protocol()),
        "ipVersion", rule.ipVersion(),
        "source_ip_address", addresses(rule.source()),
        "destination_ip_address", addresses(rule.destination()),
        "source_port", ports(rule.sourcePorts()),
        "destination_port", ports(rule.destinationPorts()),
        "action", lower(rule.action()),
        "position", rule.position(),
        "enabled", rule.enabled());
  }

  private static @Nullable String ports(Firewall.@Nullable Ports ports) {
    if (ports == null) {
      return null;
    }
    return ports.first() == ports.last()
        ? String.valueOf(ports.first())
        : ports.first() + ":" + ports.last();
  }

  private static @Nullable String ethertype(@Nullable EtherType type) {
    if (type == null) {
      return null;
    }
    return type.equals(EtherType.ARP) ? "arp" : type.equals(EtherType.IPV4) ? "ipv4" : "ipv6";
  }

  private static @Nullable String lower(@Nullable Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT);
  }

  /** An object of alternating names and values; values that are not JSON become text. */
  static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object =
        LinkedHashMap.newLinkedHashMap(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], json(namesAndValues[i + 1]));
    }
    return object;
  }

  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Integer number -> number.longValue();
      case Boolean flag -> flag;
      case List<?> list -> list;
      case Map<?, ?> map -> map;
      default -> value.toString();
    };
  }
}
