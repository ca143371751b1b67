package org.midonet.cluster.core;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.topology.NextHop;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Route;
import org.midonet.topology.RouteBuilder;

/** Routes as the API shows them; stateless. */
final class Routes {
  private static final Kind<NextHop> NEXT_HOP = Kind.constant(NextHop.class, Routes::wire);

  static final Resource<Route, RouteBuilder> RESOURCE =
      Resource.of(
          ObjectType.ROUTE,
          "/routes",
          "Route",
          1,
          new Shape<Route, RouteBuilder>()
              .shown("id", (route, view) -> route.id().toString())
              .shown("routerId", (route, view) -> Kind.ID.show(view.routerOf(route)))
              .field("nextHopPort", Kind.ID, Route::nextHopPortId, RouteBuilder::nextHopPortId)
              .field("attributes", Kind.TEXT, Route::attributes, RouteBuilder::attributes)
              .prefix("dstNetworkAddr", "dstNetworkLength", true, Route::dst, RouteBuilder::dst)
              .prefix("srcNetworkAddr", "srcNetworkLength", true, Route::src, RouteBuilder::src)
              .field(
                  "nextHopGateway", gateway(), Route::nextHopGateway, RouteBuilder::nextHopGateway)
              .shown("learned", (route, view) -> false)
              .required("type", NEXT_HOP, Route::nextHop, RouteBuilder::nextHop)
              .field("weight", Kind.INT, 0, Route::weight, RouteBuilder::weight, Check.min(0))
              .shown("router", Routes::router),
          new Resource.Builders<>(
              RouteBuilder::builder, RouteBuilder::builder, RouteBuilder::id, RouteBuilder::build));

  private Routes() {}

  private static Kind<IpAddress> gateway() {
    return Kind.IPV4;
  }

  private static @Nullable Object router(Route route, View view) {
    UUID router = view.routerOf(route);
    return router == null ? null : view.links().to("/routers/" + router);
  }

  private static String wire(NextHop nextHop) {
    return switch (nextHop) {
      case NORMAL -> "Normal";
      case BLACKHOLE -> "BlackHole";
      case REJECT -> "Reject";
      case LOCAL -> "Local";
      case FIP64 -> "Fip64";
    };
  }
}
