package org.midonet.agent.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Fragment;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpProtocol;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.DhcpMessage;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.NeighbourMessage;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.Payload;
import org.midonet.packets.frame.QuotedPacket;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.packets.frame.VlanTag;

/**
 * What the simulation looks at in a packet, as it is at one point of its way. Not safe to share:
 * devices rewrite it, and forks copy it.
 */
final class Headers {
  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMPV6 = 58;

  /** RFC 8415 section 7.2. */
  private static final int DHCPV6_CLIENT_PORT = 546;

  private static final int DHCPV6_SERVER_PORT = 547;

  Mac source;
  Mac destination;
  List<VlanTag> tags;
  final int etherType;
  final @Nullable Arp arp;

  /** Of IP alone; null for ARP. */
  @Nullable IpAddress nwSource;

  @Nullable IpAddress nwDestination;

  /** -1 where there is none; of ARP the operation. */
  int protocol = -1;

  int tos;
  int ttl;
  Fragment fragment = Fragment.NONE;

  /** -1 where there are none; of an ICMP echo its identifier. */
  int sourcePort = -1;

  int destinationPort = -1;

  /** -1 for what is no ICMP. */
  int icmpType = -1;

  int icmpCode = -1;

  /** Of an ICMP error that quotes a packet. */
  @Nullable QuotedPacket quoted;

  /** Of IPv6. */
  @Nullable NeighbourMessage neighbour;

  Headers(Ethernet frame) {
    source = frame.source();
    destination = frame.destination();
    tags = frame.tags();
    etherType = frame.etherType();
    arp = frame.payload() instanceof Arp it ? it : null;
    switch (frame.payload()) {
      case Arp it -> protocol = it.operation();
      case Ipv4Packet it -> read(it);
      case Ipv6Packet it -> read(it);
      case Octets it -> {}
      case TcpSegment it -> {}
      case UdpDatagram it -> {}
      case IcmpMessage it -> {}
    }
  }

  private Headers(Headers other) {
    source = other.source;
    destination = other.destination;
    tags = other.tags;
    etherType = other.etherType;
    arp = other.arp;
    nwSource = other.nwSource;
    nwDestination = other.nwDestination;
    protocol = other.protocol;
    tos = other.tos;
    ttl = other.ttl;
    fragment = other.fragment;
    sourcePort = other.sourcePort;
    destinationPort = other.destinationPort;
    icmpType = other.icmpType;
    icmpCode = other.icmpCode;
    quoted = other.quoted;
    neighbour = other.neighbour;
  }

  Headers copy() {
    return new Headers(this);
  }

  private void read(Ipv4Packet packet) {
    nwSource = packet.source();
    nwDestination = packet.destination();
    protocol = packet.protocol();
    tos = packet.tos();
    ttl = packet.ttl();
    if (packet.fragmentOffset() != 0) {
      fragment = Fragment.LATER;
    } else if (packet.moreFragments()) {
      fragment = Fragment.FIRST;
    }
    transport(packet.payload());
  }

  private void read(Ipv6Packet packet) {
    nwSource = packet.source();
    nwDestination = packet.destination();
    protocol = packet.protocol();
    tos = packet.trafficClass();
    ttl = packet.hopLimit();
    if (packet.fragment()) {
      fragment = packet.fragmentOffset() == 0 ? Fragment.FIRST : Fragment.LATER;
    }
    transport(packet.payload());
  }

  private void transport(Payload payload) {
    switch (payload) {
      case TcpSegment it -> ports(it.source(), it.destination());
      case UdpDatagram it -> ports(it.source(), it.destination());
      case IcmpMessage it -> icmp(it);
      case Octets it -> firstOctets(it);
      case Arp it -> {}
      case Ipv4Packet it -> {}
      case Ipv6Packet it -> {}
    }
  }

  /** Of a first fragment the transport header is there, but it is not read as one. */
  private void firstOctets(Octets octets) {
    if (fragment == Fragment.LATER || !octets.has(0, 8) || protocol < 0) {
      return;
    }
    if (protocol == ICMP || protocol == ICMPV6) {
      icmp(new IcmpMessage(octets.u8(0), octets.u8(1), octets.i32(4), octets.from(8)));
    } else if (new IpProtocol(protocol).hasPorts()) {
      ports(octets.u16(0), octets.u16(2));
    }
  }

  private void ports(int from, int to) {
    sourcePort = from;
    destinationPort = to;
  }

  private void icmp(IcmpMessage message) {
    icmpType = message.type();
    icmpCode = message.code();
    if (isEcho()) {
      ports(message.identifier(), message.identifier());
    } else if (isIcmpError()) {
      quoted = QuotedPacket.parse(message.body());
    } else if (protocol == ICMPV6 && fragment == Fragment.NONE) {
      neighbour = NeighbourMessage.parse(message);
    }
  }

