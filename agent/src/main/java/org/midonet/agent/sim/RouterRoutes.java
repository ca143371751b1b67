package org.midonet.agent.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.frame.NeighbourMessage;
import org.midonet.topology.Dhcp;
import org.midonet.topology.Ids;
import org.midonet.topology.NextHop;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.References;
import org.midonet.topology.Route;
import org.midonet.topology.RouteBuilder;
import org.midonet.topology.Router;

/**
 * The routes that a router follows now. Stateless.
 *
 * <p>A route counts while its port can be used: an interior one always, an exterior one while a
 * host forwards for it (spec/midonet.md 5.4). MidoNet's translation makes no routes of IPv6; those
 * that follow from the addresses of the ports are added here.
 */
final class RouterRoutes {
  private static final int WEIGHT = 100;

  private RouterRoutes() {}

  static List<Route> of(Topology topology, Router router) {
    List<Route> routes = new ArrayList<>();
    Set<IpPrefix> known = new HashSet<>();
    for (Route route : topology.related(References.ROUTER_ROUTES, router.id(), ObjectType.ROUTE)) {
      if (isUsable(topology, route)) {
        routes.add(route);
        known.add(route.dst());
      }
    }
    for (Port port : topology.related(References.ROUTER_PORTS, router.id(), ObjectType.PORT)) {
      // Routes of a port name the port, not the router.
      for (Route route : topology.related(References.PORT_ROUTES, port.id(), ObjectType.ROUTE)) {
        if (!routes.contains(route) && isUsable(topology, route)) {
          routes.add(route);
          known.add(route.dst());
        }
      }
    }
    for (Port port : topology.related(References.ROUTER_PORTS, router.id(), ObjectType.PORT)) {
      if (isUsable(topology, port)) {
        addIpv6(topology, port, known, routes);
      }
    }
    return routes;
  }

  private static boolean isUsable(Topology topology, Route route) {
    if (route.nextHop() != NextHop.NORMAL && route.nextHop() != NextHop.LOCAL) {
      return true;
    }
    Port port =
        route.nextHopPortId() == null
            ? null
            : topology.find(ObjectType.PORT, route.nextHopPortId());
    return port == null ? route.nextHopPortId() == null : isUsable(topology, port);
  }

  private static boolean isUsable(Topology topology, Port port) {
    return port.adminStateUp()
        && (port.isInterior() || (port.isExterior() && topology.isActive(port.id())));
  }

  private static void addIpv6(
      Topology topology, Port port, Set<IpPrefix> known, List<Route> routes) {
    boolean any = false;
    for (IpPrefix subnet : port.portSubnets()) {
      if (subnet.address().version() != 6) {
        continue;
      }
      any = true;
      Cidr network = subnet.cidr();
      if (!known.contains(subnet) && known.add(IpPrefix.of(network))) {
        routes.add(route(port, IpPrefix.of(network), NextHop.NORMAL, null));
      }
      if (known.add(IpPrefix.of(subnet.address()))) {
        routes.add(route(port, IpPrefix.of(subnet.address()), NextHop.LOCAL, null));
      }
      IpAddress gateway = gateway(topology, port, network);
      if (gateway != null && !gateway.equals(subnet.address())) {
        routes.add(route(port, IpPrefix.IPV6_ALL, NextHop.NORMAL, gateway));
      }
    }
    if (any && port.portMac() != null) {
      IpPrefix own = IpPrefix.of(NeighbourMessage.linkLocal(port.portMac()));
      routes.add(route(port, own, NextHop.LOCAL, null));
    }
  }

  /** Where a router's gateway port finds the rest of the world: its subnet's own gateway. */
  private static @Nullable IpAddress gateway(Topology topology, Port port, Cidr network) {
    UUID peerId = port.peerId();
    if (peerId == null || !port.id().equals(Ids.TENANT_GW_PORT.of(peerId))) {
      return null;
    }
    Port peer = topology.find(ObjectType.PORT, peerId);
    if (peer == null || peer.bridgeId() == null) {
      return null;
    }
    for (Dhcp dhcp : topology.related(References.BRIDGE_DHCPS, peer.bridgeId(), ObjectType.DHCP)) {
      if (dhcp.subnet().equals(network)) {
        return dhcp.defaultGateway();
      }
    }
    return null;
  }

  private static Route route(
      Port port, IpPrefix destination, NextHop nextHop, @Nullable IpAddress gateway) {
    return RouteBuilder.builder()
        .id(UUID.nameUUIDFromBytes((port.id() + " " + destination).getBytes(US_ASCII)))
        .routerId(port.routerId())
        .src(IpPrefix.IPV6_ALL)
        .dst(destination)
        .nextHop(nextHop)
        .nextHopPortId(port.id())
        .nextHopGateway(gateway)
        .weight(WEIGHT)
        .build();
  }
}
