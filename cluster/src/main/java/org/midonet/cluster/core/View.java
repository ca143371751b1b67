package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Links;
import org.midonet.nsdb.Topology;
import org.midonet.topology.IpAddrGroupMember;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.Port;
import org.midonet.topology.Reference;
import org.midonet.topology.References;
import org.midonet.topology.Route;
import org.midonet.topology.TopologyObject;
import org.midonet.topology.Vip;

/** The topology at one moment, and how to show it; immutable. */
record View(Topology topology, Links links) {
  /** An object, null when there is none. */
  <T extends TopologyObject> @Nullable T find(ObjectType<T> type, UUID id) {
    return topology.find(type, id);
  }

  /**
   * An object that must be there.
   *
   * @throws ApiException 404 when there is none
   */
  <T extends TopologyObject> T need(ObjectType<T> type, UUID id) {
    T object = find(type, id);
    if (object == null) {
      throw ApiException.notFound(type.name(), id);
    }
    return object;
  }

  /** All objects of a class. */
  <T extends TopologyObject> List<T> all(ObjectType<T> type) {
    return List.copyOf(topology.list(type));
  }

  /** The objects that an object names or is named by, in an order that does not change. */
  <T extends TopologyObject> List<T> linked(Reference<?> reference, UUID id, ObjectType<T> type) {
    return topology.related(reference, id, type).stream()
        .sorted(Comparator.comparing(TopologyObject::id))
        .toList();
  }

  List<Port> portsOfBridge(UUID bridgeId) {
    return linked(References.BRIDGE_PORTS, bridgeId, ObjectType.PORT);
  }

  List<Port> portsOfRouter(UUID routerId) {
    return linked(References.ROUTER_PORTS, routerId, ObjectType.PORT);
  }

  List<IpAddrGroupMember> membersOf(UUID groupId) {
    return linked(References.IP_ADDR_GROUP_MEMBERS, groupId, ObjectType.IP_ADDR_GROUP_MEMBER);
  }

  /** The ids of the L2 insertions at a port. */
  List<String> insertionsOf(UUID portId) {
    return topology.references(References.PORT_INSERTIONS, portId).stream()
        .sorted()
        .map(UUID::toString)
        .toList();
  }

  /** The routes of a router: those that name it, and those that only name one of its ports. */
  List<Route> routesOfRouter(UUID routerId) {
    List<Route> routes =
        new ArrayList<>(linked(References.ROUTER_ROUTES, routerId, ObjectType.ROUTE));
    for (Port port : portsOfRouter(routerId)) {
      linked(References.PORT_ROUTES, port.id(), ObjectType.ROUTE).stream()
          .filter(route -> route.routerId() == null)
          .forEach(routes::add);
    }
    return routes;
  }

  /** The router of a route, by its port if it names none itself. */
  @Nullable UUID routerOf(Route route) {
    if (route.routerId() != null || route.nextHopPortId() == null) {
      return route.routerId();
    }
    Port port = find(ObjectType.PORT, route.nextHopPortId());
    return port == null ? null : port.routerId();
  }

  /** The load balancer of a VIP: its own, or that of its pool. */
  @Nullable UUID loadBalancerOf(Vip vip) {
    if (vip.loadBalancerId() != null || vip.poolId() == null) {
      return vip.loadBalancerId();
    }
    Pool pool = find(ObjectType.POOL, vip.poolId());
    return pool == null ? null : pool.loadBalancerId();
  }

  /** Whether an agent forwards for a port. */
  boolean isActive(UUID portId) {
    return topology.isActive(portId);
  }

  /** Whether the agent of a host runs. */
  boolean isAlive(UUID hostId) {
    return topology.isAlive(hostId);
  }
}
