package org.midonet.agent.datapath;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.Payload;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.packets.frame.VlanTag;

/** Seeded frames of all kinds, some of them damaged. For one thread. */
final class ArbitraryFrames {
  private static final int[] PROTOCOLS = {1, 6, 17, 17, 33, 47, 58, 132, 136};

  /**
   * What has a tag and nothing to speak of behind it is dropped by the kernel before it is asked.
   */
  private static final int SHORTEST = 24;

  /** The source of all, by which a test tells them from what kernels send by themselves. */
  private static final Mac SOURCE = Packets.A;

  private final SplittableRandom random;

  ArbitraryFrames(SplittableRandom random) {
    this.random = random;
  }

  byte[] next() {
    Ethernet frame =
        switch (random.nextInt(10)) {
          case 0 -> new Ethernet(mac(), SOURCE, List.of(), 0x88b5, octets());
          case 1, 2, 3 -> new Ethernet(mac(), SOURCE, List.of(), Ethernet.IPV6, ipv6());
          default -> new Ethernet(mac(), SOURCE, List.of(), Ethernet.IPV4, ipv4());
        };
    byte[] bytes = frame.withTags(tags()).toBytes();
    if (random.nextInt(4) == 0) {
      damage(bytes);
    }
    return random.nextInt(8) == 0 && bytes.length > SHORTEST
        ? Arrays.copyOf(bytes, SHORTEST + random.nextInt(bytes.length - SHORTEST))
        : bytes;
  }

  private void damage(byte[] bytes) {
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      bytes[12 + random.nextInt(bytes.length - 12)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private List<VlanTag> tags() {
    return switch (random.nextInt(8)) {
      case 0 -> List.of(new VlanTag(VlanTag.SERVICE, random.nextInt(4096)), tag());
      case 1, 2 -> List.of(tag());
      default -> List.of();
    };
  }

  private VlanTag tag() {
    return VlanTag.of(random.nextInt(4096));
  }

  private Payload ipv4() {
    int protocol = protocol();
    boolean fragment = random.nextInt(8) == 0;
    boolean more = fragment && random.nextBoolean();
    int offset = fragment && (!more || random.nextBoolean()) ? 8 * random.nextInt(1, 100) : 0;
    Octets options = random.nextInt(8) == 0 ? bytes(4 * random.nextInt(1, 6)) : Octets.EMPTY;
    return new Ipv4Packet(
        random.nextInt(256),
        random.nextInt(65_536),
        random.nextBoolean(),
        more,
        offset,
        random.nextInt(256),
        protocol,
        new Ipv4Address(random.nextInt()),
        new Ipv4Address(random.nextInt()),
        options,
        fragment ? octets() : transport(protocol));
  }

  private Payload ipv6() {
    int protocol = protocol();
    int extensions = random.nextInt(4) == 0 ? random.nextInt(1, 8) : 0;
    byte[] chain = new byte[8 * extensions];
    for (int i = 0; i < extensions; i++) {
      chain[8 * i] = (byte) (i == extensions - 1 ? protocol : 60);
      if (random.nextInt(16) == 0) {
        chain[8 * i + 1] = (byte) random.nextInt(4);
      }
    }
    return new Ipv6Packet(
        random.nextInt(256),
        random.nextInt(1 << 20),
        random.nextInt(256),
        new Ipv6Address(random.nextLong(), random.nextLong()),
        new Ipv6Address(random.nextLong(), random.nextLong()),
        extensions == 0 ? protocol : random.nextBoolean() ? 0 : 60,
        Octets.of(chain),
        false,
        0,
        protocol,
        transport(protocol));
  }

  private int protocol() {
    return PROTOCOLS[random.nextInt(PROTOCOLS.length)];
  }

  private Payload transport(int protocol) {
    int from = random.nextInt(65_536);
    int to = random.nextInt(65_536);
    return switch (protocol) {
      case 6 -> TcpSegment.of(from, to, random.nextInt(64), octets());
      case 17 -> new UdpDatagram(from, to, octets());
      case 1, 58 -> {
        int type = protocol == 1 ? 8 * random.nextInt(3) : random.nextInt(126, 138);
        yield new IcmpMessage(type, random.nextInt(3), random.nextInt(), octets());
      }
      default -> octets();
    };
  }

  private Mac mac() {
    return new Mac(random.nextLong() >>> 16);
  }

  private Octets octets() {
    return bytes(random.nextInt(200));
  }

  private Octets bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }
}
