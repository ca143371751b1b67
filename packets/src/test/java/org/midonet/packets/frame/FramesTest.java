package org.midonet.packets.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Cidr;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/** Frames are read as they were written, and nothing that comes in breaks the reader. */
final class FramesTest {
  private static final int ROUNDS = 5_000;

  @Test
  void whatIsWrittenIsReadAgain() {
    ArbitraryFrames any = new ArbitraryFrames(1);
    for (int i = 0; i < ROUNDS; i++) {
      Ethernet frame = any.frame();
      assertThat(Ethernet.parse(frame.toBytes())).isEqualTo(frame);
    }
  }

  @Test
  void readingCutOrBrokenFramesNeverThrowsAndLosesNothing() {
    ArbitraryFrames any = new ArbitraryFrames(2);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] octets = any.frame().toBytes();
      for (int flips = any.random().nextInt(4); flips > 0; flips--) {
        octets[any.random().nextInt(octets.length)] = (byte) any.random().nextInt();
      }
      byte[] cut = Arrays.copyOf(octets, any.random().nextInt(octets.length + 1));
      assertThatCode(
              () -> {
                Ethernet frame = Ethernet.parse(cut);
                if (frame != null) {
                  frame.toBytes();
                }
                QuotedPacket.parse(Octets.of(cut));
                DhcpMessage.parse(Octets.of(cut));
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void everyChecksumThatIsWrittenHolds() {
    ArbitraryFrames any = new ArbitraryFrames(6);
    for (int i = 0; i < ROUNDS; i++) {
      Ipv4Packet packet = any.ipv4Packet();
      byte[] out = packet.octets().toBytes();
      int header = 20 + packet.options().length();
      assertThat(Checksum.fold(Checksum.sum(out, 0, header))).isZero();
      if (packet.payload() instanceof Transport transport) {
        long pseudo =
            packet.protocol() == 1
                ? 0
                : Checksum.pseudo(
                    packet.source(), packet.destination(), packet.protocol(), transport.length());
        assertThat(Checksum.fold(pseudo + Checksum.sum(out, header, transport.length()))).isZero();
      }
    }
  }

  @Test
  void headerChecksumOfTheTextbookIsRight() {
    // The example of Wikipedia's "Internet checksum": 0xb861.
    Octets header = Octets.hex("4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7");
    assertThat(Checksum.fold(header.sum())).isZero();
  }

  @Test
  void updatingAChecksumIsAsGoodAsMakingItAnew() {
    ArbitraryFrames any = new ArbitraryFrames(3);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] octets = new byte[40];
      any.random().nextBytes(octets);
      int old = Checksum.fold(Checksum.sum(octets, 0, 40));
      long before = Checksum.sum(octets, 8, 4);
      any.four().write(octets, 8);
      int updated = Checksum.update(old, before, Checksum.sum(octets, 8, 4));
      assertThat(updated).isEqualTo(Checksum.fold(Checksum.sum(octets, 0, 40)));
    }
  }

  @Test
  void paddingOfShortFramesIsNotPayload() {
    Ethernet frame =
        Ethernet.of(
            new Mac(1),
            new Mac(2),
            Ipv4Packet.of(
                Ipv4Address.parse("10.0.0.1"),
                Ipv4Address.parse("10.0.0.2"),
                17,
                new UdpDatagram(1, 2, Octets.ascii("x"))));
    byte[] padded = Arrays.copyOf(frame.toBytes(), 60);
    assertThat(Ethernet.parse(padded)).isEqualTo(frame);
  }

  @Test
  void fragmentsOfIpv6AreKnown() {
    Ipv6Address a = Ipv6Address.parse("fd00::1");
    Octets body = Octets.hex("11 00 0008 00000001 0102030405060708");
    Ipv6Packet raw = Ipv6Packet.of(a, a, 44, body);
    Ipv6Packet packet = (Ipv6Packet) Ipv6Packet.parse(raw.octets());
    assertThat(packet)
        .returns(true, Ipv6Packet::fragment)
        .returns(8, Ipv6Packet::fragmentOffset)
        .returns(17, Ipv6Packet::protocol)
        .returns(8, it -> it.payload().length());
    assertThat(packet.octets()).isEqualTo(raw.octets());
  }

  @Test
  void aQuotedPacketIsRewrittenAsTheWholeOneWouldBe() {
    ArbitraryFrames any = new ArbitraryFrames(4);
    for (int i = 0; i < ROUNDS; i++) {
      int protocol = List.of(6, 17, 1).get(any.random().nextInt(3));
      Payload transport =
          protocol == 1 ? IcmpMessage.echo(8, 7, 1, any.octets(40)) : any.transport(protocol);
      Ipv4Packet packet = Ipv4Packet.of(any.ipv4(), any.ipv4(), protocol, transport);
      Ipv4Address source = any.ipv4();
      QuotedPacket quoted = Objects.requireNonNull(QuotedPacket.parse(packet.octets()));
      Octets rewritten = quoted.withSource(source, 4711).octets();
      Payload moved =
          switch (transport) {
            case TcpSegment tcp -> tcp.withPorts(4711, tcp.destination());
            case UdpDatagram udp -> udp.withPorts(4711, udp.destination());
            case IcmpMessage icmp -> icmp.withIdentifier(4711);
            default -> transport;
          };
      assertThat(rewritten)
          .isEqualTo(packet.with(0, 64, source, packet.destination(), moved).octets());
    }
  }

  @Test
  void dhcpMessagesAreReadAgainWithLongOptionsJoined() {
    ArbitraryFrames any = new ArbitraryFrames(5);
    for (int i = 0; i < 500; i++) {
      DhcpMessage message = any.dhcp();
      assertThat(DhcpMessage.parse(message.toOctets())).isEqualTo(message);
    }
  }

  @Test
  void neighbourMessagesAreReadAgain() {
    Ipv6Address target = Ipv6Address.parse("fd00::5");
    Mac mac = Mac.parse("fa:16:3e:00:00:01");
    for (NeighbourMessage message :
        List.of(
            new NeighbourMessage.Solicitation(target, mac),
            new NeighbourMessage.Solicitation(target, null),
            new NeighbourMessage.Advertisement(target, true, false, true, mac),
            new NeighbourMessage.RouterSolicitation(mac),
            new NeighbourMessage.RouterAdvertisement(
                64,
                false,
                true,
                1800,
                mac,
                1450,
                List.of(new NeighbourMessage.Prefix(Cidr.parse("fd00::/64"), true, 86400, 14400)),
                List.of(target)))) {
      assertThat(NeighbourMessage.parse(message.toIcmp())).isEqualTo(message);
    }
  }

  @Test
  void addressesOfNeighbourDiscoveryAreThoseOfTheStandards() {
    Ipv6Address address = Ipv6Address.parse("4037::1:800:200e:8c6c");
    assertThat(NeighbourMessage.solicitedNode(address)).hasToString("ff02::1:ff0e:8c6c");
    assertThat(NeighbourMessage.multicastMac(NeighbourMessage.solicitedNode(address)))
        .hasToString("33:33:ff:0e:8c:6c");
    assertThat(NeighbourMessage.linkLocal(Mac.parse("fa:16:3e:00:00:01")))
        .hasToString("fe80::f816:3eff:fe00:1");
  }
}
