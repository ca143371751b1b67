package org.midonet.topology;

import static org.midonet.topology.ObjectType.BGP_NETWORK;
import static org.midonet.topology.ObjectType.BGP_PEER;
import static org.midonet.topology.ObjectType.BRIDGE;
import static org.midonet.topology.ObjectType.CHAIN;
import static org.midonet.topology.ObjectType.DHCP;
import static org.midonet.topology.ObjectType.DHCP_HOST;
import static org.midonet.topology.ObjectType.DHCP_V6;
import static org.midonet.topology.ObjectType.FLOATING_IP;
import static org.midonet.topology.ObjectType.GATEWAY_DEVICE;
import static org.midonet.topology.ObjectType.HEALTH_MONITOR;
import static org.midonet.topology.ObjectType.HOST;
import static org.midonet.topology.ObjectType.HOST_GROUP;
import static org.midonet.topology.ObjectType.IPSEC_SITE_CONNECTION;
import static org.midonet.topology.ObjectType.IP_ADDR_GROUP;
import static org.midonet.topology.ObjectType.IP_ADDR_GROUP_MEMBER;
import static org.midonet.topology.ObjectType.L2_INSERTION;
import static org.midonet.topology.ObjectType.LOAD_BALANCER;
import static org.midonet.topology.ObjectType.LOGGING_RESOURCE;
import static org.midonet.topology.ObjectType.MIRROR;
import static org.midonet.topology.ObjectType.NEUTRON_PORT;
import static org.midonet.topology.ObjectType.NEUTRON_ROUTER;
import static org.midonet.topology.ObjectType.POOL;
import static org.midonet.topology.ObjectType.POOL_MEMBER;
import static org.midonet.topology.ObjectType.PORT;
import static org.midonet.topology.ObjectType.PORT_GROUP;
import static org.midonet.topology.ObjectType.QOS_POLICY;
import static org.midonet.topology.ObjectType.QOS_RULE_BANDWIDTH_LIMIT;
import static org.midonet.topology.ObjectType.QOS_RULE_DSCP;
import static org.midonet.topology.ObjectType.REMOTE_MAC_ENTRY;
import static org.midonet.topology.ObjectType.ROUTE;
import static org.midonet.topology.ObjectType.ROUTER;
import static org.midonet.topology.ObjectType.RULE;
import static org.midonet.topology.ObjectType.RULE_LOGGER;
import static org.midonet.topology.ObjectType.SERVICE_CONTAINER;
import static org.midonet.topology.ObjectType.SERVICE_CONTAINER_GROUP;
import static org.midonet.topology.ObjectType.TRACE_REQUEST;
import static org.midonet.topology.ObjectType.TUNNEL_ZONE;
import static org.midonet.topology.ObjectType.VIP;
import static org.midonet.topology.ObjectType.VPN_SERVICE;
import static org.midonet.topology.Reference.derivedMany;
import static org.midonet.topology.Reference.derivedOne;
import static org.midonet.topology.Reference.many;
import static org.midonet.topology.Reference.one;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every reference between stored objects, by the fields of MidoNet's storage (spec/midonet.md App.
 * D). Stateless.
 *
 * <p>Of two ends that mirror each other usually one is kept: the one that a client sets. Both are
 * kept where either may be set, and where the order of a list matters, as that of rules in a chain.
 */
