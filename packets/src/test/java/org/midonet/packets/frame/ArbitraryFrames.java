package org.midonet.packets.frame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/** Seeded frames for property tests. Not safe to share between threads. */
final class ArbitraryFrames {
  private final SplittableRandom random;

  ArbitraryFrames(long seed) {
    this.random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  Mac mac() {
    return new Mac(random.nextLong() >>> 16);
  }

  Ipv4Address ipv4() {
    return new Ipv4Address(random.nextInt());
  }

  Ipv6Address ipv6() {
    return new Ipv6Address(random.nextLong(), random.nextLong());
  }

  Octets octets(int longest) {
    byte[] octets = new byte[random.nextInt(longest + 1)];
    random.nextBytes(octets);
    return Octets.wrap(octets);
  }

  /** Four octets. */
  Octets four() {
    return Octets.wrap(ipv4().toBytes());
  }

  private Octets words(int most) {
    byte[] octets = new byte[4 * random.nextInt(most + 1)];
    random.nextBytes(octets);
    return Octets.wrap(octets);
  }

  Ethernet frame() {
    List<VlanTag> tags =
        random.nextInt(4) == 0 ? List.of(VlanTag.of(random.nextInt(4096))) : List.of();
    return switch (random.nextInt(4)) {
      case 0 -> new Ethernet(mac(), mac(), tags, Ethernet.ARP, arp());
      case 1 -> new Ethernet(mac(), mac(), tags, Ethernet.IPV4, ipv4Packet());
      case 2 -> new Ethernet(mac(), mac(), tags, Ethernet.IPV6, ipv6Packet());
      default -> new Ethernet(mac(), mac(), tags, 0x88cc, octets(60));
    };
  }

  Arp arp() {
    return new Arp(1 + random.nextInt(2), mac(), ipv4(), mac(), ipv4());
  }

  Ipv4Packet ipv4Packet() {
    int protocol = List.of(6, 17, 1, 89).get(random.nextInt(4));
    boolean fragment = random.nextInt(5) == 0;
    return new Ipv4Packet(
        random.nextInt(256),
        random.nextInt(65536),
        random.nextBoolean(),
        fragment,
        fragment ? 8 * random.nextInt(8192) : 0,
        random.nextInt(256),
        protocol,
        ipv4(),
        ipv4(),
        words(10),
        fragment ? octets(80) : transport(protocol));
  }

  Ipv6Packet ipv6Packet() {
    int protocol = List.of(6, 17, 58, 89).get(random.nextInt(4));
    Ipv6Packet packet = Ipv6Packet.of(ipv6(), ipv6(), protocol, transport(protocol));
    return packet.with(
        random.nextInt(256),
        random.nextInt(256),
        packet.source(),
        packet.destination(),
        packet.payload());
  }

  Payload transport(int protocol) {
    return switch (protocol) {
      case 6 ->
          new TcpSegment(
              random.nextInt(65536),
              random.nextInt(65536),
              random.nextInt(),
              random.nextInt(),
              random.nextInt(256),
              random.nextInt(65536),
              random.nextInt(65536),
              words(10),
              octets(70));
      case 17 -> new UdpDatagram(random.nextInt(65536), random.nextInt(65536), octets(70));
      case 1, 58 ->
          new IcmpMessage(random.nextInt(256), random.nextInt(256), random.nextInt(), octets(70));
      default -> octets(60);
    };
  }

  DhcpMessage dhcp() {
    Map<Integer, Octets> options = new LinkedHashMap<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      options.put(1 + random.nextInt(254), octets(600));
    }
    return new DhcpMessage(
        1 + random.nextInt(2),
        random.nextInt(),
        random.nextInt(65536),
        random.nextInt(65536),
        ipv4(),
        ipv4(),
        ipv4(),
        ipv4(),
        mac(),
        options);
  }
}
