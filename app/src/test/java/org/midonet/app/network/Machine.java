package org.midonet.app.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.NeighbourMessage;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.Payload;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;

/**
 * A machine with a small IP stack: it resolves neighbours, answers echoes, accepts TCP and returns
 * UDP on every port, and remembers what it got. For one thread.
 */
final class Machine {
  private final Site site;
  private final UUID port;
  private final Mac mac;
  private final List<IpAddress> addresses;
  private final Map<IpAddress, Mac> neighbours = new HashMap<>();
  private final List<Ethernet> received = new ArrayList<>();
  private Cidr link4 = Cidr.parse("0.0.0.0/0");
  private Cidr link6 = Cidr.parse("::/0");
  private @Nullable IpAddress gateway4;
  private @Nullable IpAddress gateway6;

  Machine(Site site, UUID port, Mac mac, List<String> addresses) {
    this.site = site;
    this.port = port;
    this.mac = mac;
    this.addresses = addresses.stream().map(IpAddress::parse).toList();
  }

  /** What is beyond the prefix it sends to the gateway. */
  Machine route(String prefix, String gateway) {
    Cidr link = Cidr.parse(prefix);
    if (link.version() == 4) {
      link4 = link;
      gateway4 = IpAddress.parse(gateway);
    } else {
      link6 = link;
      gateway6 = IpAddress.parse(gateway);
    }
    return this;
  }

  UUID port() {
    return port;
  }

  Mac mac() {
    return mac;
  }

  IpAddress address(int version) {
    return addresses.stream().filter(it -> it.version() == version).findFirst().orElseThrow();
  }

  /** What came in, answers to its own questions for neighbours left out. */
  List<Ethernet> received() {
    return received;
  }

  List<Ethernet> receive(Ethernet frame) {
    if (!frame.destination().equals(mac) && !frame.destination().isMulticast()) {
      return List.of();
    }
    return switch (frame.payload()) {
      case Arp arp -> arp(arp);
      case Ipv4Packet packet -> {
        received.add(frame);
        yield addresses.contains(packet.destination())
            ? answer(frame, packet.destination(), packet.source(), packet.payload())
            : List.of();
      }
      case Ipv6Packet packet -> {
        NeighbourMessage message =
            packet.payload() instanceof IcmpMessage icmp ? NeighbourMessage.parse(icmp) : null;
        if (message != null) {
          yield neighbour(frame, packet, message);
        }
        received.add(frame);
        yield addresses.contains(packet.destination())
            ? answer(frame, packet.destination(), packet.source(), packet.payload())
            : List.of();
      }
      default -> {
        received.add(frame);
        yield List.of();
      }
    };
  }

  private List<Ethernet> arp(Arp arp) {
    neighbours.put(arp.sender(), arp.senderMac());
    boolean asked = arp.operation() == Arp.REQUEST && addresses.contains(arp.target());
    return asked ? List.of(Ethernet.of(arp.senderMac(), mac, arp.reply(mac))) : List.of();
  }

  private List<Ethernet> neighbour(Ethernet frame, Ipv6Packet packet, NeighbourMessage message) {
    switch (message) {
      case NeighbourMessage.Advertisement it -> {
        if (it.targetMac() != null) {
          neighbours.put(it.target(), it.targetMac());
        }
      }
      case NeighbourMessage.Solicitation it -> {
        if (addresses.contains(it.target())) {
          Ipv6Packet reply =
              new NeighbourMessage.Advertisement(it.target(), false, true, true, mac)
                  .packet(it.target(), packet.source());
          return List.of(Ethernet.of(frame.source(), mac, reply));
        }
      }
      case NeighbourMessage.RouterAdvertisement it -> received.add(frame);
      case NeighbourMessage.RouterSolicitation it -> {}
    }
    return List.of();
  }

  private List<Ethernet> answer(Ethernet frame, IpAddress own, IpAddress peer, Payload payload) {
    Payload reply =
        switch (payload) {
          case IcmpMessage it when it.type() == 8 -> new IcmpMessage(0, 0, it.rest(), it.body());
          case IcmpMessage it when it.type() == 128 ->
              new IcmpMessage(129, 0, it.rest(), it.body());
          case TcpSegment it when it.flags() == TcpSegment.SYN ->
              TcpSegment.of(0, 0, TcpSegment.SYN | TcpSegment.ACK, Octets.EMPTY)
                  .withPorts(it.destination(), it.source());
          case UdpDatagram it when it.data().equals(Octets.ascii("question")) ->
              new UdpDatagram(0, 0, Octets.ascii("answer"))
                  .withPorts(it.destination(), it.source());
          default -> null;
        };
    return reply == null ? List.of() : List.of(frame(frame.source(), own, peer, reply));
  }