public final class References {
  public static final Reference<Port> PORT_INSERTIONS = derivedMany(PORT, "insertion_ids");
  public static final Reference<Port> PORT_SRV_INSERTIONS = derivedMany(PORT, "srv_insertion_ids");
  public static final Reference<Port> PORT_SERVICE_CONTAINER =
      one(PORT, "service_container_id", Port::serviceContainerId, Port::withServiceContainerId);
  public static final Reference<Port> PORT_BRIDGE =
      one(PORT, "network_id", Port::bridgeId, Port::withBridgeId);
  public static final Reference<Port> PORT_PEER =
      one(PORT, "peer_id", Port::peerId, Port::withPeerId);
  public static final Reference<Port> PORT_DHCP = derivedOne(PORT, "dhcp_id");
  public static final Reference<Port> PORT_HOST =
      one(PORT, "host_id", Port::hostId, Port::withHostId);
  public static final Reference<Port> PORT_PORT_GROUPS =
      many(PORT, "port_group_ids", Port::portGroupIds, Port::withPortGroupIds);
  public static final Reference<Port> PORT_ROUTES = derivedMany(PORT, "route_ids");
  public static final Reference<Port> PORT_INBOUND_FILTER =
      one(PORT, "inbound_filter_id", Port::inboundFilterId, Port::withInboundFilterId);
  public static final Reference<Port> PORT_OUTBOUND_FILTER =
      one(PORT, "outbound_filter_id", Port::outboundFilterId, Port::withOutboundFilterId);
  public static final Reference<Port> PORT_ROUTER =
      one(PORT, "router_id", Port::routerId, Port::withRouterId);
  public static final Reference<Port> PORT_INBOUND_MIRRORS =
      many(PORT, "inbound_mirror_ids", Port::inboundMirrorIds, Port::withInboundMirrorIds);
  public static final Reference<Port> PORT_POST_IN_FILTER_MIRRORS =
      many(
          PORT,
          "post_in_filter_mirror_ids",
          Port::postInFilterMirrorIds,
          Port::withPostInFilterMirrorIds);
  public static final Reference<Port> PORT_OUTBOUND_MIRRORS =
      many(PORT, "outbound_mirror_ids", Port::outboundMirrorIds, Port::withOutboundMirrorIds);
  public static final Reference<Port> PORT_PRE_OUT_FILTER_MIRRORS =
      many(
          PORT,
          "pre_out_filter_mirror_ids",
          Port::preOutFilterMirrorIds,
          Port::withPreOutFilterMirrorIds);
  public static final Reference<Port> PORT_MIRRORS = derivedMany(PORT, "mirror_ids");
  public static final Reference<Port> PORT_VIPS = derivedMany(PORT, "vip_ids");
  public static final Reference<Port> PORT_FIP_NAT_RULES = derivedMany(PORT, "fip_nat_rule_ids");
  public static final Reference<Port> PORT_TRACE_REQUESTS = derivedMany(PORT, "trace_request_ids");
  public static final Reference<Port> PORT_REMOTE_MAC_ENTRIES =
      derivedMany(PORT, "remote_mac_entry_ids");
  public static final Reference<Port> PORT_QOS_POLICY =
      one(PORT, "qos_policy_id", Port::qosPolicyId, Port::withQosPolicyId);
  public static final Reference<Port> PORT_IP_ADDR_GROUP_MEMBERS =
      derivedMany(PORT, "ip_addr_group_member_ids");

  public static final Reference<L2Insertion> L2_INSERTION_PORT =
      one(L2_INSERTION, "port_id", L2Insertion::portId, L2Insertion::withPortId);
  public static final Reference<L2Insertion> L2_INSERTION_SRV_PORT =
      one(L2_INSERTION, "srv_port_id", L2Insertion::srvPortId, L2Insertion::withSrvPortId);

  public static final Reference<ServiceContainer> SERVICE_CONTAINER_SERVICE_GROUP =
      one(
          SERVICE_CONTAINER,
          "service_group_id",
          ServiceContainer::serviceGroupId,
          ServiceContainer::withServiceGroupId);
  public static final Reference<ServiceContainer> SERVICE_CONTAINER_PORT =
      one(SERVICE_CONTAINER, "port_id", ServiceContainer::portId, ServiceContainer::withPortId);

  public static final Reference<ServiceContainerGroup> SERVICE_CONTAINER_GROUP_SERVICE_CONTAINERS =
      derivedMany(SERVICE_CONTAINER_GROUP, "service_container_ids");
  public static final Reference<ServiceContainerGroup> SERVICE_CONTAINER_GROUP_HOST_GROUP =
      one(
          SERVICE_CONTAINER_GROUP,
          "host_group_id",
          ServiceContainerGroup::hostGroupId,
          ServiceContainerGroup::withHostGroupId);
  public static final Reference<ServiceContainerGroup> SERVICE_CONTAINER_GROUP_PORT_GROUP =
      one(
          SERVICE_CONTAINER_GROUP,
          "port_group_id",
          ServiceContainerGroup::portGroupId,
          ServiceContainerGroup::withPortGroupId);

