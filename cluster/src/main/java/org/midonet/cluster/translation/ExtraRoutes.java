package org.midonet.cluster.translation;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.NeutronRoute;
import org.midonet.cluster.neutron.NeutronRouter;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;

/**
 * The routes that a user gave a router, each by way of the port in whose subnet its next hop is.
 * Stateless. midonet.md 4.5.
 */
final class ExtraRoutes {
  private ExtraRoutes() {}

  static void reconcile(Draft draft, NeutronRouter old, NeutronRouter router) {
    Map<UUID, NeutronRoute> wanted = byId(router);
    Set<UUID> known = new HashSet<>(byId(old).keySet());
    known.stream()
        .filter(id -> !wanted.containsKey(id))
        .forEach(id -> draft.delete(ObjectType.ROUTE, id));
    wanted.forEach((id, route) -> {
      if (!draft.exists(ObjectType.ROUTE, id)) {
        add(draft, router.id(), id, route, known.contains(id));
      }
    });
  }

  /**
   * Adds a route.
   *
   * @param known whether it was there before and left with its port; then it may wait for another
   */
  private static void add(Draft draft, UUID router, UUID id, NeutronRoute route, boolean known) {
    Port port = portTowards(draft, router, route.nexthop());
    if (port != null) {
      draft.create(Routes.extra(id, port.id(), IpPrefix.of(route.destination()), route.nexthop()));
    } else if (!known) {
      throw TranslationException.invalid(
          "No port of router "
              + router
              + " has a subnet with the next hop "
              + route.nexthop()
              + " of the route to "
              + route.destination());
    }
  }

  private static @Nullable Port portTowards(Draft draft, UUID router, IpAddress nextHop) {
    return draft.routerPorts(router).stream()
        .filter(port -> isBeyond(port, nextHop))
        .findFirst()
        .orElse(null);
  }

  /** Whether the address is in a subnet of the port without being the port's own. */
  private static boolean isBeyond(Port port, IpAddress address) {
    return port.portSubnets().stream()
        .anyMatch(subnet -> subnet.contains(address) && !subnet.address().equals(address));
  }

  private static Map<UUID, NeutronRoute> byId(NeutronRouter router) {
    Map<UUID, NeutronRoute> routes = new LinkedHashMap<>();
    for (NeutronRoute route : router.routes()) {
      IpPrefix destination = IpPrefix.of(route.destination());
      routes.put(Ids.extraRoute(router.id(), destination, route.nexthop()), route);
    }
    return routes;
  }
}
