package org.midonet.agent.datapath;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.Payload;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.packets.frame.VlanTag;

/** Seeded packets that machines of a small topology send, and their answers. For one thread. */
final class SmallPackets {
  private static final int[] PORTS = {22, 53, 80, 443, 5000};
  private static final Ipv4Address SOMEWHERE = Ipv4Address.parse("198.51.100.7");
  private static final Ipv6Address SOMEWHERE6 = Ipv6Address.parse("2001:db8:ffff::7");
  private static final int SEGMENT = 1000;

  private final SplittableRandom random;
  private final List<SmallTopology.Machine> machines;
  private final boolean large;

  /** A packet to send; the segment size is 0 if it is not large. */
  record Sent(int cable, Ethernet frame, int segmentSize, boolean isChecksumOpen) {}

  /**
   * @param large whether there may be sends that are cut into segments later
   */
  SmallPackets(SplittableRandom random, List<SmallTopology.Machine> machines, boolean large) {
    this.random = random;
    this.machines = machines;
    this.large = large;
  }

  Sent next() {
    int cable = random.nextInt(machines.size());
    SmallTopology.Machine from = machines.get(cable);
    if (random.nextInt(12) == 0) {
      return new Sent(cable, odd(from), 0, false);
    }
    boolean v6 = random.nextInt(4) == 0;
    IpAddress to = destination(from, v6);
    Mac mac = nextHop(from, to);
    boolean isLarge = large && random.nextInt(8) == 0;
    int protocol = isLarge ? random.nextBoolean() ? 6 : 17 : protocol(v6);
    Payload transport = transport(protocol, isLarge ? random.nextInt(2000, 9000) : 0);
    boolean isFragment = !isLarge && random.nextInt(10) == 0;
    Payload packet =
        v6 ? ipv6(from, to, protocol, transport) : ipv4(from, to, protocol, transport, isFragment);
    boolean isOpen =
        isLarge || (!isFragment && (protocol == 6 || protocol == 17) && random.nextBoolean());
    Ethernet frame =
        new Ethernet(mac, from.mac(), tags(from), v6 ? Ethernet.IPV6 : Ethernet.IPV4, packet);
    return new Sent(cable, frame, isLarge ? SEGMENT : 0, isOpen);
  }

  private static List<VlanTag> tags(SmallTopology.Machine machine) {
    return machine.vlan() == 0 ? List.of() : List.of(VlanTag.of(machine.vlan()));
  }

  /** What is not for a machine by IP: ARP, other protocols, strange tags. */
  private Ethernet odd(SmallTopology.Machine from) {
    Ipv4Address asked = (Ipv4Address) destination(from, false);
    return switch (random.nextInt(4)) {
      case 0 ->
          new Ethernet(Mac.BROADCAST, from.mac(), tags(from), 0x88b5, Octets.ascii("hello, all"));
      case 1 ->
          new Ethernet(
              peer(from).mac(), from.mac(), List.of(VlanTag.of(7)), 0x88b5, Octets.ascii("tag 7"));
      default ->
          new Ethernet(
              Mac.BROADCAST,
              from.mac(),
              tags(from),
              Ethernet.ARP,
              Arp.request(from.mac(), from.ip(), asked));
    };
  }

  private SmallTopology.Machine peer(SmallTopology.Machine from) {
    SmallTopology.Machine peer = from;
    for (int i = 0; i < 5 && peer.equals(from); i++) {
      peer = machines.get(random.nextInt(machines.size()));
    }
    return peer;
  }

  private IpAddress destination(SmallTopology.Machine from, boolean v6) {
    SmallTopology.Machine peer = peer(from);
    Ipv4Address floating = peer.floating();
    return switch (random.nextInt(12)) {
      case 0 -> v6 ? SOMEWHERE6 : SOMEWHERE;
      case 1 ->
          v6
              ? SmallTopology.address6(random.nextInt(3), 1)
              : SmallTopology.address(random.nextInt(3), 1);
      case 2 -> v6 ? SmallTopology.address6(0, 77) : SmallTopology.address(0, 77);
      case 3 -> v6 ? peer.ip6() : SmallTopology.UPLINK;
      case 4, 5, 6 -> v6 ? peer.ip6() : floating != null ? floating : peer.ip();
      default -> v6 ? peer.ip6() : peer.ip();
    };
  }

  /** The machine's MAC where it is on the link, else the router's, or an unknown one. */
  private Mac nextHop(SmallTopology.Machine from, IpAddress to) {
    for (SmallTopology.Machine machine : machines) {
      if (machine.network() == from.network()
          && (machine.ip().equals(to) || machine.ip6().equals(to))) {
        return machine.mac();
      }
    }
    Mac gateway = from.gateway();
    return gateway == null ? new Mac(0x0200_0000_0077L) : gateway;
  }