  public static final Reference<HostGroup> HOST_GROUP_SERVICE_GROUPS =
      derivedMany(HOST_GROUP, "service_group_ids");
  public static final Reference<HostGroup> HOST_GROUP_HOSTS =
      many(HOST_GROUP, "host_ids", HostGroup::hostIds, HostGroup::withHostIds);

  public static final Reference<PortGroup> PORT_GROUP_SERVICE_GROUPS =
      derivedMany(PORT_GROUP, "service_group_ids");
  public static final Reference<PortGroup> PORT_GROUP_PORTS = derivedMany(PORT_GROUP, "port_ids");

  public static final Reference<Bridge> BRIDGE_PORTS = derivedMany(BRIDGE, "port_ids");
  public static final Reference<Bridge> BRIDGE_DHCPS = derivedMany(BRIDGE, "dhcp_ids");
  public static final Reference<Bridge> BRIDGE_DHCPV6S = derivedMany(BRIDGE, "dhcpv6_ids");
  public static final Reference<Bridge> BRIDGE_INBOUND_FILTER =
      one(BRIDGE, "inbound_filter_id", Bridge::inboundFilterId, Bridge::withInboundFilterId);
  public static final Reference<Bridge> BRIDGE_OUTBOUND_FILTER =
      one(BRIDGE, "outbound_filter_id", Bridge::outboundFilterId, Bridge::withOutboundFilterId);
  public static final Reference<Bridge> BRIDGE_INBOUND_MIRRORS =
      many(BRIDGE, "inbound_mirror_ids", Bridge::inboundMirrorIds, Bridge::withInboundMirrorIds);
  public static final Reference<Bridge> BRIDGE_OUTBOUND_MIRRORS =
      many(BRIDGE, "outbound_mirror_ids", Bridge::outboundMirrorIds, Bridge::withOutboundMirrorIds);
  public static final Reference<Bridge> BRIDGE_TRACE_REQUESTS =
      derivedMany(BRIDGE, "trace_request_ids");
  public static final Reference<Bridge> BRIDGE_QOS_POLICY =
      one(BRIDGE, "qos_policy_id", Bridge::qosPolicyId, Bridge::withQosPolicyId);

  public static final Reference<Dhcp> DHCP_BRIDGE =
      one(DHCP, "network_id", Dhcp::bridgeId, Dhcp::withBridgeId);
  public static final Reference<Dhcp> DHCP_ROUTER_IF_PORT =
      one(DHCP, "router_if_port_id", Dhcp::routerIfPortId, Dhcp::withRouterIfPortId);
  public static final Reference<Dhcp> DHCP_GATEWAY_ROUTES = derivedMany(DHCP, "gateway_route_ids");
  public static final Reference<Dhcp> DHCP_HOSTS = derivedMany(DHCP, "host_ids");

  public static final Reference<DhcpV6> DHCP_V6_BRIDGE =
      one(DHCP_V6, "network_id", DhcpV6::bridgeId, DhcpV6::withBridgeId);

  public static final Reference<Host> HOST_PORTS = derivedMany(HOST, "port_ids");
  public static final Reference<Host> HOST_TUNNEL_ZONES = derivedMany(HOST, "tunnel_zone_ids");
  public static final Reference<Host> HOST_HOST_GROUPS = derivedMany(HOST, "host_group_ids");

  public static final Reference<Route> ROUTE_NEXT_HOP_PORT =
      one(ROUTE, "next_hop_port_id", Route::nextHopPortId, Route::withNextHopPortId);
  public static final Reference<Route> ROUTE_ROUTER =
      one(ROUTE, "router_id", Route::routerId, Route::withRouterId);
  public static final Reference<Route> ROUTE_GATEWAY_DHCP =
      one(ROUTE, "gateway_dhcp_id", Route::gatewayDhcpId, Route::withGatewayDhcpId);
  public static final Reference<Route> ROUTE_IPSEC_SITE_CONNECTION =
      one(
          ROUTE,
          "ipsec_site_connection_id",
          Route::ipsecSiteConnectionId,
          Route::withIpsecSiteConnectionId);

