package org.midonet.agent.sim;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.state.MacKey;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.StateTable;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;
import org.midonet.topology.Bridge;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.Ids;
import org.midonet.topology.IpAddrGroupMember;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.PoolMember;
import org.midonet.topology.Port;
import org.midonet.topology.QosRuleDscp;
import org.midonet.topology.Reference;
import org.midonet.topology.References;
import org.midonet.topology.Route;
import org.midonet.topology.Rule;
import org.midonet.topology.TopologyObject;
import org.midonet.topology.TraceRequest;
import org.midonet.topology.Vip;

/**
 * What changes of the topology touch: prepared devices that are put together anew, and the tags of
 * flows that are decided anew. Not safe to share while it is filled in.
 */
public final class Invalidation {
  private final List<Topology> sides;
  private final Set<UUID> ports = new HashSet<>();
  private final Set<UUID> bridges = new HashSet<>();
  private final Set<UUID> routers = new HashSet<>();
  private final Set<UUID> chains = new HashSet<>();
  private final Set<UUID> groups = new HashSet<>();
  private final Set<UUID> dhcp = new HashSet<>();
  private final Set<UUID> balancers = new HashSet<>();
  private final Set<UUID> pools = new HashSet<>();
  private final Set<FlowTag> tags = new HashSet<>();

  private Invalidation(Topology before, Topology after) {
    this.sides = List.of(before, after);
  }

  /**
   * What some changes touch.
   *
   * @param changes all that leads from one snapshot to the other
   */
  public static Invalidation of(Collection<Change> changes, Topology before, Topology after) {
    Invalidation invalid = new Invalidation(before, after);
    changes.forEach(invalid::add);
    return invalid;
  }

  /** The tags of the flows that are to be decided anew. */
  public Set<FlowTag> tags() {
    return tags;
  }

  Set<UUID> ports() {
    return ports;
  }

  Set<UUID> bridges() {
    return bridges;
  }

  Set<UUID> routers() {
    return routers;
  }

  Set<UUID> chains() {
    return chains;
  }

  Set<UUID> groups() {
    return groups;
  }

  Set<UUID> dhcp() {
    return dhcp;
  }

  Set<UUID> balancers() {
    return balancers;
  }

  Set<UUID> pools() {
    return pools;
  }

  private void add(Change change) {
    switch (change) {
      case Change.OfObject it -> {
        object(it.before());
        object(it.after());
        if (it.before() instanceof Port before && it.after() instanceof Port after) {
          floods(before, after);
        } else if (it.before() instanceof Port || it.after() instanceof Port) {
          floods((Port) it.before(), (Port) it.after());
        }
      }
      case Change.OfEntry it -> entry(it.table(), it.entry().key());
      case Change.OfState it -> {
        if (it.key().key().equals(StateKey.ACTIVE)) {
          portState(it.key().id());
        }
      }
      case Change.OfSequence it -> {}
    }
  }

  private void object(@Nullable TopologyObject object) {
    switch (object) {
      case Port it -> port(it);
      case Bridge it -> bridge(it);
      case org.midonet.topology.Router it -> router(it.id());
      case Route it -> route(it);
      case org.midonet.topology.Chain it -> chain(it.id());
      case Rule it -> chain(it.chainId());
      case IpAddrGroupMember it -> member(it);
      case Dhcp it -> dhcp(it.id(), it.bridgeId());
      case DhcpHost it -> dhcp(it.dhcpId(), null);
      case QosRuleDscp it -> policy(it.policyId());
      case TraceRequest it -> trace(it);
      case NeutronObject it -> neutron(it);
      case LoadBalancer it -> balancer(it);
      case Pool it -> pool(it);
      case PoolMember it -> members(it.poolId());
      case Vip it -> vip(it);
      case null, default -> {}
    }
  }

  private void port(Port port) {
    ports.add(port.id());
    tags.add(new Tag.OfPort(port.id()));
    if (port.bridgeId() != null) {
      bridges.add(port.bridgeId());
    }
    if (port.routerId() != null) {
      routes(port.routerId());
      tags.add(new Tag.Routes(port.routerId()));
    }
    peerBridge(port);
  }

