package org.midonet.packets.frame;

/** A UDP datagram (RFC 768), always written with a checksum. Immutable, safe to share. */
public record UdpDatagram(int source, int destination, Octets data) implements Transport {
  private static final int HEADER = 8;

  static Payload parse(Octets octets) {
    if (!octets.has(0, HEADER) || octets.u16(4) != octets.length()) {
      return octets;
    }
    return new UdpDatagram(octets.u16(0), octets.u16(2), octets.from(HEADER));
  }

  @Override
  public int length() {
    return HEADER + data.length();
  }

  @Override
  public void write(byte[] out, int at, long pseudoSum) {
    Wire.u16(out, at, source);
    Wire.u16(out, at + 2, destination);
    Wire.u16(out, at + 4, length());
    Wire.u16(out, at + 6, 0);
    data.write(out, at + HEADER);
    int checksum = Checksum.fold(pseudoSum + Checksum.sum(out, at, length()));
    Wire.u16(out, at + 6, checksum == 0 ? 0xffff : checksum);
  }

  public UdpDatagram withPorts(int from, int to) {
    return new UdpDatagram(from, to, data);
  }
}
