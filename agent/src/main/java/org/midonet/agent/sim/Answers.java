package org.midonet.agent.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.Payload;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;

/** Makes the packets that a receiver may answer with. Stateless. */
final class Answers {
  private Answers() {}

  /** An answer without content, null to what has no answer of its own. */
  static @Nullable Ethernet to(Ethernet frame) {
    if (frame.destination().isMulticast()) {
      return null;
    }
    return switch (frame.payload()) {
      case Ipv4Packet it when !it.isFragment() -> {
        Payload transport = transport(it.payload());
        yield transport == null
            ? null
            : back(frame, it.with(it.tos(), 64, it.destination(), it.source(), transport));
      }
      case Ipv6Packet it when !it.fragment() -> {
        Payload transport = transport(it.payload());
        yield transport == null
            ? null
            : back(frame, it.with(it.trafficClass(), 64, it.destination(), it.source(), transport));
      }
      default -> null;
    };
  }

  private static Ethernet back(Ethernet frame, Payload packet) {
    return frame.withPayload(packet).withAddresses(frame.source(), frame.destination());
  }

  private static @Nullable Payload transport(Payload payload) {
    return switch (payload) {
      case TcpSegment it ->
          TcpSegment.of(0, 0, TcpSegment.SYN | TcpSegment.ACK, Octets.EMPTY)
              .withPorts(it.destination(), it.source());
      case UdpDatagram it ->
          new UdpDatagram(0, 0, Octets.EMPTY).withPorts(it.destination(), it.source());
      case IcmpMessage it -> echo(it);
      default -> null;
    };
  }

  private static @Nullable IcmpMessage echo(IcmpMessage message) {
    List<Integer> types =
        List.of(
            IcmpMessage.ECHO_REQUEST,
            IcmpMessage.ECHO_REPLY,
            IcmpMessage.V6_ECHO_REQUEST,
            IcmpMessage.V6_ECHO_REPLY);
    int index = types.indexOf(message.type());
    return index < 0
        ? null
        : new IcmpMessage(types.get(index ^ 1), 0, message.rest(), Octets.EMPTY);
  }
}
