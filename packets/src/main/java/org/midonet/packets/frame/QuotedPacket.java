package org.midonet.packets.frame;

import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpProtocol;

/**
 * The beginning of the packet that an ICMP error is about: its IP header and at least eight octets
 * of its payload (RFC 1122 section 3.2.2). Immutable, safe to share.
 *
 * @param sourcePort of TCP, UDP, SCTP and the like; of an ICMP echo the identifier; else 0
 * @param destinationPort likewise
 * @param payloadAt where the transport header begins, -1 when it is not there
 */
public record QuotedPacket(
    IpAddress source,
    IpAddress destination,
    int protocol,
    int sourcePort,
    int destinationPort,
    int payloadAt,
    Octets octets) {
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int TCP = IpProtocol.TCP.number();
  private static final int UDP = IpProtocol.UDP.number();
  private static final int ICMP = IpProtocol.ICMP.number();
  private static final int ICMPV6 = IpProtocol.ICMPV6.number();

  /** Reads the body of an ICMP error; null when it quotes no IP header. */
  public static @Nullable QuotedPacket parse(Octets octets) {
    if (!octets.has(0, 1)) {
      return null;
    }
    return switch (octets.u8(0) >>> 4) {
      case 4 -> octets.has(0, IPV4_HEADER) ? ipv4(octets) : null;
      case 6 -> octets.has(0, IPV6_HEADER) ? ipv6(octets) : null;
      default -> null;
    };
  }

  private static @Nullable QuotedPacket ipv4(Octets octets) {
    int header = (octets.u8(0) & 0xf) * 4;
    if (header < IPV4_HEADER || !octets.has(0, header)) {
      return null;
    }
    boolean later = (octets.u16(6) & 0x1fff) != 0;
    return of(octets.ipv4(12), octets.ipv4(16), octets.u8(9), later ? -1 : header, octets);
  }

  private static QuotedPacket ipv6(Octets octets) {
    return of(octets.ipv6(8), octets.ipv6(24), octets.u8(6), IPV6_HEADER, octets);
  }

  private static QuotedPacket of(
      IpAddress source, IpAddress destination, int protocol, int at, Octets octets) {
    if (at < 0 || !octets.has(at, 8)) {
      return new QuotedPacket(source, destination, protocol, 0, 0, -1, octets);
    }
    if (protocol == ICMP || protocol == ICMPV6) {
      int id = isEcho(protocol, octets.u8(at)) ? octets.u16(at + 4) : 0;
      return new QuotedPacket(source, destination, protocol, id, id, at, octets);
    }
    boolean ports = new IpProtocol(protocol).hasPorts();
    return new QuotedPacket(
        source,
        destination,
        protocol,
        ports ? octets.u16(at) : 0,
        ports ? octets.u16(at + 2) : 0,
        at,
        octets);
  }

  private static boolean isEcho(int protocol, int type) {
    return protocol == ICMP ? type == 8 || type == 0 : type == 128 || type == 129;
  }

  /** The same packet with another source; its checksums stay as right or wrong as they were. */
  public QuotedPacket withSource(IpAddress address, int port) {
    return with(address, destination, port, destinationPort);
  }

  /** The same packet with another destination. */
  public QuotedPacket withDestination(IpAddress address, int port) {
    return with(source, address, sourcePort, port);
  }

  private QuotedPacket with(IpAddress from, IpAddress to, int fromPort, int toPort) {
    byte[] out = octets.toBytes();
    boolean v4 = source.version() == 4;
    Wire.address(out, v4 ? 12 : 8, from);
    Wire.address(out, v4 ? 16 : 24, to);
    if (v4) {
      Wire.u16(out, 10, 0);
      Wire.u16(out, 10, Checksum.fold(Checksum.sum(out, 0, (out[0] & 0xf) * 4)));
    }
    if (payloadAt >= 0) {
      boolean icmp = protocol == ICMP || protocol == ICMPV6;
      if (icmp && isEcho(protocol, octets.u8(payloadAt))) {
        Wire.u16(out, payloadAt + 4, fromPort == sourcePort ? toPort : fromPort);
      } else if (!icmp && new IpProtocol(protocol).hasPorts()) {
        Wire.u16(out, payloadAt, fromPort);
        Wire.u16(out, payloadAt + 2, toPort);
      }
      updateChecksum(out, from, to);
    }
    return of(from, to, protocol, payloadAt, Octets.wrap(out));
  }

  private void updateChecksum(byte[] out, IpAddress from, IpAddress to) {
    int at = payloadAt + checksumOffset();
    if (checksumOffset() < 0 || at + 2 > out.length) {
      return;
    }
    int old = octets.u16(at);
    if (protocol == UDP && old == 0) {
      return;
    }
    int ports = protocol == ICMP || protocol == ICMPV6 ? payloadAt + 4 : payloadAt;
    long before = octets.slice(ports, ports + 4).sum();
    long after = Checksum.sum(out, ports, 4);
    if (protocol != ICMP) {
      before += Checksum.sum(source) + Checksum.sum(destination);
      after += Checksum.sum(from) + Checksum.sum(to);
    }
    Wire.u16(out, at, Checksum.update(old, before, after));
  }

  private int checksumOffset() {
    if (protocol == TCP) {
      return 16;
    }
    if (protocol == UDP) {
      return 6;
    }
    return protocol == ICMP || protocol == ICMPV6 ? 2 : -1;
  }
}
