package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.StateTable;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Bridge;
import org.midonet.topology.Chain;
import org.midonet.topology.Condition;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.IpAddrGroup;
import org.midonet.topology.IpAddrGroupMember;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.NatTarget;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.PoolMember;
import org.midonet.topology.Port;
import org.midonet.topology.PortGroup;
import org.midonet.topology.References;
import org.midonet.topology.Route;
import org.midonet.topology.Router;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;
import org.midonet.topology.TopologyObject;
import org.midonet.topology.TpRange;
import org.midonet.topology.Vip;

/**
 * A topology in the shape of the recordings: what MidoNet's REST API shows of it, without null,
 * empty and false fields. Stateless.
 */
final class Dump {
  private Dump() {}

  /** Objects by kind. */
  static Map<String, List<Map<String, Object>>> of(Topology topology) {
    Map<String, List<Map<String, Object>>> dump = new TreeMap<>();
    dump.put("bridges", all(topology, ObjectType.BRIDGE, it -> bridge(topology, it)));
    dump.put("routers", all(topology, ObjectType.ROUTER, it -> router(topology, it)));
    dump.put("ports", all(topology, ObjectType.PORT, Dump::port));
    dump.put("chains", all(topology, ObjectType.CHAIN, it -> chain(topology, it)));
    dump.put("port_groups", all(topology, ObjectType.PORT_GROUP, it -> group(topology, it)));
    dump.put("ip_addr_groups", all(topology, ObjectType.IP_ADDR_GROUP, it -> group(topology, it)));
    dump.put("load_balancers", all(topology, ObjectType.LOAD_BALANCER, Dump::balancer));
    dump.put("pools", all(topology, ObjectType.POOL, Dump::pool));
    dump.put("pool_members", all(topology, ObjectType.POOL_MEMBER, Dump::member));
    dump.put("vips", all(topology, ObjectType.VIP, it -> vip(topology, it)));
    return dump;
  }

  private static <T extends TopologyObject> List<Map<String, Object>> all(
      Topology topology, ObjectType<T> type, Function<T, Map<String, Object>> view) {
    return topology.list(type).stream().map(view).toList();
  }

  private static Map<String, Object> bridge(Topology topology, Bridge bridge) {
    return object(
        "id", bridge.id(),
        "tenantId", bridge.tenantId(),
        "name", bridge.name(),
        "adminStateUp", bridge.adminStateUp(),
        "qosPolicyId", bridge.qosPolicyId(),
        "_dhcp",
            sorted(
                topology.related(References.BRIDGE_DHCPS, bridge.id(), ObjectType.DHCP).stream()
                    .map(dhcp -> dhcp(topology, dhcp))
                    .toList()),
        "_mac",
            sorted(
                topology.entries(StateTable.macs(bridge.id(), 0)).stream()
                    .map(it -> object("macAddr", it.key(), "portId", it.value()))
                    .toList()),
        "_arp",
            sorted(
                topology.entries(StateTable.arps(bridge.id())).stream()
                    .map(it -> object("ip", it.key(), "mac", it.value()))
                    .toList()));
  }

  private static Map<String, Object> dhcp(Topology topology, Dhcp dhcp) {
    return object(
        "subnetPrefix", dhcp.subnet().network(),
        "subnetLength", dhcp.subnet().prefixLength(),
        "defaultGateway", dhcp.defaultGateway(),
        "serverAddr", dhcp.serverAddress(),
        "dnsServerAddrs", dhcp.dnsServers().stream().map(Object::toString).toList(),
        "opt121Routes",
            dhcp.opt121Routes().stream()
                .map(it ->
                    object(
                        "destinationPrefix", it.destination().network(),
                        "destinationLength", it.destination().prefixLength(),
                        "gatewayAddr", it.gateway()))
                .toList(),
        "enabled", dhcp.enabled(),
        "_hosts",
            sorted(
                topology.related(References.DHCP_HOSTS, dhcp.id(), ObjectType.DHCP_HOST).stream()
                    .map(Dump::host)
                    .toList()));
  }

  private static Map<String, Object> host(DhcpHost host) {
    return object(
        "macAddr", host.mac(),
        "ipAddr", host.address(),
        "extraDhcpOpts",
            host.extraOptions().stream()
                .map(it -> object("optName", it.name(), "optValue", it.value()))
                .toList());
  }

  private static Map<String, Object> router(Topology topology, Router router) {
    List<Map<String, Object>> routes = new ArrayList<>();
    for (UUID port : topology.references(References.ROUTER_PORTS, router.id())) {
      topology
          .related(References.PORT_ROUTES, port, ObjectType.ROUTE)
          .forEach(route -> routes.add(route(router, route)));
    }
    return object(
        "id", router.id(),
        "tenantId", router.tenantId(),
        "name", router.name(),
        "adminStateUp", router.adminStateUp(),
        "inboundFilterId", router.inboundFilterId(),
        "outboundFilterId", router.outboundFilterId(),
        "forwardChainId", router.forwardChainId(),
        "loadBalancerId", router.loadBalancerId(),
        "asNumber", router.asNumber(),
        "_routes", sorted(routes));
  }

