package org.midonet.agent.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpProtocol;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Checksum;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.Payload;
import org.midonet.packets.frame.QuotedPacket;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.packets.frame.VlanTag;

/**
 * What becomes of a packet's headers on its way; null and -1 for what stays. Immutable, safe to
 * share.
 *
 * @param tags all the VLAN tags that it has then
 * @param decrementTtl by how much the TTL or hop limit goes down; a packet that has not more than
 *     that must be decided by itself
 * @param icmpId the identifier of an ICMP echo
 * @param quoted of an ICMP error: what it quotes then. A packet with this is never rewritten in the
 *     kernel.
 */
public record Rewrite(
    @Nullable Mac source,
    @Nullable Mac destination,
    @Nullable List<VlanTag> tags,
    @Nullable IpAddress nwSource,
    @Nullable IpAddress nwDestination,
    int tos,
    int decrementTtl,
    int sourcePort,
    int destinationPort,
    int icmpId,
    @Nullable QuotedPacket quoted) {
  public static final Rewrite NOTHING =
      new Rewrite(null, null, null, null, null, -1, 0, -1, -1, -1, null);

  /** What leads from some headers to others of the same packet. */
  @SuppressWarnings("ReferenceEquality") // what was not rewritten is the same object
  static Rewrite between(Headers before, Headers after) {
    boolean echo = after.isEcho();
    return new Rewrite(
        changed(before.source, after.source),
        changed(before.destination, after.destination),
        changed(before.tags, after.tags),
        changed(before.nwSource, after.nwSource),
        changed(before.nwDestination, after.nwDestination),
        before.tos == after.tos ? -1 : after.tos,
        before.ttl - after.ttl,
        echo || before.sourcePort == after.sourcePort ? -1 : after.sourcePort,
        echo || before.destinationPort == after.destinationPort ? -1 : after.destinationPort,
        echo && before.sourcePort != after.sourcePort ? after.sourcePort : -1,
        before.quoted == after.quoted ? null : after.quoted);
  }

  private static <T> @Nullable T changed(@Nullable T before, @Nullable T after) {
    return after == null || after.equals(before) ? null : after;
  }

  /** The frame with its headers rewritten, and with right checksums. */
  public Ethernet apply(Ethernet frame) {
    return new Ethernet(
        destination == null ? frame.destination() : destination,
        source == null ? frame.source() : source,
        tags == null ? frame.tags() : tags,
        frame.etherType(),
        applyTo(frame.payload()));
  }

  private Payload applyTo(Payload payload) {
    return switch (payload) {
      case Ipv4Packet it -> {
        Ipv4Address source = nwSource instanceof Ipv4Address from ? from : it.source();
        Ipv4Address destination = nwDestination instanceof Ipv4Address to ? to : it.destination();
        Payload carried =
            it.fragmentOffset() == 0 && it.payload() instanceof Octets octets
                ? summed(octets, it.protocol(), it.source(), it.destination(), source, destination)
                : transport(it.payload());
        yield it.with(
            tos < 0 ? it.tos() : tos, it.ttl() - decrementTtl, source, destination, carried);
      }
      case Ipv6Packet it -> {
        Ipv6Address source = nwSource instanceof Ipv6Address from ? from : it.source();
        Ipv6Address destination = nwDestination instanceof Ipv6Address to ? to : it.destination();
        Payload carried =
            it.fragmentOffset() == 0 && it.payload() instanceof Octets octets
                ? summed(octets, it.protocol(), it.source(), it.destination(), source, destination)
                : transport(it.payload());
        yield it.with(
            tos < 0 ? it.trafficClass() : tos,
            it.hopLimit() - decrementTtl,
            source,
            destination,
            carried);
      }
      default -> payload;
    };
  }

  /**
   * A payload that is not read, as that of a first fragment, when the addresses change that its
   * checksum covers.
   */
  private static Octets summed(
      Octets payload,
      int protocol,
      IpAddress oldSource,
      IpAddress oldDestination,
      IpAddress source,
      IpAddress destination) {
    int at = checksumAt(protocol);
    boolean isUdp = protocol == IpProtocol.UDP.number();
    if ((oldSource.equals(source) && oldDestination.equals(destination))
        || at < 0
        || !payload.has(at, 2)
        || (isUdp && payload.u16(at) == 0)) {
      return payload;
    }
    long before = Checksum.pseudo(oldSource, oldDestination, 0, 0);
    long after = Checksum.pseudo(source, destination, 0, 0);
    if (before == after) {
      return payload;
    }
    int updated = Checksum.update(payload.u16(at), before, after);
    int stored = isUdp && updated == 0 ? 0xffff : updated;
    byte[] octets = payload.toBytes();
    octets[at] = (byte) (stored >>> 8);
    octets[at + 1] = (byte) stored;
    return Octets.wrap(octets);
  }

  /** Where a transport protocol has its checksum, negative if that covers no addresses. */
  private static int checksumAt(int protocol) {
    if (protocol == IpProtocol.TCP.number()) {
      return 16;
    }
    if (protocol == IpProtocol.UDP.number()
        || protocol == IpProtocol.DCCP.number()
        || protocol == IpProtocol.UDPLITE.number()) {
      return 6;
    }
    return protocol == IpProtocol.ICMPV6.number() ? 2 : -1;
  }

  private Payload transport(Payload payload) {
    return switch (payload) {
      case TcpSegment it ->
          it.withPorts(
              sourcePort < 0 ? it.source() : sourcePort,
              destinationPort < 0 ? it.destination() : destinationPort);
      case UdpDatagram it ->
          it.withPorts(
              sourcePort < 0 ? it.source() : sourcePort,
              destinationPort < 0 ? it.destination() : destinationPort);
      case IcmpMessage it -> {
        IcmpMessage icmp = icmpId < 0 ? it : it.withIdentifier(icmpId);
        yield quoted == null ? icmp : icmp.withBody(quoted.octets());
      }
      case Octets it -> it;
      default -> payload;
    };
  }
}