  public static final Reference<Chain> CHAIN_BRIDGE_INBOUNDS =
      derivedMany(CHAIN, "network_inbound_ids");
  public static final Reference<Chain> CHAIN_BRIDGE_OUTBOUNDS =
      derivedMany(CHAIN, "network_outbound_ids");
  public static final Reference<Chain> CHAIN_ROUTER_INBOUNDS =
      derivedMany(CHAIN, "router_inbound_ids");
  public static final Reference<Chain> CHAIN_ROUTER_OUTBOUNDS =
      derivedMany(CHAIN, "router_outbound_ids");
  public static final Reference<Chain> CHAIN_ROUTER_REDIRECTS =
      derivedMany(CHAIN, "router_redirect_ids");
  public static final Reference<Chain> CHAIN_PORT_INBOUNDS = derivedMany(CHAIN, "port_inbound_ids");
  public static final Reference<Chain> CHAIN_PORT_OUTBOUNDS =
      derivedMany(CHAIN, "port_outbound_ids");
  public static final Reference<Chain> CHAIN_RULES =
      many(CHAIN, "rule_ids", Chain::ruleIds, Chain::withRuleIds);
  public static final Reference<Chain> CHAIN_LOGGERS = derivedMany(CHAIN, "logger_ids");

  public static final Reference<Router> ROUTER_INBOUND_FILTER =
      one(ROUTER, "inbound_filter_id", Router::inboundFilterId, Router::withInboundFilterId);
  public static final Reference<Router> ROUTER_OUTBOUND_FILTER =
      one(ROUTER, "outbound_filter_id", Router::outboundFilterId, Router::withOutboundFilterId);
  public static final Reference<Router> ROUTER_LOCAL_REDIRECT_CHAIN =
      one(
          ROUTER,
          "local_redirect_chain_id",
          Router::localRedirectChainId,
          Router::withLocalRedirectChainId);
  public static final Reference<Router> ROUTER_PORTS = derivedMany(ROUTER, "port_ids");
  public static final Reference<Router> ROUTER_ROUTES = derivedMany(ROUTER, "route_ids");
  public static final Reference<Router> ROUTER_INBOUND_MIRRORS =
      many(ROUTER, "inbound_mirror_ids", Router::inboundMirrorIds, Router::withInboundMirrorIds);
  public static final Reference<Router> ROUTER_OUTBOUND_MIRRORS =
      many(ROUTER, "outbound_mirror_ids", Router::outboundMirrorIds, Router::withOutboundMirrorIds);
  public static final Reference<Router> ROUTER_LOAD_BALANCER =
      one(ROUTER, "load_balancer_id", Router::loadBalancerId, Router::withLoadBalancerId);
  public static final Reference<Router> ROUTER_BGP_NETWORKS =
      derivedMany(ROUTER, "bgp_network_ids");
  public static final Reference<Router> ROUTER_BGP_PEERS = derivedMany(ROUTER, "bgp_peer_ids");
  public static final Reference<Router> ROUTER_TRACE_REQUESTS =
      derivedMany(ROUTER, "trace_request_ids");
  public static final Reference<Router> ROUTER_VPN_SERVICES =
      derivedMany(ROUTER, "vpn_service_ids");

  public static final Reference<TunnelZone> TUNNEL_ZONE_HOSTS =
      many(TUNNEL_ZONE, "host_ids", TunnelZone::hostIds, TunnelZone::withHostIds);

  public static final Reference<LoadBalancer> LOAD_BALANCER_POOLS =
      derivedMany(LOAD_BALANCER, "pool_ids");
  public static final Reference<LoadBalancer> LOAD_BALANCER_ROUTER =
      one(LOAD_BALANCER, "router_id", LoadBalancer::routerId, LoadBalancer::withRouterId);

  public static final Reference<Pool> POOL_LOAD_BALANCER =
      one(POOL, "load_balancer_id", Pool::loadBalancerId, Pool::withLoadBalancerId);
  public static final Reference<Pool> POOL_POOL_MEMBERS = derivedMany(POOL, "pool_member_ids");
  public static final Reference<Pool> POOL_HEALTH_MONITOR =
      one(POOL, "health_monitor_id", Pool::healthMonitorId, Pool::withHealthMonitorId);
  public static final Reference<Pool> POOL_VIPS = derivedMany(POOL, "vip_ids");

