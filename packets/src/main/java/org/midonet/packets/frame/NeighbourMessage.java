package org.midonet.packets.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/**
 * The messages of IPv6 neighbour discovery (RFC 4861), carried in ICMPv6. Immutable, safe to share.
 */
public sealed interface NeighbourMessage {
  int ROUTER_SOLICITATION = 133;
  int ROUTER_ADVERTISEMENT = 134;
  int SOLICITATION = 135;
  int ADVERTISEMENT = 136;
  int REDIRECT = 137;

  Ipv6Address ALL_NODES = Ipv6Address.parse("ff02::1");
  Ipv6Address ALL_ROUTERS = Ipv6Address.parse("ff02::2");

  /** The hop limit of every such message; others were not sent by a neighbour. */
  int HOP_LIMIT = 255;

  /** Who has the target? */
  record Solicitation(Ipv6Address target, @Nullable Mac source) implements NeighbourMessage {}

  /** The target is at this MAC. */
  record Advertisement(
      Ipv6Address target,
      boolean router,
      boolean solicited,
      boolean override,
      @Nullable Mac targetMac)
      implements NeighbourMessage {}

  /** Which routers are there? */
  record RouterSolicitation(@Nullable Mac source) implements NeighbourMessage {}

  /**
   * A router, and the prefixes of its link.
   *
   * @param lifetime seconds as default router, 0 for none
   * @param managed addresses are to be had by DHCPv6
   * @param other other configuration is to be had by DHCPv6
   * @param mtu 0 for none
   * @param dnsServers RFC 8106
   */
  record RouterAdvertisement(
      int hopLimit,
      boolean managed,
      boolean other,
      int lifetime,
      Mac source,
      int mtu,
      List<Prefix> prefixes,
      List<Ipv6Address> dnsServers)
      implements NeighbourMessage {
    public RouterAdvertisement {
      prefixes = List.copyOf(prefixes);
      dnsServers = List.copyOf(dnsServers);
    }
  }

  /**
   * A prefix of the link.
   *
   * @param autonomous whether hosts may make themselves addresses in it (RFC 4862)
   * @param validLifetime seconds
   * @param preferredLifetime seconds
   */
  record Prefix(Cidr cidr, boolean autonomous, int validLifetime, int preferredLifetime) {}

  /** The message in ICMPv6, null where it is none of these, or cut short. */
  static @Nullable NeighbourMessage parse(IcmpMessage icmp) {
    Octets body = icmp.body();
    return switch (icmp.type()) {
      case SOLICITATION ->
          body.has(0, 16) ? new Solicitation(body.ipv6(0), NdOptions.mac(body, 16, 1)) : null;
      case ADVERTISEMENT ->
          body.has(0, 16)
              ? new Advertisement(
                  body.ipv6(0),
                  icmp.rest() < 0,
                  (icmp.rest() & 1 << 30) != 0,
                  (icmp.rest() & 1 << 29) != 0,
                  NdOptions.mac(body, 16, 2))
              : null;
      case ROUTER_SOLICITATION -> new RouterSolicitation(NdOptions.mac(body, 0, 1));
      case ROUTER_ADVERTISEMENT -> advertisement(icmp);
      default -> null;
    };
  }

  private static @Nullable RouterAdvertisement advertisement(IcmpMessage icmp) {
    Octets body = icmp.body();
    Mac source = NdOptions.mac(body, 8, 1);
    if (!body.has(0, 8)) {
      return null;
    }
    int rest = icmp.rest();
    return new RouterAdvertisement(
        rest >>> 24,
        (rest & 1 << 23) != 0,
        (rest & 1 << 22) != 0,
        rest & 0xffff,
        source == null ? Mac.ZERO : source,
        NdOptions.mtu(body, 8),
        NdOptions.prefixes(body, 8),
        NdOptions.dnsServers(body, 8));
  }

  /** The message as ICMPv6. */
  default IcmpMessage toIcmp() {
    return switch (this) {
      case Solicitation it ->
          new IcmpMessage(SOLICITATION, 0, 0, NdOptions.write(it.target(), 1, it.source()));
      case Advertisement it ->
          new IcmpMessage(
              ADVERTISEMENT,
              0,
              (it.router() ? 1 << 31 : 0)
                  | (it.solicited() ? 1 << 30 : 0)
                  | (it.override() ? 1 << 29 : 0),
              NdOptions.write(it.target(), 2, it.targetMac()));
      case RouterSolicitation it ->
          new IcmpMessage(ROUTER_SOLICITATION, 0, 0, NdOptions.write(null, 1, it.source()));
      case RouterAdvertisement it ->
          new IcmpMessage(
              ROUTER_ADVERTISEMENT,
              0,
              it.hopLimit() << 24
                  | (it.managed() ? 1 << 23 : 0)
                  | (it.other() ? 1 << 22 : 0)
                  | it.lifetime(),
              NdOptions.write(it));
    };
  }

  /** The packet that brings the message from one address to another. */
  default Ipv6Packet packet(Ipv6Address source, Ipv6Address destination) {
    return Ipv6Packet.of(source, destination, 58, toIcmp()).withHopLimit(HOP_LIMIT);
  }

  /** The multicast address to which solicitations of an address go (RFC 4291 section 2.7.1). */
  static Ipv6Address solicitedNode(Ipv6Address address) {
    return new Ipv6Address(0xff02L << 48, 0x1_ff00_0000L | (address.low() & 0xff_ffffL));
  }

  /** The MAC of a multicast address (RFC 2464 section 7). */
  static Mac multicastMac(Ipv6Address group) {
    return new Mac(0x3333_0000_0000L | (group.low() & 0xffff_ffffL));
  }

  /** The link-local address of a MAC. */
  static Ipv6Address linkLocal(Mac mac) {
    return new Ipv6Address(0xfe80L << 48, mac.interfaceId());
  }
}
