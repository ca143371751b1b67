package org.midonet.packets.frame;

/**
 * A payload of IP whose checksum may cover the addresses of the IP header. Immutable, safe to
 * share.
 */
public sealed interface Transport extends Payload permits TcpSegment, UdpDatagram, IcmpMessage {

  /**
   * Writes the octets with a checksum over them and the pseudo-header.
   *
   * @param pseudoSum the sum of the pseudo-header by {@link Checksum}
   */
  void write(byte[] out, int at, long pseudoSum);

  /** Writes the octets with a checksum that covers no pseudo-header. */
  @Override
  default void write(byte[] out, int at) {
    write(out, at, 0);
  }
}
