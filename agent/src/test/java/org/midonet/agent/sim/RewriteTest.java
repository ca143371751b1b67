package org.midonet.agent.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.Payload;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;

/** What rewriting makes of frames whose transport header nobody reads. */
final class RewriteTest {
  private static final int UDP = 17;
  private static final int TCP = 6;
  private static final int GRE = 47;
  private static final int V4 = 20;
  private static final int V6 = 40;
  private static final Octets DATA = Octets.of(new byte[200]);
  private static final UdpDatagram DATAGRAM = new UdpDatagram(1000, 53, DATA);
  private static final Rewrite SOURCE = to(Ipv4Address.parse("203.0.113.7"));
  private static final Rewrite SOURCE6 = to(Ipv6Address.parse("2001:db8:9::9"));

  private static Rewrite to(IpAddress source) {
    return new Rewrite(null, null, null, source, null, -1, 0, -1, -1, -1, null);
  }

  @Test
  void aFirstFragmentHasTheChecksumOfTheWholePacket() {
    assertFirstFragmentIsThatOfTheWhole(UDP, DATAGRAM);
    assertFirstFragmentIsThatOfTheWhole(TCP, TcpSegment.of(1000, 80, TcpSegment.ACK, DATA));
  }

  private static void assertFirstFragmentIsThatOfTheWhole(int protocol, Payload transport) {
    Payload whole = ipv4(protocol, 0, transport).payload();
    Payload expected = SOURCE.apply(ipv4(protocol, 0, transport)).payload();
    Octets first = whole.octets().slice(V4, V4 + 64);
    assertThat(SOURCE.apply(ipv4(protocol, 0, first)).payload().octets().from(V4))
        .isEqualTo(expected.octets().slice(V4, V4 + 64))
        .isNotEqualTo(first);
  }

  @Test
  void thatHoldsForIpv6Too() {
    Payload expected = SOURCE6.apply(ipv6(DATAGRAM)).payload();
    Octets first = ipv6(DATAGRAM).payload().octets().slice(V6, V6 + 64);
    assertThat(SOURCE6.apply(ipv6(first)).payload().octets().from(V6))
        .isEqualTo(expected.octets().slice(V6, V6 + 64));
  }

  @Test
  void laterFragmentsAndOtherProtocolsKeepTheirOctets() {
    Octets octets = DATA.slice(0, 64);
    assertThat(SOURCE.apply(ipv4(UDP, 64, octets)).payload().octets().from(V4)).isEqualTo(octets);
    assertThat(SOURCE.apply(ipv4(GRE, 0, octets)).payload().octets().from(V4)).isEqualTo(octets);
  }

  @Test
  void aDatagramWithoutChecksumGetsNone() {
    Octets datagram = Octets.hex("03e80035000800000102");
    assertThat(SOURCE.apply(ipv4(UDP, 0, datagram)).payload().octets().from(V4))
        .isEqualTo(datagram);
  }

  private static Ethernet ipv4(int protocol, int offset, Payload payload) {
    return Ethernet.of(
        new Mac(0x0200_0000_0001L),
        new Mac(0x0200_0000_0002L),
        new Ipv4Packet(
            0,
            1,
            false,
            payload instanceof Octets,
            offset,
            64,
            protocol,
            Ipv4Address.parse("10.0.0.1"),
            Ipv4Address.parse("10.0.0.2"),
            Octets.EMPTY,
            payload));
  }

  private static Ethernet ipv6(Payload payload) {
    return Ethernet.of(
        new Mac(0x0200_0000_0001L),
        new Mac(0x0200_0000_0002L),
        Ipv6Packet.of(
            Ipv6Address.parse("2001:db8::1"), Ipv6Address.parse("2001:db8::2"), UDP, payload));
  }
}