  private int protocol(boolean v6) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> 6;
      case 4, 5, 6 -> 17;
      case 7, 8 -> v6 ? 58 : 1;
      default -> random.nextBoolean() ? 47 : 132;
    };
  }

  private Payload transport(int protocol, int most) {
    int from = random.nextInt(1024, 65_536);
    int to = random.nextInt(6) == 0 ? random.nextInt(65_536) : PORTS[random.nextInt(PORTS.length)];
    Octets data = data(most > 0 ? most : random.nextInt(4) == 0 ? random.nextInt(1400) : 40);
    return switch (protocol) {
      case 6 -> TcpSegment.of(from, to, most > 0 ? TcpSegment.ACK : flags(), data);
      case 17 -> new UdpDatagram(from, to, data);
      case 1, 58 -> {
        int echo = protocol == 1 ? IcmpMessage.ECHO_REQUEST : IcmpMessage.V6_ECHO_REQUEST;
        int type = random.nextInt(5) > 0 ? echo : protocol == 1 ? 13 : 200;
        yield IcmpMessage.echo(type, random.nextInt(65_536), 1, data(40));
      }
      default -> data(40);
    };
  }

  private int flags() {
    return random.nextInt(3) == 0 ? random.nextInt(32) : TcpSegment.SYN;
  }

  private Octets data(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }

  private int ttl() {
    return random.nextInt(10) == 0 ? random.nextInt(4) : 64;
  }

  private int tos() {
    return random.nextInt(6) == 0 ? random.nextInt(256) : 0;
  }

  private Ipv4Packet ipv4(
      SmallTopology.Machine from, IpAddress to, int protocol, Payload content, boolean fragment) {
    Ipv4Address source =
        random.nextInt(20) == 0 ? SmallTopology.address(from.network() & 3, 99) : from.ip();
    boolean later = fragment && random.nextBoolean();
    boolean more = fragment && (!later || random.nextBoolean());
    Octets options = random.nextInt(20) == 0 ? Octets.hex("01010100") : Octets.EMPTY;
    return new Ipv4Packet(
        tos(),
        random.nextInt(65_536),
        !fragment && random.nextBoolean(),
        more,
        later ? 8 * random.nextInt(1, 90) : 0,
        ttl(),
        protocol,
        source,
        (Ipv4Address) to,
        options,
        fragment ? content.octets() : content);
  }

  private Ipv6Packet ipv6(SmallTopology.Machine from, IpAddress to, int protocol, Payload content) {
    return new Ipv6Packet(
        tos(),
        random.nextInt(1 << 20),
        ttl(),
        from.ip6(),
        (Ipv6Address) to,
        protocol,
        Octets.EMPTY,
        false,
        0,
        protocol,
        content);
  }

  /** One of the same flow that has not as long to live, or is of another size. */
  Sent another(Sent packet) {
    Ethernet frame = packet.frame();
    int ttl = random.nextInt(3) > 0 ? random.nextInt(1, 5) : 64;
    Payload other =
        switch (frame.payload()) {
          case Ipv4Packet it -> it.withTtl(ttl).withPayload(resized(it.payload()));
          case Ipv6Packet it -> it.withHopLimit(ttl).withPayload(resized(it.payload()));
          default -> frame.payload();
        };
    return new Sent(packet.cable(), frame.withPayload(other), 0, false);
  }

  private Payload resized(Payload payload) {
    Octets data = data(random.nextInt(1400));
    return switch (payload) {
      case TcpSegment it -> TcpSegment.of(it.source(), it.destination(), TcpSegment.ACK, data);
      case UdpDatagram it -> new UdpDatagram(it.source(), it.destination(), data);
      case IcmpMessage it -> it.withBody(data);
      default -> payload;
    };
  }

  /** What a machine may answer to a frame that it got; null to what has no answer. */
  @Nullable Ethernet answer(Ethernet got) {
    Ethernet back = got.withAddresses(got.source(), got.destination());
    return switch (got.payload()) {
      case Arp it when it.operation() == Arp.REQUEST -> answer(got, it);
      case Ipv4Packet it when !it.isFragment() && !got.destination().isMulticast() -> {
        Payload answer = random.nextInt(8) == 0 ? unreachable(it) : transport(it.payload());
        yield answer == null
            ? null
            : back.withPayload(
                new Ipv4Packet(
                    0,
                    7,
                    false,
                    false,
                    0,
                    64,
                    answer instanceof IcmpMessage ? 1 : it.protocol(),
                    /* source= */ it.destination(),
                    /* destination= */ it.source(),
                    Octets.EMPTY,
                    answer));
      }
      case Ipv6Packet it when !got.destination().isMulticast() -> {
        Payload answer = transport(it.payload());
        yield answer == null
            ? null
            : back.withPayload(
                Ipv6Packet.of(
                    /* source= */ it.destination(),
                    /* destination= */ it.source(),
                    it.protocol(),
                    answer));
      }
      default -> null;
    };
  }

  private @Nullable Ethernet answer(Ethernet got, Arp question) {
    for (SmallTopology.Machine machine : machines) {
      if (machine.ip().equals(question.target())) {
        return got.withAddresses(got.source(), machine.mac())
            .withPayload(question.reply(machine.mac()));
      }
    }
    return null;
  }

  private static IcmpMessage unreachable(Ipv4Packet it) {
    Octets whole = it.octets();
    Octets quoted = whole.slice(0, Math.min(whole.length(), 28 + it.options().length()));
    return new IcmpMessage(IcmpMessage.UNREACHABLE, IcmpMessage.PORT_UNREACHABLE, 0, quoted);
  }

  private @Nullable Payload transport(Payload got) {
    return switch (got) {
      case TcpSegment it ->
          TcpSegment.of(
              /* source= */ it.destination(),
              /* destination= */ it.source(),
              TcpSegment.SYN | TcpSegment.ACK,
              data(10));
      case UdpDatagram it ->
          new UdpDatagram(/* source= */ it.destination(), /* destination= */ it.source(), data(30));
      case IcmpMessage it when it.type() == IcmpMessage.ECHO_REQUEST ->
          new IcmpMessage(IcmpMessage.ECHO_REPLY, 0, it.rest(), data(40));
      case IcmpMessage it when it.type() == IcmpMessage.V6_ECHO_REQUEST ->
          new IcmpMessage(IcmpMessage.V6_ECHO_REPLY, 0, it.rest(), data(40));
      default -> null;
    };
  }
}