  private Ethernet frame(Mac to, IpAddress from, IpAddress destination, Payload payload) {
    int protocol =
        switch (payload) {
          case TcpSegment it -> 6;
          case UdpDatagram it -> 17;
          default -> from.version() == 4 ? 1 : 58;
        };
    return from instanceof Ipv4Address source && destination instanceof Ipv4Address target
        ? Ethernet.of(to, mac, Ipv4Packet.of(source, target, protocol, payload))
        : Ethernet.of(
            to,
            mac,
            Ipv6Packet.of((Ipv6Address) from, (Ipv6Address) destination, protocol, payload));
  }

  /** Sends a packet to where its routes lead, after asking for the next hop's MAC. */
  List<Site.Delivery> send(String destination, Payload payload) {
    return send(IpAddress.parse(destination), payload, 64);
  }

  List<Site.Delivery> send(IpAddress destination, Payload payload, int ttl) {
    Mac next = resolve(destination);
    if (next == null) {
      return List.of();
    }
    Ethernet frame = frame(next, address(destination.version()), destination, payload);
    Payload packet =
        switch (frame.payload()) {
          case Ipv4Packet it -> it.withTtl(ttl);
          case Ipv6Packet it -> it.withHopLimit(ttl);
          default -> throw new AssertionError(frame);
        };
    return site.exchange(port, frame.withPayload(packet));
  }

  /** The frame that would carry a payload, for tests that change it. */
  Ethernet frameTo(String destination, Payload payload) {
    IpAddress to = IpAddress.parse(destination);
    Mac next = resolve(to);
    if (next == null) {
      throw new AssertionError("nobody has " + destination);
    }
    return frame(next, address(to.version()), to, payload);
  }

  @Nullable Mac resolve(IpAddress destination) {
    boolean v4 = destination.version() == 4;
    IpAddress gateway = v4 ? gateway4 : gateway6;
    boolean beyond = gateway != null && !(v4 ? link4 : link6).contains(destination);
    IpAddress nextHop = beyond && gateway != null ? gateway : destination;
    if (!neighbours.containsKey(nextHop)) {
      ask(nextHop);
    }
    return neighbours.get(nextHop);
  }

  private void ask(IpAddress address) {
    switch (address) {
      case Ipv4Address target ->
          site.exchange(
              port,
              Ethernet.of(Mac.BROADCAST, mac, Arp.request(mac, (Ipv4Address) address(4), target)));
      case Ipv6Address target -> {
        Ipv6Address group = NeighbourMessage.solicitedNode(target);
        site.exchange(
            port,
            Ethernet.of(
                NeighbourMessage.multicastMac(group),
                mac,
                new NeighbourMessage.Solicitation(target, mac)
                    .packet((Ipv6Address) address(6), group)));
      }
    }
  }

  /** Whether an echo comes back. */
  boolean ping(String destination) {
    IpAddress to = IpAddress.parse(destination);
    boolean v4 = to.version() == 4;
    received.clear();
    send(destination, IcmpMessage.echo(v4 ? 8 : 128, 0x77, 1, Octets.ascii("ping")));
    return received.stream().anyMatch(frame -> isEchoReply(frame, to));
  }

  private static boolean isEchoReply(Ethernet frame, IpAddress from) {
    return switch (frame.payload()) {
      case Ipv4Packet it ->
          it.source().equals(from)
              && it.payload() instanceof IcmpMessage icmp
              && icmp.type() == 0
              && icmp.identifier() == 0x77;
      case Ipv6Packet it ->
          it.source().equals(from)
              && it.payload() instanceof IcmpMessage icmp
              && icmp.type() == 129;
      default -> false;
    };
  }

  /** Whether a TCP connection is accepted. */
  boolean connect(String destination, int destinationPort) {
    received.clear();
    send(destination, TcpSegment.of(40000, destinationPort, TcpSegment.SYN, Octets.EMPTY));
    return received.stream()
        .anyMatch(frame ->
            payload(frame) instanceof TcpSegment tcp
                && tcp.flags() == (TcpSegment.SYN | TcpSegment.ACK)
                && tcp.source() == destinationPort
                && tcp.destination() == 40000
                && source(frame).equals(IpAddress.parse(destination)));
  }

  static @Nullable Payload payload(Ethernet frame) {
    return switch (frame.payload()) {
      case Ipv4Packet it -> it.payload();
      case Ipv6Packet it -> it.payload();
      default -> null;
    };
  }

  static IpAddress source(Ethernet frame) {
    return switch (frame.payload()) {
      case Ipv4Packet it -> it.source();
      case Ipv6Packet it -> it.source();
      default -> throw new AssertionError(frame);
    };
  }

  /** Sends a question by UDP, and whether the answer comes. */
  boolean asks(String destination, int destinationPort) {
    received.clear();
    send(destination, new UdpDatagram(41000, destinationPort, Octets.ascii("question")));
    return received.stream()
        .anyMatch(frame ->
            payload(frame) instanceof UdpDatagram udp
                && udp.data().equals(Octets.ascii("answer"))
                && udp.destination() == 41000);
  }
}