  boolean isIp() {
    return nwSource != null;
  }

  boolean isIpv4() {
    return isIp() && etherType == Ethernet.IPV4;
  }

  boolean isIpv6() {
    return isIp() && etherType == Ethernet.IPV6;
  }

  boolean isEcho() {
    return protocol == ICMP
        ? icmpType == IcmpMessage.ECHO_REQUEST || icmpType == IcmpMessage.ECHO_REPLY
        : protocol == ICMPV6
            && (icmpType == IcmpMessage.V6_ECHO_REQUEST || icmpType == IcmpMessage.V6_ECHO_REPLY);
  }

  boolean isEchoRequest() {
    return protocol == ICMP
        ? icmpType == IcmpMessage.ECHO_REQUEST
        : protocol == ICMPV6 && icmpType == IcmpMessage.V6_ECHO_REQUEST;
  }

  /** Whether it says what only a DHCP server says to a client (RFC 2131, RFC 8415). */
  boolean isFromDhcpServer() {
    return hasDhcpServersPort() && hasDhcpClientsPort();
  }

  /** Whether it comes from the port of DHCP servers. */
  boolean hasDhcpServersPort() {
    return protocol == UDP
        && sourcePort == (isIpv6() ? DHCPV6_SERVER_PORT : DhcpMessage.SERVER_PORT);
  }

  /** Whether it goes to the port of DHCP clients. */
  boolean hasDhcpClientsPort() {
    return protocol == UDP
        && destinationPort == (isIpv6() ? DHCPV6_CLIENT_PORT : DhcpMessage.CLIENT_PORT);
  }

  boolean isIcmpError() {
    return icmpType >= 0
        && (protocol == ICMP
            ? IcmpMessage.isError(icmpType)
            : protocol == ICMPV6 && IcmpMessage.isV6Error(icmpType));
  }

  /** Whether connections of this kind of packet are tracked and translated. */
  boolean isTrackable() {
    return fragment != Fragment.LATER
        && sourcePort >= 0
        && (protocol == TCP || protocol == UDP || isEcho());
  }

  /** Whether only neighbours on the link may have sent it, and it is about themselves. */
  boolean isNeighbourTalk() {
    return etherType == Ethernet.IPV6
        && protocol == ICMPV6
        && switch (icmpType) {
          case 130, 131, 132, 133, 135, 136, 143 -> true;
          default -> false;
        };
  }

  boolean isTagged() {
    return !tags.isEmpty();
  }

  /**
   * The source that rules look at: of ARP and of neighbour discovery the address that the sender
   * claims to have.
   */
  @Nullable IpAddress ruleSource() {
    if (arp != null) {
      return arp.sender();
    }
    return neighbour instanceof NeighbourMessage.Advertisement it ? it.target() : nwSource;
  }

  /** The destination that rules look at: of ARP the address that is asked for. */
  @Nullable IpAddress ruleDestination() {
    return arp != null ? arp.target() : nwDestination;
  }

  /** The link-local address that the frame's sender may have (RFC 4862 section 5.3). */
  boolean isLinkLocalOfSender(IpAddress address) {
    return address instanceof Ipv6Address it && NeighbourMessage.linkLocal(source).equals(it);
  }

  /** A number that is the same for all packets of a connection that go this way. */
  int connection() {
    int hash = 31 + (nwSource == null ? 0 : nwSource.hashCode());
    hash = 31 * hash + (nwDestination == null ? 0 : nwDestination.hashCode());
    hash = 31 * hash + protocol;
    hash = 31 * hash + sourcePort;
    return 31 * hash + destinationPort;
  }

  /** One line for traces and logs. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    if (arp != null) {
      return out.append(arp.operation() == Arp.REQUEST ? "ARP who has " : "ARP reply ")
          .append(arp.target())
          .append(" from ")
          .append(arp.sender())
          .toString();
    }
    if (!isIp()) {
      return "frame of type 0x%04x from %s to %s".formatted(etherType, source, destination);
    }
    out.append(protocol < 0 ? "IP" : new IpProtocol(protocol)).append(' ').append(nwSource);
    boolean ports = sourcePort >= 0 && icmpType < 0;
    if (ports) {
      out.append(':').append(sourcePort);
    }
    out.append(" > ").append(nwDestination);
    if (ports) {
      out.append(':').append(destinationPort);
    } else if (icmpType >= 0) {
      out.append(" type ").append(icmpType).append(" code ").append(icmpCode);
    }
    return out.toString();
  }
}