  public static final Reference<PoolMember> POOL_MEMBER_POOL =
      one(POOL_MEMBER, "pool_id", PoolMember::poolId, PoolMember::withPoolId);

  public static final Reference<HealthMonitor> HEALTH_MONITOR_POOLS =
      derivedMany(HEALTH_MONITOR, "pool_ids");

  public static final Reference<Mirror> MIRROR_BRIDGE_INBOUNDS =
      derivedMany(MIRROR, "network_inbound_ids");
  public static final Reference<Mirror> MIRROR_ROUTER_INBOUNDS =
      derivedMany(MIRROR, "router_inbound_ids");
  public static final Reference<Mirror> MIRROR_PORT_INBOUNDS =
      derivedMany(MIRROR, "port_inbound_ids");
  public static final Reference<Mirror> MIRROR_PORT_POST_IN_FILTERS =
      derivedMany(MIRROR, "port_post_in_filter_ids");
  public static final Reference<Mirror> MIRROR_BRIDGE_OUTBOUNDS =
      derivedMany(MIRROR, "network_outbound_ids");
  public static final Reference<Mirror> MIRROR_ROUTER_OUTBOUNDS =
      derivedMany(MIRROR, "router_outbound_ids");
  public static final Reference<Mirror> MIRROR_PORT_OUTBOUNDS =
      derivedMany(MIRROR, "port_outbound_ids");
  public static final Reference<Mirror> MIRROR_PORT_PRE_OUT_FILTERS =
      derivedMany(MIRROR, "port_pre_out_filter_ids");
  public static final Reference<Mirror> MIRROR_TO_PORT =
      one(MIRROR, "to_port_id", Mirror::toPortId, Mirror::withToPortId);

  public static final Reference<Vip> VIP_POOL = one(VIP, "pool_id", Vip::poolId, Vip::withPoolId);
  public static final Reference<Vip> VIP_GATEWAY_PORT =
      one(VIP, "gateway_port_id", Vip::gatewayPortId, Vip::withGatewayPortId);

  public static final Reference<BgpNetwork> BGP_NETWORK_ROUTER =
      one(BGP_NETWORK, "router_id", BgpNetwork::routerId, BgpNetwork::withRouterId);

  public static final Reference<BgpPeer> BGP_PEER_ROUTER =
      one(BGP_PEER, "router_id", BgpPeer::routerId, BgpPeer::withRouterId);

  public static final Reference<Rule> RULE_CHAIN =
      one(RULE, "chain_id", Rule::chainId, Rule::withChainId);
  public static final Reference<Rule> RULE_FIP_PORT =
      one(RULE, "fip_port_id", Rule::fipPortId, Rule::withFipPortId);

  public static final Reference<NeutronObject> NEUTRON_PORT_FLOATING_IPS =
      derivedMany(NEUTRON_PORT, "floating_ip_ids");
  public static final Reference<NeutronObject> NEUTRON_PORT_GW_ROUTER =
      derivedOne(NEUTRON_PORT, "gw_router_id");

  public static final Reference<NeutronObject> FLOATING_IP_PORT =
      documentOne(FLOATING_IP, "port_id");

  public static final Reference<NeutronObject> NEUTRON_ROUTER_GW_PORT =
      documentOne(NEUTRON_ROUTER, "gw_port_id");

  public static final Reference<TraceRequest> TRACE_REQUEST_BRIDGE =
      one(TRACE_REQUEST, "network_id", TraceRequest::bridgeId, TraceRequest::withBridgeId);
  public static final Reference<TraceRequest> TRACE_REQUEST_ROUTER =
      one(TRACE_REQUEST, "router_id", TraceRequest::routerId, TraceRequest::withRouterId);
  public static final Reference<TraceRequest> TRACE_REQUEST_PORT =
      one(TRACE_REQUEST, "port_id", TraceRequest::portId, TraceRequest::withPortId);

  public static final Reference<RuleLogger> RULE_LOGGER_CHAIN =
      one(RULE_LOGGER, "chain_id", RuleLogger::chainId, RuleLogger::withChainId);
  public static final Reference<RuleLogger> RULE_LOGGER_LOGGING_RESOURCE =
      one(
          RULE_LOGGER,
          "logging_resource_id",
          RuleLogger::loggingResourceId,
          RuleLogger::withLoggingResourceId);