  private static Map<String, Object> route(Router router, Route route) {
    return object(
        "id", route.id(),
        "routerId", router.id(),
        "nextHopPort", route.nextHopPortId(),
        "dstNetworkAddr", route.dst().address(),
        "dstNetworkLength", route.dst().prefixLength(),
        "srcNetworkAddr", route.src().address(),
        "srcNetworkLength", route.src().prefixLength(),
        "nextHopGateway", route.nextHopGateway(),
        "type",
            switch (route.nextHop()) {
              case NORMAL -> "Normal";
              case BLACKHOLE -> "BlackHole";
              case REJECT -> "Reject";
              case LOCAL -> "Local";
              case FIP64 -> "Fip64";
            },
        "weight", route.weight());
  }

  private static Map<String, Object> port(Port port) {
    IpPrefix network = port.portSubnets().isEmpty() ? null : port.portSubnets().getFirst();
    return object(
        "type", port.routerId() == null ? "Bridge" : "Router",
        "id", port.id(),
        "adminStateUp", port.adminStateUp(),
        "inboundFilterId", port.inboundFilterId(),
        "outboundFilterId", port.outboundFilterId(),
        "tunnelKey", (int) port.tunnelKey(),
        "hostId", port.hostId(),
        "interfaceName", port.interfaceName(),
        "peerId", port.peerId(),
        "qosPolicyId", port.qosPolicyId(),
        "networkAddress", network == null ? null : network.cidr().network(),
        "networkLength", network == null ? null : network.prefixLength(),
        "portSubnet", port.portSubnets().stream().map(Object::toString).toList(),
        "portAddress", port.portAddress(),
        "portMac", port.portMac(),
        "deviceId", port.routerId() == null ? port.bridgeId() : port.routerId());
  }

  private static Map<String, Object> chain(Topology topology, Chain chain) {
    List<Map<String, Object>> rules = new ArrayList<>();
    for (UUID id : chain.ruleIds()) {
      Rule rule = topology.get(ObjectType.RULE, id);
      Map<String, Object> view = condition(rule.condition());
      view.putAll(action(rule.action()));
      view.put("id", id.toString());
      view.put("chainId", String.valueOf(rule.chainId()));
      view.put("position", rules.size() + 1);
      rules.add(view);
    }
    return object("id", chain.id(), "name", chain.name(), "_rules", rules);
  }

  private static Map<String, Object> condition(Condition it) {
    return object(
        "condInvert", it.condInvert(),
        "matchForwardFlow", it.matchForwardFlow(),
        "matchReturnFlow", it.matchReturnFlow(),
        "inPorts", it.inPorts().stream().map(UUID::toString).toList(),
        "outPorts", it.outPorts().stream().map(UUID::toString).toList(),
        "inPortGroup", it.inPortGroup(),
        "invInPortGroup", it.invInPortGroup(),
        "outPortGroup", it.outPortGroup(),
        "invOutPortGroup", it.invOutPortGroup(),
        "ipAddrGroupSrc", it.ipAddrGroupSrc(),
        "ipAddrGroupDst", it.ipAddrGroupDst(),
        "dlType", it.dlType() == null ? null : it.dlType().value(),
        "invDlType", it.invDlType(),
        "dlSrc", it.dlSrc(),
        "nwProto", it.nwProto(),
        "invNwProto", it.invNwProto(),
        "nwSrcAddress", it.nwSrc() == null ? null : it.nwSrc().address(),
        "nwSrcLength", it.nwSrc() == null ? null : it.nwSrc().prefixLength(),
        "invNwSrc", it.invNwSrc(),
        "nwDstAddress", it.nwDst() == null ? null : it.nwDst().address(),
        "nwDstLength", it.nwDst() == null ? null : it.nwDst().prefixLength(),
        "invNwDst", it.invNwDst(),
        "matchNwDstRewritten", it.matchNwDstRewritten(),
        "fragmentPolicy",
            it.fragmentPolicy() == null
                ? null
                : it.fragmentPolicy().name().toLowerCase(Locale.ROOT),
        "tpSrc", range(it.tpSrc()),
        "tpDst", range(it.tpDst()));
  }

  /** Kept when empty: the recordings leave a bound of 0 out, not the range. */
  private static @Nullable Map<String, Object> range(@Nullable TpRange range) {
    return range == null ? null : object("start", range.start(), "end", range.end());
  }

