package org.midonet.packets.frame;

import org.midonet.packets.IpAddress;
import org.midonet.packets.IpProtocol;

/** Reads and writes what IP carries. Stateless. */
final class Transports {
  private static final int TCP = IpProtocol.TCP.number();
  private static final int UDP = IpProtocol.UDP.number();
  private static final int ICMP = IpProtocol.ICMP.number();
  private static final int ICMPV6 = IpProtocol.ICMPV6.number();

  private Transports() {}

  /** The transport header where it is whole, else the octets. */
  static Payload parse(int protocol, Octets octets) {
    if (protocol == TCP) {
      return TcpSegment.parse(octets);
    }
    if (protocol == UDP) {
      return UdpDatagram.parse(octets);
    }
    return protocol == ICMP || protocol == ICMPV6 ? IcmpMessage.parse(octets) : octets;
  }

  static void write(
      byte[] out, int at, IpAddress source, IpAddress destination, int protocol, Payload payload) {
    if (payload instanceof Transport transport) {
      long pseudo =
          protocol == ICMP ? 0 : Checksum.pseudo(source, destination, protocol, transport.length());
      transport.write(out, at, pseudo);
    } else {
      payload.write(out, at);
    }
  }
}
