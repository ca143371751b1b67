package org.midonet.packets.frame;

import org.midonet.packets.Ipv6Address;

/**
 * An IPv6 packet (RFC 8200). Immutable, safe to share.
 *
 * <p>Extension headers are kept as they are; of a fragment the payload is plain octets.
 *
 * @param nextHeader of the fixed header: the first extension header, or the payload's protocol
 * @param extensions all extension headers
 * @param fragment whether a fragment header says that this is a part of a larger packet
 * @param fragmentOffset in octets
 * @param protocol of the payload; -1 where the headers are cut short
 */
public record Ipv6Packet(
    int trafficClass,
    int flowLabel,
    int hopLimit,
    Ipv6Address source,
    Ipv6Address destination,
    int nextHeader,
    Octets extensions,
    boolean fragment,
    int fragmentOffset,
    int protocol,
    Payload payload)
    implements Payload {
  private static final int HEADER = 40;
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int OPTIONS = 60;
  private static final int MOBILITY = 135;

  /** A packet without extension headers, of hop limit 64. */
  public static Ipv6Packet of(
      Ipv6Address source, Ipv6Address destination, int protocol, Payload payload) {
    return new Ipv6Packet(
        0, 0, 64, source, destination, protocol, Octets.EMPTY, false, 0, protocol, payload);
  }

  /** The packet, or the octets where they hold no whole IPv6 header. */
  static Payload parse(Octets octets) {
    if (!octets.has(0, HEADER) || octets.u8(0) >>> 4 != 6) {
      return octets;
    }
    Octets body = octets.slice(HEADER, HEADER + octets.u16(4));
    boolean whole = octets.has(HEADER, octets.u16(4));
    int next = octets.u8(6);
    Extensions read = Extensions.read(next, body);
    boolean opaque = !whole || read.fragment || read.protocol < 0;
    Octets rest = body.from(read.length);
    return new Ipv6Packet(
        octets.u16(0) >>> 4 & 0xff,
        octets.i32(0) & 0xfffff,
        octets.u8(7),
        octets.ipv6(8),
        octets.ipv6(24),
        next,
        body.slice(0, read.length),
        read.fragment,
        read.offset,
        read.protocol,
        opaque ? rest : Transports.parse(read.protocol, rest));
  }

  /** What the extension headers say. */
  private record Extensions(int length, int protocol, boolean fragment, int offset) {
    static Extensions read(int first, Octets body) {
      int next = first;
      int at = 0;
      boolean fragment = false;
      int offset = 0;
      while (isExtension(next)) {
        if (!body.has(at, 8)) {
          return new Extensions(at, -1, fragment, offset);
        }
        if (next == FRAGMENT) {
          int word = body.u16(at + 2);
          offset = word & 0xfff8;
          fragment = offset != 0 || (word & 1) != 0;
        }
        int length = length(next, body, at);
        if (!body.has(at, length)) {
          return new Extensions(at, -1, fragment, offset);
        }
        next = body.u8(at);
        at += length;
        if (offset != 0) {
          break;
        }
      }
      return new Extensions(at, next, fragment, offset);
    }

    private static int length(int header, Octets body, int at) {
      return switch (header) {
        case FRAGMENT -> 8;
        case AUTHENTICATION -> (body.u8(at + 1) + 2) * 4;
        default -> (body.u8(at + 1) + 1) * 8;
      };
    }

    private static boolean isExtension(int header) {
      return switch (header) {
        case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, OPTIONS, MOBILITY -> true;
        default -> false;
      };
    }
  }

  @Override
  public int length() {
    return HEADER + extensions.length() + payload.length();
  }

  @Override
  public void write(byte[] out, int at) {
    Wire.i32(out, at, 6 << 28 | trafficClass << 20 | flowLabel);
    Wire.u16(out, at + 4, extensions.length() + payload.length());
    Wire.u8(out, at + 6, nextHeader);
    Wire.u8(out, at + 7, hopLimit);
    Wire.address(out, at + 8, source);
    Wire.address(out, at + 24, destination);
    extensions.write(out, at + HEADER);
    int start = at + HEADER + extensions.length();
    Transports.write(out, start, source, destination, protocol, payload);
  }

  public Ipv6Packet withHopLimit(int other) {
    return with(trafficClass, other, source, destination, payload);
  }

  public Ipv6Packet withPayload(Payload other) {
    return with(trafficClass, hopLimit, source, destination, other);
  }

  /** The packet with other values in what is rewritten on its way. */
  public Ipv6Packet with(
      int newClass, int newHopLimit, Ipv6Address from, Ipv6Address to, Payload newPayload) {
    return new Ipv6Packet(
        newClass,
        flowLabel,
        newHopLimit,
        from,
        to,
        nextHeader,
        extensions,
        fragment,
        fragmentOffset,
        protocol,
        newPayload);
  }
}
