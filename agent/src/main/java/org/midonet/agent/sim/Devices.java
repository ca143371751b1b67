package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.StateTable;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.NeighbourMessage;
import org.midonet.topology.Bridge;
import org.midonet.topology.Chain;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.Ids;
import org.midonet.topology.IpAddrGroupMember;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.QosRuleDscp;
import org.midonet.topology.References;
import org.midonet.topology.Router;
import org.midonet.topology.Rule;
import org.midonet.topology.TraceRequest;

/** Puts devices together from the objects of a topology. Stateless. */
final class Devices {
  private Devices() {}

  static @Nullable PortDevice port(Topology topology, UUID id) {
    Port port = topology.find(ObjectType.PORT, id);
    if (port == null) {
      return null;
    }
    List<UUID> policies = new ArrayList<>();
    int dscp = dscp(topology, port, policies);
    return new PortDevice(
        port,
        Set.copyOf(port.portGroupIds()),
        dscp,
        List.copyOf(policies),
        accessVlan(topology, port),
        traces(topology.related(References.PORT_TRACE_REQUESTS, id, ObjectType.TRACE_REQUEST)));
  }

  /** The mark of the port's own policy, else of its bridge's (spec/midonet.md 5.2). */
  private static int dscp(Topology topology, Port port, List<UUID> policies) {
    Bridge bridge =
        port.bridgeId() == null ? null : topology.find(ObjectType.BRIDGE, port.bridgeId());
    UUID policy = port.qosPolicyId();
    if (policy == null && bridge != null) {
      policy = bridge.qosPolicyId();
    }
    if (policy == null || bridge == null) {
      return -1;
    }
    policies.add(policy);
    return topology
        .related(References.QOS_POLICY_DSCP_MARKING_RULES, policy, ObjectType.QOS_RULE_DSCP)
        .stream()
        .mapToInt(QosRuleDscp::dscpMark)
        .findFirst()
        .orElse(-1);
  }

  /** An uplink's network may be a VLAN of the physical one; its Neutron object says so. */
  private static int accessVlan(Topology topology, Port port) {
    if (port.routerId() == null || !port.isExterior()) {
      return 0;
    }
    // The router port's id is its Neutron port's with some bits turned over, and back.
    NeutronObject neutronPort =
        topology.find(ObjectType.NEUTRON_PORT, Ids.ROUTER_INTERFACE_PORT_PEER.of(port.id()));
    UUID networkId = neutronPort == null ? null : neutronPort.uuid("network_id");
    NeutronObject network =
        networkId == null ? null : topology.find(ObjectType.NEUTRON_NETWORK, networkId);
    return network != null && network.get("provider:segmentation_id") instanceof Long vlan
        ? (int) (vlan & 0xfff)
        : 0;
  }

  static @Nullable BridgeDevice bridge(Topology topology, UUID id) {
    Bridge bridge = topology.find(ObjectType.BRIDGE, id);
    if (bridge == null) {
      return null;
    }
    List<Port> floods = new ArrayList<>();
    Map<Integer, UUID> vlanPorts = new HashMap<>();
    Map<Mac, UUID> owners = new HashMap<>();
    Map<IpAddress, Mac> addresses = new HashMap<>();
    for (Port port : topology.related(References.BRIDGE_PORTS, id, ObjectType.PORT)) {
      Port peer = port.peerId() == null ? null : topology.find(ObjectType.PORT, port.peerId());
      if (peer != null && peer.routerId() != null && peer.portMac() != null) {
        owners.put(peer.portMac(), port.id());
        addAddresses(peer, peer.portMac(), addresses);
        addVips(topology, peer, peer.routerId(), peer.portMac(), addresses);
      }
      if (port.vlanId() != null && port.isInterior()) {
        vlanPorts.put(port.vlanId(), port.id());
      }
      if (port.isExterior() || (peer != null && peer.bridgeId() != null) || port.vlanId() != null) {
        floods.add(port);
      }
    }
    return new BridgeDevice(
        bridge,
        floods,
        vlanPorts,
        owners,
        addresses,
        machines(topology, id),
        traces(topology.related(References.BRIDGE_TRACE_REQUESTS, id, ObjectType.TRACE_REQUEST)),
        StateTable.macs(id, 0),
        StateTable.arps(id));
  }

  private static void addAddresses(Port port, Mac mac, Map<IpAddress, Mac> addresses) {
    if (port.portAddress() != null) {
      addresses.put(port.portAddress(), mac);
    }
    for (IpPrefix subnet : port.portSubnets()) {
      addresses.put(subnet.address(), mac);
    }
    addresses.put(NeighbourMessage.linkLocal(mac), mac);
  }

  /** A router answers for the VIPs of its load balancer that are in the subnet of its port. */
  private static void addVips(
      Topology topology, Port port, UUID router, Mac mac, Map<IpAddress, Mac> addresses) {
    for (IpAddress vip : BalancerDevice.of(topology, router).addresses().keySet()) {
      if (port.portSubnets().stream().anyMatch(subnet -> subnet.contains(vip))) {
        addresses.putIfAbsent(vip, mac);
      }
    }
  }

  /**
   * MidoNet has a table of IPv4 neighbours alone. Of IPv6 the DHCP hosts say the same, and a
   * machine's link-local address follows from its MAC.
   */
  private static Map<IpAddress, Mac> machines(Topology topology, UUID bridge) {
    Map<IpAddress, Mac> machines = new HashMap<>();
    for (Dhcp dhcp : topology.related(References.BRIDGE_DHCPS, bridge, ObjectType.DHCP)) {
      if (dhcp.subnet().version() == 6) {
        for (DhcpHost host :
            topology.related(References.DHCP_HOSTS, dhcp.id(), ObjectType.DHCP_HOST)) {
          machines.put(host.address(), host.mac());
          machines.put(NeighbourMessage.linkLocal(host.mac()), host.mac());
        }
      }
    }
    return machines;
  }

  static @Nullable RouterDevice router(Topology topology, UUID id) {
    Router router = topology.find(ObjectType.ROUTER, id);
    if (router == null) {
      return null;
    }
    return new RouterDevice(
        router,
        new RoutingTable(RouterRoutes.of(topology, router)),
        traces(topology.related(References.ROUTER_TRACE_REQUESTS, id, ObjectType.TRACE_REQUEST)));
  }

  static @Nullable RuleChain chain(Topology topology, UUID id) {
    Chain chain = topology.find(ObjectType.CHAIN, id);
    if (chain == null) {
      return null;
    }
    List<RuleChain.Entry> rules = new ArrayList<>(chain.ruleIds().size());
    for (UUID ruleId : chain.ruleIds()) {
      Rule rule = topology.find(ObjectType.RULE, ruleId);
      if (rule != null) {
        rules.add(RuleChain.Entry.of(rule));
      }
    }
    String name = chain.name();
    return new RuleChain(id, name == null ? id.toString() : name, rules);
  }

  static Set<IpAddress> group(Topology topology, UUID id) {
    Set<IpAddress> addresses = new HashSet<>();
    for (IpAddrGroupMember member :
        topology.related(References.IP_ADDR_GROUP_MEMBERS, id, ObjectType.IP_ADDR_GROUP_MEMBER)) {
      addresses.add(member.address());
    }
    return addresses;
  }

  private static List<TraceMatch> traces(Collection<TraceRequest> requests) {
    return requests.stream()
        .filter(TraceRequest::enabled)
        .map(request -> new TraceMatch(request.id(), new Matcher(request.condition())))
        .toList();
  }
}
