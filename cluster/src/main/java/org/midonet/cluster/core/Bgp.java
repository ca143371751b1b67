package org.midonet.cluster.core;

import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.BgpNetwork;
import org.midonet.topology.BgpNetworkBuilder;
import org.midonet.topology.BgpPeer;
import org.midonet.topology.BgpPeerBuilder;
import org.midonet.topology.ObjectType;

/** BGP peers and the networks that are advertised to them, as the API shows them; stateless. */
final class Bgp {
  static final Resource<BgpNetwork, BgpNetworkBuilder> NETWORKS =
      Resource.of(
          ObjectType.BGP_NETWORK,
          "/bgp_networks",
          "BgpNetwork",
          1,
          new Shape<BgpNetwork, BgpNetworkBuilder>()
              .shown("id", (network, view) -> network.id().toString())
              .prefix(
                  "subnetAddress",
                  "subnetLength",
                  true,
                  network -> IpPrefix.of(network.subnet()),
                  Bgp::advertise)
              .link("router", "/routers", BgpNetwork::routerId),
          new Resource.Builders<>(
              BgpNetworkBuilder::builder,
              BgpNetworkBuilder::builder,
              BgpNetworkBuilder::id,
              BgpNetworkBuilder::build));

  static final Resource<BgpPeer, BgpPeerBuilder> PEERS =
      Resource.of(
          ObjectType.BGP_PEER,
          "/bgp_peers",
          "BgpPeer",
          1,
          new Shape<BgpPeer, BgpPeerBuilder>()
              .shown("id", (peer, view) -> peer.id().toString())
              .field(
                  "asNumber",
                  Kind.INT,
                  0,
                  BgpPeer::asNumber,
                  BgpPeerBuilder::asNumber,
                  Bgp::asNumber)
              .required("address", Kind.IPV4, BgpPeer::address, BgpPeerBuilder::address)
              .field(
                  "keepAlive",
                  Kind.INT,
                  BgpPeer::keepAlive,
                  BgpPeerBuilder::keepAlive,
                  Check.min(5),
                  Check.max(3600))
              .field(
                  "holdTime",
                  Kind.INT,
                  BgpPeer::holdTime,
                  BgpPeerBuilder::holdTime,
                  Check.min(5),
                  Check.max(7200))
              .field(
                  "connectRetry",
                  Kind.INT,
                  BgpPeer::connectRetry,
                  BgpPeerBuilder::connectRetry,
                  Check.min(5),
                  Check.max(3600))
              .field("password", Kind.TEXT, BgpPeer::password, BgpPeerBuilder::password)
              .link("router", "/routers", BgpPeer::routerId),
          new Resource.Builders<>(
              BgpPeerBuilder::builder,
              BgpPeerBuilder::builder,
              BgpPeerBuilder::id,
              BgpPeerBuilder::build));

  private Bgp() {}

  /** There is no autonomous system 0, which is also what a body without a number asks for. */
  private static @Nullable String asNumber(@Nullable Object raw) {
    return Check.min(1).complaint(raw == null ? 0 : raw);
  }

  /** Whether there is a prefix was checked before. */
  private static void advertise(BgpNetworkBuilder builder, @Nullable IpPrefix prefix) {
    if (prefix != null) {
      builder.subnet(prefix.cidr());
    }
  }
}
