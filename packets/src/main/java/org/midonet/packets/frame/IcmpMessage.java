package org.midonet.packets.frame;

/**
 * An ICMP (RFC 792) or ICMPv6 (RFC 4443) message; the IP header around it tells which. Immutable,
 * safe to share.
 *
 * @param rest the 32 bits after the checksum: identifier and sequence of an echo, the MTU of a
 *     packet that is too big
 */
public record IcmpMessage(int type, int code, int rest, Octets body) implements Transport {
  public static final int ECHO_REPLY = 0;
  public static final int UNREACHABLE = 3;
  public static final int ECHO_REQUEST = 8;
  public static final int TIME_EXCEEDED = 11;

  public static final int NET_UNREACHABLE = 0;
  public static final int HOST_UNREACHABLE = 1;
  public static final int PORT_UNREACHABLE = 3;
  public static final int FRAGMENTATION_NEEDED = 4;
  public static final int PROHIBITED = 13;

  public static final int V6_UNREACHABLE = 1;
  public static final int V6_PACKET_TOO_BIG = 2;
  public static final int V6_TIME_EXCEEDED = 3;
  public static final int V6_PARAMETER_PROBLEM = 4;
  public static final int V6_ECHO_REQUEST = 128;
  public static final int V6_ECHO_REPLY = 129;

  private static final int HEADER = 8;

  /** An echo request or reply. */
  public static IcmpMessage echo(int type, int identifier, int sequence, Octets data) {
    return new IcmpMessage(type, 0, (identifier << 16) | (sequence & 0xffff), data);
  }

  static Payload parse(Octets octets) {
    return octets.has(0, HEADER)
        ? new IcmpMessage(octets.u8(0), octets.u8(1), octets.i32(4), octets.from(HEADER))
        : octets;
  }

  /** The identifier of an echo. */
  public int identifier() {
    return rest >>> 16;
  }

  public IcmpMessage withIdentifier(int identifier) {
    return new IcmpMessage(type, code, (identifier << 16) | (rest & 0xffff), body);
  }

  public IcmpMessage withBody(Octets other) {
    return new IcmpMessage(type, code, rest, other);
  }

  /** Whether a type of ICMP is an error, which quotes the packet it is about (RFC 1122 3.2.2). */
  public static boolean isError(int type) {
    return switch (type) {
      case 3, 4, 5, 11, 12 -> true;
      default -> false;
    };
  }

  /** Whether a type of ICMPv6 is an error (RFC 4443 section 2.1). */
  public static boolean isV6Error(int type) {
    return type < 128;
  }

  @Override
  public int length() {
    return HEADER + body.length();
  }

  @Override
  public void write(byte[] out, int at, long pseudoSum) {
    Wire.u8(out, at, type);
    Wire.u8(out, at + 1, code);
    Wire.u16(out, at + 2, 0);
    Wire.i32(out, at + 4, rest);
    body.write(out, at + HEADER);
    Wire.u16(out, at + 2, Checksum.fold(pseudoSum + Checksum.sum(out, at, length())));
  }
}
