package org.midonet.packets.frame;

/**
 * A TCP segment (RFC 9293). Immutable, safe to share.
 *
 * @param flags the low 8 bits: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32
 * @param options with their padding, a multiple of four octets
 */
public record TcpSegment(
    int source,
    int destination,
    int sequence,
    int acknowledgment,
    int flags,
    int window,
    int urgent,
    Octets options,
    Octets data)
    implements Transport {
  public static final int FIN = 1;
  public static final int SYN = 2;
  public static final int RST = 4;
  public static final int ACK = 16;

  private static final int HEADER = 20;

  /** A segment without options. */
  public static TcpSegment of(int source, int destination, int flags, Octets data) {
    return new TcpSegment(source, destination, 0, 0, flags, 65535, 0, Octets.EMPTY, data);
  }

  static Payload parse(Octets octets) {
    if (!octets.has(0, HEADER)) {
      return octets;
    }
    int header = (octets.u8(12) >>> 4) * 4;
    // The reserved bits have no place here; a segment that sets them stays as it is.
    if (header < HEADER || !octets.has(0, header) || (octets.u8(12) & 0xf) != 0) {
      return octets;
    }
    return new TcpSegment(
        octets.u16(0),
        octets.u16(2),
        octets.i32(4),
        octets.i32(8),
        octets.u8(13),
        octets.u16(14),
        octets.u16(18),
        octets.slice(HEADER, header),
        octets.from(header));
  }

  @Override
  public int length() {
    return HEADER + options.length() + data.length();
  }

  @Override
  public void write(byte[] out, int at, long pseudoSum) {
    int header = HEADER + options.length();
    Wire.u16(out, at, source);
    Wire.u16(out, at + 2, destination);
    Wire.i32(out, at + 4, sequence);
    Wire.i32(out, at + 8, acknowledgment);
    Wire.u8(out, at + 12, (header / 4) << 4);
    Wire.u8(out, at + 13, flags);
    Wire.u16(out, at + 14, window);
    Wire.u16(out, at + 16, 0);
    Wire.u16(out, at + 18, urgent);
    options.write(out, at + HEADER);
    data.write(out, at + header);
    Wire.u16(out, at + 16, Checksum.fold(pseudoSum + Checksum.sum(out, at, length())));
  }

  public TcpSegment withPorts(int from, int to) {
    return new TcpSegment(from, to, sequence, acknowledgment, flags, window, urgent, options, data);
  }
}
