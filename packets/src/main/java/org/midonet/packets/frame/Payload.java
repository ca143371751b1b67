package org.midonet.packets.frame;

/**
 * What a header carries: a further header with its payload, or plain octets. Immutable, safe to
 * share.
 */
public sealed interface Payload permits Octets, Arp, Ipv4Packet, Ipv6Packet, Transport {

  /** The number of octets on the wire. */
  int length();

  /** Writes the octets, checksums included, from an index on. */
  void write(byte[] out, int at);

  /** The octets on the wire. */
  default Octets octets() {
    byte[] out = new byte[length()];
    write(out, 0);
    return Octets.wrap(out);
  }
}
