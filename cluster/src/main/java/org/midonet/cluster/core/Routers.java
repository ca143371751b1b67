package org.midonet.cluster.core;

import java.util.List;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Router;
import org.midonet.topology.RouterBuilder;

/** Routers as the API shows them; stateless. */
final class Routers {
  static final Resource<Router, RouterBuilder> RESOURCE =
      Resource.of(
          ObjectType.ROUTER,
          "/routers",
          "Router",
          3,
          shape(),
          new Resource.Builders<>(
              RouterBuilder::builder,
              RouterBuilder::builder,
              RouterBuilder::id,
              RouterBuilder::build));

  /** What a router without BGP has for its autonomous system. */
  private static final int NO_AS = -1;

  private Routers() {}

  private static Shape<Router, RouterBuilder> shape() {
    return new Shape<Router, RouterBuilder>()
        .shown("id", (router, view) -> router.id().toString())
        .field("tenantId", Kind.TEXT, Router::tenantId, RouterBuilder::tenantId)
        .field("name", Kind.TEXT, Router::name, RouterBuilder::name)
        .field("adminStateUp", Kind.FLAG, true, Router::adminStateUp, RouterBuilder::adminStateUp)
        .field("inboundFilterId", Kind.ID, Router::inboundFilterId, RouterBuilder::inboundFilterId)
        .field(
            "outboundFilterId", Kind.ID, Router::outboundFilterId, RouterBuilder::outboundFilterId)
        .field("loadBalancerId", Kind.ID, Router::loadBalancerId, RouterBuilder::loadBalancerId)
        .field("asNumber", Kind.INT, NO_AS, Router::asNumber, RouterBuilder::asNumber)
        .field(
            "inboundMirrorIds",
            Kind.IDS,
            List.of(),
            Router::inboundMirrorIds,
            RouterBuilder::inboundMirrorIds)
        .field(
            "outboundMirrorIds",
            Kind.IDS,
            List.of(),
            Router::outboundMirrorIds,
            RouterBuilder::outboundMirrorIds)
        .field(
            "localRedirectChainId",
            Kind.ID,
            Router::localRedirectChainId,
            RouterBuilder::localRedirectChainId)
        .field("forwardChainId", Kind.ID, Router::forwardChainId, RouterBuilder::forwardChainId)
        .link("ports", router -> below(router, "/ports"))
        .link("inboundFilter", "/chains", Router::inboundFilterId)
        .link("outboundFilter", "/chains", Router::outboundFilterId)
        .link("localRedirectChain", "/chains", Router::localRedirectChainId)
        .link("forwardChain", "/chains", Router::forwardChainId)
        .link("loadBalancer", "/load_balancers", Router::loadBalancerId)
        .link("peerPorts", router -> below(router, "/peer_ports"))
        .link("routes", router -> below(router, "/routes"))
        .link("bgpNetworks", router -> below(router, "/bgp_networks"))
        .link("bgpPeers", router -> below(router, "/bgp_peers"));
  }

  private static String below(Router router, String path) {
    return "/routers/" + router.id() + path;
  }
}
