package org.midonet.neutron.router;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;

/** Extension {@code extraroute}: static routes of a router; stateless. */
final class ExtraRoutes {
  private final int most;

  /** Allows that many routes on one router ([DEFAULT] max_routes). */
  ExtraRoutes(int most) {
    this.most = most;
  }

  /** Refuses routes whose next hop is not on a link of the router, or is the router itself. */
  void check(Session session, String router, List<Map<String, Object>> routes) {
    if (routes.size() > most) {
      throw new NeutronException(
          400,
          "RoutesExhausted",
          "Unable to complete operation for "
              + router
              + ". The number of routes exceeds the maximum "
              + most
              + ".");
    }
    if (routes.isEmpty()) {
      return;
    }
    List<Resource> ports = RouterPorts.all(session, router);
    List<Cidr> links = RouterPorts.subnets(session, ports).stream().map(RouterPorts::cidr).toList();
    check(routes, links, RouterPorts.addresses(ports));
  }

  static void check(List<Map<String, Object>> routes, List<Cidr> links, List<IpAddress> own) {
    for (Map<String, Object> route : routes) {
      IpAddress hop = hop(route);
      if (links.stream().noneMatch(link -> link.contains(hop))) {
        throw RouterErrors.invalidRoutes(
            describe(routes), "the nexthop is not connected with router");
      }
      if (own.contains(hop)) {
        throw RouterErrors.invalidRoutes(describe(routes), "the nexthop is used by router");
      }
    }
  }

  /** Refuses to take away a link that a route's next hop is on. */
  static void refuseIfNeeded(Resource router, Resource subnet) {
    for (Map<String, Object> route : router.get(Routers.ROUTES, List.of())) {
      if (RouterPorts.cidr(subnet).contains(hop(route))) {
        throw RouterErrors.neededBy(
            "routes", "RouterInterfaceInUseByRoute", router.id(), subnet.id());
      }
    }
  }

  /** The routes with others added; what is there already is not doubled. */
  static List<Map<String, Object>> plus(
      List<Map<String, Object>> routes, List<Map<String, Object>> added) {
    List<Map<String, Object>> all = new ArrayList<>(canonical(routes));
    canonical(added).stream().filter(r -> !all.contains(r)).forEach(all::add);
    return all;
  }

  /** The routes without others; what is not there is passed over. */
  static List<Map<String, Object>> minus(
      List<Map<String, Object>> routes, List<Map<String, Object>> removed) {
    List<Map<String, Object>> all = new ArrayList<>(canonical(routes));
    all.removeAll(canonical(removed));
    return all;
  }

  static List<Map<String, Object>> canonical(List<Map<String, Object>> routes) {
    List<Map<String, Object>> canonical = new ArrayList<>();
    for (Map<String, Object> route : routes) {
      Map<String, Object> copy = new LinkedHashMap<>();
      copy.put("destination", Cidr.parse(String.valueOf(route.get("destination"))).toString());
      copy.put("nexthop", hop(route).toString());
      canonical.add(copy);
    }
    return canonical;
  }

  private static IpAddress hop(Map<String, Object> route) {
    return IpAddress.parse(String.valueOf(route.get("nexthop")));
  }

  private static String describe(List<Map<String, Object>> routes) {
    return routes.stream()
        .map(r ->
            "{'destination': '%s', 'nexthop': '%s'}"
                .formatted(r.get("destination"), r.get("nexthop")))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
