package org.midonet.topology;

import static org.midonet.topology.OnDelete.CASCADE;
import static org.midonet.topology.OnDelete.CLEAR;
import static org.midonet.topology.OnDelete.ERROR;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What binds stored objects together (spec/midonet.md App. D). Stateless.
 *
 * <p>The last three stand for lists that MidoNet keeps inside an object and this program keeps as
 * objects of their own: DHCP hosts, and the members of address groups, which leave with their port.
 */
public final class Bindings {
  /** Every binding. */
  public static final List<Binding> ALL =
      List.of(
          new Binding(References.PORT_INSERTIONS, CASCADE, References.L2_INSERTION_PORT, CLEAR),
          new Binding(
              References.PORT_SRV_INSERTIONS, CASCADE, References.L2_INSERTION_SRV_PORT, CLEAR),
          new Binding(
              References.SERVICE_CONTAINER_SERVICE_GROUP,
              CLEAR,
              References.SERVICE_CONTAINER_GROUP_SERVICE_CONTAINERS,
              CASCADE),
          new Binding(
              References.PORT_SERVICE_CONTAINER, CASCADE, References.SERVICE_CONTAINER_PORT, CLEAR),
          new Binding(
              References.SERVICE_CONTAINER_GROUP_HOST_GROUP,
              CLEAR,
              References.HOST_GROUP_SERVICE_GROUPS,
              CLEAR),
          new Binding(
              References.SERVICE_CONTAINER_GROUP_PORT_GROUP,
              CLEAR,
              References.PORT_GROUP_SERVICE_GROUPS,
              CLEAR),
          new Binding(References.BRIDGE_PORTS, CASCADE, References.PORT_BRIDGE, CLEAR),
          new Binding(References.BRIDGE_DHCPS, CASCADE, References.DHCP_BRIDGE, CLEAR),
          new Binding(References.BRIDGE_DHCPV6S, CASCADE, References.DHCP_V6_BRIDGE, CLEAR),
          new Binding(References.PORT_PEER, CLEAR, References.PORT_PEER, CLEAR),
          new Binding(References.PORT_DHCP, CLEAR, References.DHCP_ROUTER_IF_PORT, CLEAR),
          new Binding(References.PORT_HOST, CLEAR, References.HOST_PORTS, CLEAR),
          new Binding(References.PORT_PORT_GROUPS, CLEAR, References.PORT_GROUP_PORTS, CLEAR),
          new Binding(References.PORT_ROUTES, CASCADE, References.ROUTE_NEXT_HOP_PORT, CLEAR),
          new Binding(
              References.BRIDGE_INBOUND_FILTER, CLEAR, References.CHAIN_BRIDGE_INBOUNDS, CLEAR),
          new Binding(
              References.BRIDGE_OUTBOUND_FILTER, CLEAR, References.CHAIN_BRIDGE_OUTBOUNDS, CLEAR),
          new Binding(
              References.ROUTER_INBOUND_FILTER, CLEAR, References.CHAIN_ROUTER_INBOUNDS, CLEAR),
          new Binding(
              References.ROUTER_OUTBOUND_FILTER, CLEAR, References.CHAIN_ROUTER_OUTBOUNDS, CLEAR),
          new Binding(
              References.ROUTER_LOCAL_REDIRECT_CHAIN,
              CLEAR,
              References.CHAIN_ROUTER_REDIRECTS,
              CLEAR),
          new Binding(References.PORT_INBOUND_FILTER, CLEAR, References.CHAIN_PORT_INBOUNDS, CLEAR),
          new Binding(
              References.PORT_OUTBOUND_FILTER, CLEAR, References.CHAIN_PORT_OUTBOUNDS, CLEAR),
          new Binding(References.ROUTER_PORTS, CASCADE, References.PORT_ROUTER, CLEAR),
          new Binding(References.ROUTER_ROUTES, CASCADE, References.ROUTE_ROUTER, CLEAR),
          new Binding(References.HOST_TUNNEL_ZONES, CLEAR, References.TUNNEL_ZONE_HOSTS, CLEAR),
          new Binding(References.HOST_HOST_GROUPS, CLEAR, References.HOST_GROUP_HOSTS, CLEAR),
          new Binding(
              References.LOAD_BALANCER_POOLS, CASCADE, References.POOL_LOAD_BALANCER, CLEAR),
          new Binding(References.POOL_POOL_MEMBERS, CASCADE, References.POOL_MEMBER_POOL, CLEAR),
          new Binding(
              References.POOL_HEALTH_MONITOR, CLEAR, References.HEALTH_MONITOR_POOLS, CLEAR),
          new Binding(
              References.BRIDGE_INBOUND_MIRRORS, CLEAR, References.MIRROR_BRIDGE_INBOUNDS, CLEAR),
          new Binding(
              References.ROUTER_INBOUND_MIRRORS, CLEAR, References.MIRROR_ROUTER_INBOUNDS, CLEAR),
          new Binding(
              References.PORT_INBOUND_MIRRORS, CLEAR, References.MIRROR_PORT_INBOUNDS, CLEAR),
          new Binding(
              References.PORT_POST_IN_FILTER_MIRRORS,
              CLEAR,
              References.MIRROR_PORT_POST_IN_FILTERS,
              CLEAR),
          new Binding(
              References.BRIDGE_OUTBOUND_MIRRORS, CLEAR, References.MIRROR_BRIDGE_OUTBOUNDS, CLEAR),
          new Binding(
              References.ROUTER_OUTBOUND_MIRRORS, CLEAR, References.MIRROR_ROUTER_OUTBOUNDS, CLEAR),
          new Binding(
              References.PORT_OUTBOUND_MIRRORS, CLEAR, References.MIRROR_PORT_OUTBOUNDS, CLEAR),
          new Binding(
              References.PORT_PRE_OUT_FILTER_MIRRORS,
              CLEAR,
              References.MIRROR_PORT_PRE_OUT_FILTERS,
              CLEAR),
          new Binding(References.MIRROR_TO_PORT, CLEAR, References.PORT_MIRRORS, CASCADE),
          new Binding(
              References.ROUTER_LOAD_BALANCER, ERROR, References.LOAD_BALANCER_ROUTER, CLEAR),
          new Binding(References.POOL_VIPS, CASCADE, References.VIP_POOL, CLEAR),
          new Binding(References.VIP_GATEWAY_PORT, CLEAR, References.PORT_VIPS, ERROR),
          new Binding(
              References.ROUTER_BGP_NETWORKS, CASCADE, References.BGP_NETWORK_ROUTER, CLEAR),
          new Binding(References.ROUTER_BGP_PEERS, CASCADE, References.BGP_PEER_ROUTER, CLEAR),
          new Binding(
              References.ROUTE_GATEWAY_DHCP, CLEAR, References.DHCP_GATEWAY_ROUTES, CASCADE),
          new Binding(References.RULE_CHAIN, CLEAR, References.CHAIN_RULES, CASCADE),
          new Binding(References.RULE_FIP_PORT, CLEAR, References.PORT_FIP_NAT_RULES, CASCADE),
          new Binding(
              References.NEUTRON_PORT_FLOATING_IPS, CLEAR, References.FLOATING_IP_PORT, CLEAR),
          new Binding(
              References.NEUTRON_PORT_GW_ROUTER, CLEAR, References.NEUTRON_ROUTER_GW_PORT, CLEAR),
          new Binding(
              References.BRIDGE_TRACE_REQUESTS, CASCADE, References.TRACE_REQUEST_BRIDGE, CLEAR),
          new Binding(
              References.ROUTER_TRACE_REQUESTS, CASCADE, References.TRACE_REQUEST_ROUTER, CLEAR),
          new Binding(
              References.PORT_TRACE_REQUESTS, CASCADE, References.TRACE_REQUEST_PORT, CLEAR),
          new Binding(References.RULE_LOGGER_CHAIN, CLEAR, References.CHAIN_LOGGERS, CASCADE),
          new Binding(
              References.RULE_LOGGER_LOGGING_RESOURCE,
              CLEAR,
              References.LOGGING_RESOURCE_LOGGERS,
              CASCADE),
          new Binding(
              References.VPN_SERVICE_ROUTER, CLEAR, References.ROUTER_VPN_SERVICES, CASCADE),
          new Binding(
              References.VPN_SERVICE_IPSEC_SITE_CONNECTIONS,
              CASCADE,
              References.IPSEC_SITE_CONNECTION_VPNSERVICE,
              CLEAR),
          new Binding(
              References.IPSEC_SITE_CONNECTION_ROUTES,
              CASCADE,
              References.ROUTE_IPSEC_SITE_CONNECTION,
              CLEAR),
          new Binding(
              References.GATEWAY_DEVICE_REMOTE_MAC_ENTRIES,
              CASCADE,
              References.REMOTE_MAC_ENTRY_DEVICE,
              CLEAR),
          new Binding(
              References.REMOTE_MAC_ENTRY_PORTS, CLEAR, References.PORT_REMOTE_MAC_ENTRIES, CLEAR),
          new Binding(
              References.QOS_POLICY_BANDWIDTH_LIMIT_RULES,
              CASCADE,
              References.QOS_RULE_BANDWIDTH_LIMIT_POLICY,
              CLEAR),
          new Binding(
              References.QOS_POLICY_DSCP_MARKING_RULES,
              CASCADE,
              References.QOS_RULE_DSCP_POLICY,
              CLEAR),
          new Binding(References.PORT_QOS_POLICY, CLEAR, References.QOS_POLICY_PORTS, CLEAR),
          new Binding(References.BRIDGE_QOS_POLICY, CLEAR, References.QOS_POLICY_BRIDGES, CLEAR),
          new Binding(References.DHCP_HOSTS, CASCADE, References.DHCP_HOST_DHCP, CLEAR),
          new Binding(
              References.IP_ADDR_GROUP_MEMBERS,
              CASCADE,
              References.IP_ADDR_GROUP_MEMBER_GROUP,
              CLEAR),
          new Binding(
              References.PORT_IP_ADDR_GROUP_MEMBERS,
              CASCADE,
              References.IP_ADDR_GROUP_MEMBER_PORT,
              CLEAR));

  private static final Map<ObjectType<?>, List<End>> BY_TYPE = byType();

  private Bindings() {}

  /** The ends of bindings that objects of a kind have. */
  public static List<End> of(ObjectType<?> type) {
    return BY_TYPE.getOrDefault(type, List.of());
  }

  private static Map<ObjectType<?>, List<End>> byType() {
    Map<ObjectType<?>, List<End>> ends = new HashMap<>();
    for (Binding binding : ALL) {
      add(ends, new End(binding.left(), binding.onLeftDelete(), binding.right()));
      if (binding.left() != binding.right()) {
        add(ends, new End(binding.right(), binding.onRightDelete(), binding.left()));
      }
    }
    ends.replaceAll((type, list) -> List.copyOf(list));
    return Map.copyOf(ends);
  }

  private static void add(Map<ObjectType<?>, List<End>> ends, End end) {
    ends.computeIfAbsent(end.mine().owner(), type -> new ArrayList<>()).add(end);
  }

  /**
   * A binding as one of its objects sees it.
   *
   * @param onDelete what becomes of the others when this object is deleted
   */
  public record End(Reference<?> mine, OnDelete onDelete, Reference<?> other) {}
}