  /** The bridge at the other end of a router port answers for its addresses. */
  private @Nullable UUID peerBridge(@Nullable Port port) {
    UUID peerId = port == null ? null : port.peerId();
    if (port == null || peerId == null || port.routerId() == null) {
      return null;
    }
    for (Topology side : sides) {
      Port peer = side.find(ObjectType.PORT, peerId);
      if (peer != null && peer.bridgeId() != null) {
        bridges.add(peer.bridgeId());
        return peer.bridgeId();
      }
    }
    return null;
  }

  /**
   * Whether floods reach other ports now; a change of filters or owners is none of their matter.
   */
  private void floods(@Nullable Port before, @Nullable Port after) {
    boolean same =
        before != null
            && after != null
            && Objects.equals(before.bridgeId(), after.bridgeId())
            && before.isExterior() == after.isExterior()
            && Objects.equals(before.peerId(), after.peerId())
            && Objects.equals(before.vlanId(), after.vlanId())
            && Objects.equals(before.portMac(), after.portMac())
            && before.portSubnets().equals(after.portSubnets());
    if (same) {
      return;
    }
    for (Port side : new @Nullable Port[] {before, after}) {
      if (side != null && side.bridgeId() != null) {
        tags.add(new Tag.Flood(side.bridgeId()));
      }
      UUID peerBridge = peerBridge(side);
      if (peerBridge != null) {
        tags.add(new Tag.Flood(peerBridge));
      }
    }
  }

  private void bridge(Bridge bridge) {
    bridges.add(bridge.id());
    tags.add(new Tag.OfBridge(bridge.id()));
    // Its QoS policy counts for its ports.
    each(References.BRIDGE_PORTS, bridge.id(), ports);
  }

  private void router(UUID id) {
    routes(id);
    tags.add(new Tag.OfRouter(id));
    tags.add(new Tag.Routes(id));
  }

  private void routes(UUID router) {
    routers.add(router);
  }

  private void route(Route route) {
    UUID router = route.routerId();
    if (router == null && route.nextHopPortId() != null) {
      for (Topology side : sides) {
        Port port = side.find(ObjectType.PORT, route.nextHopPortId());
        router = port == null ? router : port.routerId();
      }
    }
    if (router != null) {
      routes(router);
      tags.add(new Tag.Routes(router));
    }
  }

  private void chain(@Nullable UUID id) {
    if (id != null) {
      chains.add(id);
      tags.add(new Tag.OfChain(id));
    }
  }

  private void member(IpAddrGroupMember member) {
    if (member.groupId() != null) {
      groups.add(member.groupId());
      tags.add(new Tag.Member(member.groupId(), member.address()));
    }
  }

  private void dhcp(@Nullable UUID id, @Nullable UUID bridgeId) {
    UUID bridge = bridgeId;
    for (Topology side : sides) {
      Dhcp object = id == null ? null : side.find(ObjectType.DHCP, id);
      bridge = object == null || bridge != null ? bridge : object.bridgeId();
    }
    if (bridge != null) {
      dhcp.add(bridge);
      bridges.add(bridge);
      // Routers lead IPv6 to the gateway of the subnet that their gateway port is in.
      Set<UUID> onBridge = new HashSet<>();
      each(References.BRIDGE_PORTS, bridge, onBridge);
      onBridge.forEach(this::routesOfPeer);
    }
  }

  private void routesOfPeer(UUID bridgePort) {
    for (Topology side : sides) {
      Port port = side.find(ObjectType.PORT, bridgePort);
      Port peer =
          port == null || port.peerId() == null ? null : side.find(ObjectType.PORT, port.peerId());
      if (peer != null && peer.routerId() != null) {
        routes(peer.routerId());
      }
    }
  }

  private void policy(@Nullable UUID policy) {
    if (policy != null) {
      tags.add(new Tag.Qos(policy));
      each(References.QOS_POLICY_PORTS, policy, ports);
      Set<UUID> marked = new HashSet<>();
      each(References.QOS_POLICY_BRIDGES, policy, marked);
      marked.forEach(bridge -> each(References.BRIDGE_PORTS, bridge, ports));
    }
  }

