package org.midonet.agent.trace;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.StateTable;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpProtocol;
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
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * The frame that a machine would send, as Neutron told it to: from its own addresses, to the
 * gateway of its subnet unless the destination is a neighbour. Stateless.
 */
final class Probe {
  private static final int SOURCE_PORT = 49_152;
  private static final int IDENTIFIER = 1;

  private Probe() {}

  /**
   * Makes the frame.
   *
   * @throws IllegalArgumentException if the machine could not send one; the message says why
   */
  static Ethernet frame(Topology topology, Question question) {
    NeutronObject port = topology.find(ObjectType.NEUTRON_PORT, question.from());
    String mac = port == null ? null : port.text("mac_address");
    if (port == null || mac == null) {
      throw new IllegalArgumentException("there is no port " + question.from());
    }
    UUID network = Objects.requireNonNull(port.uuid("network_id"));
    NeutronObject subnet = null;
    IpAddress source = null;
    for (Map<?, ?> fixed : fixedIps(port)) {
      IpAddress address = IpAddress.parse(String.valueOf(fixed.get("ip_address")));
      if (source == null && address.version() == question.to().version()) {
        source = address;
        subnet =
            topology.find(
                ObjectType.NEUTRON_SUBNET, UUID.fromString(String.valueOf(fixed.get("subnet_id"))));
      }
    }
    if (source == null) {
      throw new IllegalArgumentException(
          "port " + question.from() + " has no IPv" + question.to().version() + " address");
    }
    Mac next = mac(topology, network, nextHop(subnet, question.to()));
    return frame(Mac.parse(mac), next, source, question);
  }

  private static List<Map<?, ?>> fixedIps(NeutronObject port) {
    return port.get("fixed_ips") instanceof List<?> all
        ? all.stream().<Map<?, ?>>map(one -> (Map<?, ?>) one).toList()
        : List.of();
  }

  private static IpAddress nextHop(@Nullable NeutronObject subnet, IpAddress to) {
    String cidr = subnet == null ? null : subnet.text("cidr");
    String gateway = subnet == null ? null : subnet.text("gateway_ip");
    if (cidr == null || Cidr.parse(cidr).contains(to)) {
      return to;
    }
    if (gateway == null) {
      throw new IllegalArgumentException(
          "the machine's subnet " + cidr + " has no gateway, and " + to + " is not in it");
    }
    return IpAddress.parse(gateway);
  }

  private static Mac mac(Topology topology, UUID network, IpAddress address) {
    if (address instanceof Ipv4Address v4) {
      Mac seeded = topology.lookUp(StateTable.arps(network), v4);
      if (seeded != null) {
        return seeded;
      }
    }
    for (NeutronObject port : topology.list(ObjectType.NEUTRON_PORT)) {
      String mac = port.text("mac_address");
      boolean has =
          network.equals(port.uuid("network_id"))
              && fixedIps(port).stream()
                  .anyMatch(fixed -> address.toString().equals(fixed.get("ip_address")));
      if (has && mac != null) {
        return Mac.parse(mac);
      }
    }
    throw new IllegalArgumentException(
        "no port of the machine's network has the address "
            + address
            + ", so that its ARP requests for it would not be answered");
  }

  private static Ethernet frame(Mac from, Mac to, IpAddress source, Question question) {
    if (source instanceof Ipv4Address from4 && question.to() instanceof Ipv4Address to4) {
      return Ethernet.of(
          to, from, Ipv4Packet.of(from4, to4, protocol(question, false), payload(question, false)));
    }
    return Ethernet.of(
        to,
        from,
        Ipv6Packet.of(
            (Ipv6Address) source,
            (Ipv6Address) question.to(),
            protocol(question, true),
            payload(question, true)));
  }

  private static int protocol(Question question, boolean v6) {
    return switch (question.protocol()) {
      case ICMP -> (v6 ? IpProtocol.ICMPV6 : IpProtocol.ICMP).number();
      case TCP -> IpProtocol.TCP.number();
      case UDP -> IpProtocol.UDP.number();
    };
  }

  private static Payload payload(Question question, boolean v6) {
    return switch (question.protocol()) {
      case ICMP ->
          IcmpMessage.echo(
              v6 ? IcmpMessage.V6_ECHO_REQUEST : IcmpMessage.ECHO_REQUEST,
              IDENTIFIER,
              1,
              Octets.EMPTY);
      case TCP -> TcpSegment.of(SOURCE_PORT, question.port(), TcpSegment.SYN, Octets.EMPTY);
      case UDP -> new UdpDatagram(SOURCE_PORT, question.port(), Octets.EMPTY);
    };
  }
}