  private static Map<String, Object> action(RuleAction action) {
    return switch (action) {
      case RuleAction.Literal it -> object("type", it.verdict().name().toLowerCase(Locale.ROOT));
      case RuleAction.Jump it -> object("type", "jump", "jumpChainId", it.chainId());
      case RuleAction.Snat it ->
          object("type", "snat", "flowAction", "accept", "natTargets", targets(it.targets()));
      case RuleAction.Dnat it ->
          object("type", "dnat", "flowAction", "accept", "natTargets", targets(it.targets()));
      case RuleAction.ReverseSnat it -> object("type", "rev_snat", "flowAction", "accept");
      case RuleAction.ReverseDnat it -> object("type", "rev_dnat", "flowAction", "accept");
      case RuleAction.L2Transform it -> object("type", "l2_transform");
      case RuleAction.Trace it -> object("type", "trace");
    };
  }

  private static List<Map<String, Object>> targets(List<NatTarget> targets) {
    return targets.stream()
        .map(it ->
            object(
                "addressFrom", it.addressFrom(),
                "addressTo", it.addressTo(),
                "portFrom", it.portFrom(),
                "portTo", it.portTo()))
        .toList();
  }

  private static Map<String, Object> group(Topology topology, PortGroup group) {
    return object(
        "id", group.id(),
        "tenantId", group.tenantId(),
        "name", group.name(),
        "stateful", group.stateful(),
        "_ports",
            sorted(
                topology.references(References.PORT_GROUP_PORTS, group.id()).stream()
                    .map(port -> object("portGroupId", group.id(), "portId", port))
                    .toList()));
  }

  private static Map<String, Object> group(Topology topology, IpAddrGroup group) {
    Map<Object, List<Object>> ports = new TreeMap<>();
    for (IpAddrGroupMember member :
        topology.related(
            References.IP_ADDR_GROUP_MEMBERS, group.id(), ObjectType.IP_ADDR_GROUP_MEMBER)) {
      ports
          .computeIfAbsent(member.address().toString(), address -> new ArrayList<>())
          .add(String.valueOf(member.portId()));
    }
    return object(
        "id", group.id(),
        "name", group.name(),
        "inboundChainId", group.inboundChainId(),
        "outboundChainId", group.outboundChainId(),
        "ipAddrPorts",
            sorted(
                ports.entrySet().stream()
                    .map(it -> object("ipAddress", it.getKey(), "portIds", it.getValue()))
                    .toList()));
  }

  private static Map<String, Object> balancer(LoadBalancer balancer) {
    return object(
        "id", balancer.id(),
        "routerId", balancer.routerId(),
        "adminStateUp", balancer.adminStateUp());
  }

  private static Map<String, Object> pool(Pool pool) {
    return object(
        "id", pool.id(),
        "adminStateUp", pool.adminStateUp(),
        "healthMonitorId", pool.healthMonitorId(),
        "loadBalancerId", pool.loadBalancerId(),
        "protocol", pool.protocol(),
        "lbMethod", pool.lbMethod(),
        "status", pool.status());
  }

  private static Map<String, Object> member(PoolMember member) {
    return object(
        "id", member.id(),
        "adminStateUp", member.adminStateUp(),
        "status", member.status(),
        "poolId", member.poolId(),
        "address", member.address(),
        "protocolPort", member.protocolPort(),
        "weight", member.weight());
  }

  private static Map<String, Object> vip(Topology topology, Vip vip) {
    Pool pool = vip.poolId() == null ? null : topology.get(ObjectType.POOL, vip.poolId());
    return object(
        "id", vip.id(),
        "adminStateUp", vip.adminStateUp(),
        "loadBalancerId", pool == null ? null : pool.loadBalancerId(),
        "poolId", vip.poolId(),
        "address", vip.address(),
        "protocolPort", vip.protocolPort(),
        "sessionPersistence", vip.sessionPersistence());
  }

  static List<Object> sorted(Collection<?> values) {
    return values.stream()
        .map(Object.class::cast)
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  /** Names and values in turn; what is null, empty, false or 0 is left out. */
  static Map<String, Object> object(@Nullable Object... namesAndValues) {
    Map<String, Object> object = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      boolean nothing =
          value == null
              || value.equals(false)
              || value.equals(0)
              || value.equals("")
              || (value instanceof Collection<?> list && list.isEmpty());
      if (!nothing) {
        Object plain =
            value instanceof Collection<?>
                    || value instanceof Map<?, ?>
                    || value instanceof Number
                    || value instanceof Boolean
                ? value
                : Objects.toString(value);
        object.put(String.valueOf(namesAndValues[i]), plain);
      }
    }
    return object;
  }

  /** A recorded value with its maps in the same order as ours. */
  static Object normal(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> normal = new TreeMap<>();
        map.forEach((name, item) -> normal.put(String.valueOf(name), normal(item)));
        yield normal;
      }
      case List<?> list -> list.stream().map(Dump::normal).toList();
      default -> value;
    };
  }
}
