package org.midonet.cluster.translation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Dhcp;
import org.midonet.topology.Ids;
import org.midonet.topology.NextHop;
import org.midonet.topology.Route;
import org.midonet.topology.RouteBuilder;

/** Makes routes the way MidoNet's translation does. Stateless. */
final class Routes {
  /** Where virtual machines ask for their metadata. */
  static final IpPrefix METADATA = IpPrefix.parse("169.254.169.254/32");

  /** What IPv6 clients of floating IPs look like behind the translation to IPv4 (RFC 6598). */
  static final IpPrefix NAT64_POOL = IpPrefix.parse("100.64.0.0/10");

  private static final int WEIGHT = 100;

  private Routes() {}

  /** A route out of a port. */
  static RouteBuilder via(UUID id, UUID port, IpPrefix src, IpPrefix dst) {
    return RouteBuilder.builder()
        .id(id)
        .nextHop(NextHop.NORMAL)
        .nextHopPortId(port)
        .src(src)
        .dst(dst)
        .weight(WEIGHT);
  }

  /** Packets to the port's own address. */
  static Route local(UUID port, IpAddress address) {
    return via(Ids.LOCAL_ROUTE.of(port, address), port, all(address), IpPrefix.of(address))
        .nextHop(NextHop.LOCAL)
        .build();
  }

  /** The network that the port is in, by the address that the port has there. */
  static Route connected(UUID port, IpAddress address, IpPrefix network) {
    return via(Ids.ROUTER_INTERFACE_ROUTE.of(port, address), port, all(address), network).build();
  }

  /** Everything else, to a subnet's gateway, which it follows when that changes. */
  static Route defaultRoute(UUID port, IpAddress address, Dhcp dhcp) {
    return via(Ids.GATEWAY_ROUTE.of(port, address), port, IpPrefix.IPV4_ALL, IpPrefix.IPV4_ALL)
        .nextHopGateway(dhcp.defaultGateway())
        .gatewayDhcpId(dhcp.id())
        .build();
  }

  /**
   * Requests for metadata, to the DHCP port of the subnet that they come from.
   *
   * @param named the address that the route is named by
   */
  static Route metadata(UUID port, IpAddress named, IpPrefix subnet, IpAddress dhcpPort) {
    return via(Ids.METADATA_SERVICE_ROUTE.of(port, named), port, subnet, METADATA)
        .nextHopGateway(dhcpPort)
        .build();
  }

  /** Whether it is a route that {@link #metadata} makes. */
  static boolean isMetadata(Route route) {
    return route.dst().equals(METADATA);
  }

  /** Answers to IPv6 clients of floating IPs. */
  static Route nat64(UUID port, IpAddress address) {
    return via(Ids.ROUTER_INTERFACE_ROUTE.of(port, address), port, IpPrefix.IPV4_ALL, NAT64_POOL)
        .nextHop(NextHop.FIP64)
        .build();
  }

  /** An extra route of a router. */
  static Route extra(UUID id, UUID port, IpPrefix destination, @Nullable IpAddress nextHop) {
    return via(id, port, all(destination.address()), destination).nextHopGateway(nextHop).build();
  }

  private static IpPrefix all(IpAddress version) {
    return version.version() == 6 ? IpPrefix.IPV6_ALL : IpPrefix.IPV4_ALL;
  }
}