  private void balancer(LoadBalancer balancer) {
    if (balancer.routerId() != null) {
      balancers.add(balancer.routerId());
      tags.add(new Tag.OfRouter(balancer.routerId()));
      Set<UUID> its = new HashSet<>();
      each(References.LOAD_BALANCER_POOLS, balancer.id(), its);
      Set<UUID> vips = new HashSet<>();
      its.forEach(pool -> each(References.POOL_VIPS, pool, vips));
      vips.forEach(id -> vip(id, balancer.routerId()));
    }
  }

  /** A pool comes, goes or changes its load balancer with its VIPs. */
  private void pool(Pool pool) {
    members(pool.id());
    Set<UUID> vips = new HashSet<>();
    each(References.POOL_VIPS, pool.id(), vips);
    for (UUID router : routersOf(pool)) {
      balancers.add(router);
      vips.forEach(id -> vip(id, router));
    }
  }

  private void members(@Nullable UUID pool) {
    if (pool != null) {
      pools.add(pool);
      tags.add(new Tag.OfPool(pool));
    }
  }

  private void vip(Vip vip) {
    for (Topology side : sides) {
      Pool pool = vip.poolId() == null ? null : side.find(ObjectType.POOL, vip.poolId());
      if (pool != null) {
        routersOf(pool).forEach(router -> vip(vip, router));
      }
    }
  }

  private void vip(UUID id, UUID router) {
    for (Topology side : sides) {
      Vip vip = side.find(ObjectType.VIP, id);
      if (vip != null) {
        vip(vip, router);
      }
    }
  }

  /** The router leads it elsewhere now, and the bridges at its ports answer for its address. */
  private void vip(Vip vip, UUID router) {
    balancers.add(router);
    tags.add(new Tag.OfRouter(router));
    Set<UUID> its = new HashSet<>();
    each(References.ROUTER_PORTS, router, its);
    for (UUID id : its) {
      for (Topology side : sides) {
        UUID bridge = peerBridge(side.find(ObjectType.PORT, id));
        if (bridge != null) {
          tags.add(new NeighbourKey(bridge, vip.address()));
        }
      }
    }
  }

  private Set<UUID> routersOf(Pool pool) {
    Set<UUID> routers = new HashSet<>();
    for (Topology side : sides) {
      LoadBalancer balancer =
          pool.loadBalancerId() == null
              ? null
              : side.find(ObjectType.LOAD_BALANCER, pool.loadBalancerId());
      if (balancer != null && balancer.routerId() != null) {
        routers.add(balancer.routerId());
      }
    }
    return routers;
  }

  private void trace(TraceRequest request) {
    if (request.portId() != null) {
      portState(request.portId());
    }
    if (request.bridgeId() != null) {
      bridges.add(request.bridgeId());
      tags.add(new Tag.OfBridge(request.bridgeId()));
    }
    if (request.routerId() != null) {
      router(request.routerId());
    }
  }

  private void neutron(NeutronObject object) {
    if (object.type() == ObjectType.NEUTRON_PORT) {
      ports.add(Ids.ROUTER_INTERFACE_PORT_PEER.of(object.id()));
    } else if (object.type() == ObjectType.NEUTRON_SUBNET) {
      UUID network = object.uuid("network_id");
      if (network != null) {
        dhcp.add(network);
      }
    } else if (object.type() == ObjectType.NEUTRON_NETWORK) {
      dhcp.add(object.id());
    }
  }

  private void portState(UUID id) {
    ports.add(id);
    tags.add(new Tag.OfPort(id));
    for (Topology side : sides) {
      Port port = side.find(ObjectType.PORT, id);
      if (port != null && port.routerId() != null) {
        routes(port.routerId());
        tags.add(new Tag.Routes(port.routerId()));
      }
    }
  }

  private void entry(StateTable<?, ?> table, Object key) {
    if (key instanceof Mac mac && table.kind() == StateTable.Kind.MAC) {
      tags.add(new MacKey(table.owner(), Integer.parseInt(table.args().getFirst()), mac));
    } else if (key instanceof IpAddress address) {
      tags.add(new NeighbourKey(table.owner(), address));
    }
  }

  private void each(Reference<?> reference, UUID id, Set<UUID> into) {
    for (Topology side : sides) {
      into.addAll(side.references(reference, id));
    }
  }
}