  public static final Reference<LoggingResource> LOGGING_RESOURCE_LOGGERS =
      derivedMany(LOGGING_RESOURCE, "logger_ids");

  public static final Reference<NeutronObject> VPN_SERVICE_ROUTER =
      documentOne(VPN_SERVICE, "router_id");
  public static final Reference<NeutronObject> VPN_SERVICE_IPSEC_SITE_CONNECTIONS =
      derivedMany(VPN_SERVICE, "ipsec_site_connection_ids");

  public static final Reference<NeutronObject> IPSEC_SITE_CONNECTION_VPNSERVICE =
      documentOne(IPSEC_SITE_CONNECTION, "vpnservice_id");
  public static final Reference<NeutronObject> IPSEC_SITE_CONNECTION_ROUTES =
      derivedMany(IPSEC_SITE_CONNECTION, "route_ids");

  public static final Reference<NeutronObject> GATEWAY_DEVICE_REMOTE_MAC_ENTRIES =
      derivedMany(GATEWAY_DEVICE, "remote_mac_entry_ids");

  public static final Reference<NeutronObject> REMOTE_MAC_ENTRY_DEVICE =
      documentOne(REMOTE_MAC_ENTRY, "device_id");
  public static final Reference<NeutronObject> REMOTE_MAC_ENTRY_PORTS =
      documentMany(REMOTE_MAC_ENTRY, "port_ids");

  public static final Reference<QosPolicy> QOS_POLICY_BANDWIDTH_LIMIT_RULES =
      derivedMany(QOS_POLICY, "bandwidth_limit_rule_ids");
  public static final Reference<QosPolicy> QOS_POLICY_DSCP_MARKING_RULES =
      derivedMany(QOS_POLICY, "dscp_marking_rule_ids");
  public static final Reference<QosPolicy> QOS_POLICY_PORTS = derivedMany(QOS_POLICY, "port_ids");
  public static final Reference<QosPolicy> QOS_POLICY_BRIDGES =
      derivedMany(QOS_POLICY, "network_ids");

  public static final Reference<QosRuleBandwidthLimit> QOS_RULE_BANDWIDTH_LIMIT_POLICY =
      one(
          QOS_RULE_BANDWIDTH_LIMIT,
          "policy_id",
          QosRuleBandwidthLimit::policyId,
          QosRuleBandwidthLimit::withPolicyId);

  public static final Reference<QosRuleDscp> QOS_RULE_DSCP_POLICY =
      one(QOS_RULE_DSCP, "policy_id", QosRuleDscp::policyId, QosRuleDscp::withPolicyId);

  public static final Reference<DhcpHost> DHCP_HOST_DHCP =
      one(DHCP_HOST, "dhcp_id", DhcpHost::dhcpId, DhcpHost::withDhcpId);

  public static final Reference<IpAddrGroup> IP_ADDR_GROUP_MEMBERS =
      derivedMany(IP_ADDR_GROUP, "member_ids");

  public static final Reference<IpAddrGroupMember> IP_ADDR_GROUP_MEMBER_GROUP =
      one(
          IP_ADDR_GROUP_MEMBER,
          "group_id",
          IpAddrGroupMember::groupId,
          IpAddrGroupMember::withGroupId);
  public static final Reference<IpAddrGroupMember> IP_ADDR_GROUP_MEMBER_PORT =
      one(
          IP_ADDR_GROUP_MEMBER,
          "port_id",
          IpAddrGroupMember::portId,
          IpAddrGroupMember::withPortId);

  private References() {}

  private static Reference<NeutronObject> documentOne(
      ObjectType<NeutronObject> owner, String field) {
    return one(
        owner, field, object -> object.uuid(field), (object, id) -> object.with(field, text(id)));
  }

  private static Reference<NeutronObject> documentMany(
      ObjectType<NeutronObject> owner, String field) {
    return many(
        owner,
        field,
        object -> object.uuids(field),
        (object, ids) -> object.with(field, ids.stream().map(UUID::toString).toList()));
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }
}
