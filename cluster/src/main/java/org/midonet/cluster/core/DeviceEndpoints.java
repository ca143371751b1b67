package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Endpoint;
import org.midonet.nsdb.Operation;
import org.midonet.topology.Bridge;
import org.midonet.topology.NextHop;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.References;
import org.midonet.topology.Route;
import org.midonet.topology.RouteBuilder;
import org.midonet.topology.Router;

/** Bridges and routers with their ports, routes and BGP objects; stateless. */
final class DeviceEndpoints {
  private DeviceEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        new Crud<>(store, Bridges.RESOURCE)
            .collection(Bridge::tenantId, Crud.plainly())
            .item()
            .put(Crud.replacing())
            .deleteKnown()
            .endpoints());
    all.addAll(
        new Crud<>(store, Routers.RESOURCE)
            .collection(Router::tenantId, Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    all.addAll(routes(store));
    all.addAll(bgp(store));
    return all;
  }

  private static List<Endpoint> routes(Store store) {
    return new Crud<>(store, Routes.RESOURCE)
        .below(
            "/routers/{id}/routes",
            ObjectType.ROUTER,
            View::routesOfRouter,
            RouteBuilder::routerId,
            DeviceEndpoints::newRoute)
        .item()
        .delete()
        .neverReplaced();
  }

  private static List<Operation> newRoute(
      Route route, View view, Map<String, @Nullable Object> json) {
    if (route.nextHop() == NextHop.NORMAL || route.nextHop() == NextHop.LOCAL) {
      Port port =
          route.nextHopPortId() == null ? null : view.find(ObjectType.PORT, route.nextHopPortId());
      UUID router = port == null ? null : port.routerId();
      if (router == null || !router.equals(route.routerId())) {
        throw ApiException.badRequest(
            "This type of route requires a next hop port that is a port on the same router.");
      }
    }
    return List.of(new Operation.Create(route));
  }

  private static List<Endpoint> bgp(Store store) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        new Crud<>(store, Bgp.NETWORKS)
            .below(
                "/routers/{id}/bgp_networks",
                ObjectType.ROUTER,
                (view, id) ->
                    view.linked(References.ROUTER_BGP_NETWORKS, id, ObjectType.BGP_NETWORK),
                (builder, id) -> builder.routerId(id),
                Crud.plainly())
            .item()
            .delete()
            .neverReplaced());
    all.addAll(
        new Crud<>(store, Bgp.PEERS)
            .below(
                "/routers/{id}/bgp_peers",
                ObjectType.ROUTER,
                (view, id) -> view.linked(References.ROUTER_BGP_PEERS, id, ObjectType.BGP_PEER),
                (builder, id) -> builder.routerId(id),
                Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    return all;
  }
}
