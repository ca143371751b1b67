package org.midonet.agent.sim;

import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Fragment;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.Octets;

/**
 * Tells senders why a router does not pass on their packets (spec/midonet.md 5.4, RFC 1812 section
 * 4.3, RFC 4443). Stateless.
 */
final class IcmpErrors {
  private static final int QUOTE = 548;
  private static final int QUOTE_V6 = 1232;

  private IcmpErrors() {}

  /** An error in the terms of both versions. */
  private record Kind(int type, int code, int v6Type, int v6Code) {}

  private static final Kind PROHIBITED =
      new Kind(IcmpMessage.UNREACHABLE, IcmpMessage.PROHIBITED, IcmpMessage.V6_UNREACHABLE, 1);
  private static final Kind NO_ROUTE =
      new Kind(IcmpMessage.UNREACHABLE, IcmpMessage.NET_UNREACHABLE, IcmpMessage.V6_UNREACHABLE, 0);
  private static final Kind NO_HOST =
      new Kind(
          IcmpMessage.UNREACHABLE, IcmpMessage.HOST_UNREACHABLE, IcmpMessage.V6_UNREACHABLE, 3);
  private static final Kind TTL =
      new Kind(IcmpMessage.TIME_EXCEEDED, 0, IcmpMessage.V6_TIME_EXCEEDED, 0);
  private static final Kind TOO_BIG =
      new Kind(
          IcmpMessage.UNREACHABLE,
          IcmpMessage.FRAGMENTATION_NEEDED,
          IcmpMessage.V6_PACKET_TOO_BIG,
          0);

  /** Something forbids the packet to pass. */
  static void prohibited(Walk walk, PortDevice in, Headers entered) {
    send(walk, in, entered, PROHIBITED, 0, "administratively prohibited");
  }

  static void noRoute(Walk walk, PortDevice in, Headers entered) {
    send(walk, in, entered, NO_ROUTE, 0, "network unreachable");
  }

  static void noHost(Walk walk, PortDevice in, Headers entered) {
    send(walk, in, entered, NO_HOST, 0, "host unreachable");
  }

  static void timeExceeded(Walk walk, PortDevice in, Headers entered) {
    send(walk, in, entered, TTL, 0, "time exceeded");
  }

  static void tooBig(Walk walk, PortDevice in, Headers entered, int mtu) {
    send(walk, in, entered, TOO_BIG, mtu, "packet too big, MTU " + mtu);
  }

  /**
   * Sends an error out of the port by which the packet entered the router.
   *
   * @param entered the packet as it was then: so the sender knows it
   */
  private static void send(
      Walk walk, PortDevice in, Headers entered, Kind kind, int rest, String what) {
    if (!isAllowed(in, entered)) {
      return;
    }
    Ethernet frame = error(walk.frameOf(entered), in, kind, rest);
    if (frame != null) {
      walk.answer(in.id(), "ICMP error: " + what, new Generated(in.id(), frame, walk.effects));
    }
  }

  private static @Nullable Ethernet error(Ethernet about, PortDevice in, Kind kind, int rest) {
    return switch (about.payload()) {
      case Ipv4Packet packet when in.address(4) instanceof Ipv4Address own -> {
        Octets quote = packet.octets().slice(0, QUOTE);
        IcmpMessage icmp = new IcmpMessage(kind.type, kind.code, rest, quote);
        yield Ethernet.of(
            about.source(), in.mac(), Ipv4Packet.of(own, packet.source(), Headers.ICMP, icmp));
      }
      case Ipv6Packet packet when in.address(6) instanceof Ipv6Address own -> {
        Octets quote = packet.octets().slice(0, QUOTE_V6);
        IcmpMessage icmp = new IcmpMessage(kind.v6Type, kind.v6Code, rest, quote);
        yield Ethernet.of(
            about.source(), in.mac(), Ipv6Packet.of(own, packet.source(), Headers.ICMPV6, icmp));
      }
      default -> null;
    };
  }

  /** Errors are not sent about errors, to many, to nobody in particular, or about parts. */
  private static boolean isAllowed(PortDevice in, Headers about) {
    IpAddress source = about.nwSource;
    IpAddress destination = about.nwDestination;
    if (source == null || destination == null) {
      return false;
    }
    IpPrefix subnet = in.subnetOf(destination);
    boolean broadcast =
        destination.equals(Ipv4Address.BROADCAST)
            || (subnet != null
                && destination.version() == 4
                && subnet.prefixLength() < 31
                && destination.equals(subnet.cidr().last()));
    return !about.isIcmpError()
        && about.fragment != Fragment.LATER
        && !about.destination.isMulticast()
        && !destination.isMulticast()
        && !broadcast
        && !source.isMulticast()
        && !source.isUnspecified();
  }
}
