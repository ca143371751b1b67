package org.midonet.packets.frame;

import org.midonet.packets.Ipv4Address;

/**
 * An IPv4 packet (RFC 791). Immutable, safe to share.
 *
 * <p>Of a fragment the payload is plain octets, as its checksum covers more than it holds.
 *
 * @param tos DSCP and ECN, 8 bits
 * @param fragmentOffset in octets
 * @param protocol of the payload
 * @param options with their padding, a multiple of four octets
 */
public record Ipv4Packet(
    int tos,
    int identification,
    boolean dontFragment,
    boolean moreFragments,
    int fragmentOffset,
    int ttl,
    int protocol,
    Ipv4Address source,
    Ipv4Address destination,
    Octets options,
    Payload payload)
    implements Payload {
  private static final int HEADER = 20;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS = 0x2000;

  /** A packet that is no fragment and may be fragmented, without options, of TTL 64. */
  public static Ipv4Packet of(
      Ipv4Address source, Ipv4Address destination, int protocol, Payload payload) {
    return new Ipv4Packet(
        0, 0, false, false, 0, 64, protocol, source, destination, Octets.EMPTY, payload);
  }

  /** The packet, or the octets where they hold no whole IPv4 header. */
  static Payload parse(Octets octets) {
    if (!octets.has(0, HEADER) || octets.u8(0) >>> 4 != 4) {
      return octets;
    }
    int header = (octets.u8(0) & 0xf) * 4;
    int total = octets.u16(2);
    if (header < HEADER || total < header || !octets.has(0, header)) {
      return octets;
    }
    // A frame may be padded beyond the packet, and what was captured may end before it.
    Octets body = octets.slice(header, total);
    boolean whole = octets.has(0, total);
    int flags = octets.u16(6);
    int offset = (flags & 0x1fff) * 8;
    boolean fragment = offset != 0 || (flags & MORE_FRAGMENTS) != 0;
    int protocol = octets.u8(9);
    return new Ipv4Packet(
        octets.u8(1),
        octets.u16(4),
        (flags & DONT_FRAGMENT) != 0,
        (flags & MORE_FRAGMENTS) != 0,
        offset,
        octets.u8(8),
        protocol,
        octets.ipv4(12),
        octets.ipv4(16),
        octets.slice(HEADER, header),
        fragment || !whole ? body : Transports.parse(protocol, body));
  }

  /** Whether it is a part of a larger packet. */
  public boolean isFragment() {
    return moreFragments || fragmentOffset != 0;
  }

  @Override
  public int length() {
    return HEADER + options.length() + payload.length();
  }

  @Override
  public void write(byte[] out, int at) {
    int header = HEADER + options.length();
    Wire.u8(out, at, 0x40 | header / 4);
    Wire.u8(out, at + 1, tos);
    Wire.u16(out, at + 2, length());
    Wire.u16(out, at + 4, identification);
    int flags = (dontFragment ? DONT_FRAGMENT : 0) | (moreFragments ? MORE_FRAGMENTS : 0);
    Wire.u16(out, at + 6, flags | fragmentOffset / 8);
    Wire.u8(out, at + 8, ttl);
    Wire.u8(out, at + 9, protocol);
    Wire.u16(out, at + 10, 0);
    Wire.address(out, at + 12, source);
    Wire.address(out, at + 16, destination);
    options.write(out, at + HEADER);
    Wire.u16(out, at + 10, Checksum.fold(Checksum.sum(out, at, header)));
    Transports.write(out, at + header, source, destination, protocol, payload);
  }

  public Ipv4Packet withTtl(int other) {
    return with(tos, other, source, destination, payload);
  }

  public Ipv4Packet withPayload(Payload other) {
    return with(tos, ttl, source, destination, other);
  }

  /** The packet with other values in what is rewritten on its way. */
  public Ipv4Packet with(
      int newTos, int newTtl, Ipv4Address from, Ipv4Address to, Payload newPayload) {
    return new Ipv4Packet(
        newTos,
        identification,
        dontFragment,
        moreFragments,
        fragmentOffset,
        newTtl,
        protocol,
        from,
        to,
        options,
        newPayload);
  }
}
