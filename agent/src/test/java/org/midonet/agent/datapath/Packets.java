package org.midonet.agent.datapath;

import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.Transport;
import org.midonet.packets.frame.UdpDatagram;

/** Frames to send in tests. */
public final class Packets {
  public static final Mac A = Mac.parse("02:00:00:00:00:0a");
  public static final Mac B = Mac.parse("02:00:00:00:00:0b");
  public static final Mac C = Mac.parse("02:00:00:00:00:0c");
  public static final Ipv4Address IP_A = Ipv4Address.parse("10.0.0.10");
  public static final Ipv4Address IP_B = Ipv4Address.parse("10.0.0.11");
  public static final Ipv4Address IP_C = Ipv4Address.parse("203.0.113.12");
  public static final Ipv6Address IP6_A = Ipv6Address.parse("2001:db8::a");
  public static final Ipv6Address IP6_B = Ipv6Address.parse("2001:db8::b");
  public static final Ipv6Address IP6_C = Ipv6Address.parse("2001:db8:1::c");
  private static final Octets DATA = Octets.ascii("some octets of data");

  private Packets() {}

  public static byte[] udp() {
    return udp(1000, 2000, DATA);
  }

  public static byte[] udp(int source, int destination, Octets data) {
    return ipv4(new UdpDatagram(source, destination, data)).toBytes();
  }

  public static byte[] tcp() {
    return ipv4(TcpSegment.of(1000, 80, TcpSegment.SYN, DATA)).toBytes();
  }

  public static byte[] echo(int id) {
    return ipv4(IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, id, 1, DATA)).toBytes();
  }

  public static byte[] udp6() {
    return ipv6(new UdpDatagram(1000, 2000, DATA)).toBytes();
  }

  public static byte[] echo6(int id) {
    return ipv6(IcmpMessage.echo(IcmpMessage.V6_ECHO_REQUEST, id, 1, DATA)).toBytes();
  }

  public static byte[] arp() {
    return Ethernet.of(Mac.BROADCAST, A, Arp.request(A, IP_A, IP_B)).toBytes();
  }

  public static Ethernet ipv4(Transport transport) {
    return Ethernet.of(B, A, Ipv4Packet.of(IP_A, IP_B, protocol(transport, 1), transport));
  }

  public static Ethernet ipv6(Transport transport) {
    return Ethernet.of(B, A, Ipv6Packet.of(IP6_A, IP6_B, protocol(transport, 58), transport));
  }

  private static int protocol(Transport transport, int icmp) {
    return switch (transport) {
      case TcpSegment tcp -> 6;
      case UdpDatagram udp -> 17;
      case IcmpMessage message -> icmp;
    };
  }
}
