package org.midonet.packets.frame;

import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * An ARP packet for IPv4 over Ethernet (RFC 826). Immutable, safe to share.
 *
 * @param operation {@link #REQUEST}, {@link #REPLY} or another one
 */
public record Arp(
    int operation, Mac senderMac, Ipv4Address sender, Mac targetMac, Ipv4Address target)
    implements Payload {
  public static final int REQUEST = 1;
  public static final int REPLY = 2;

  private static final int LENGTH = 28;

  /** Who has the target? */
  public static Arp request(Mac senderMac, Ipv4Address sender, Ipv4Address target) {
    return new Arp(REQUEST, senderMac, sender, Mac.ZERO, target);
  }

  /** The answer to a request: its target is at this MAC. */
  public Arp reply(Mac mac) {
    return new Arp(
        REPLY,
        /* senderMac= */ mac,
        /* sender= */ target,
        /* targetMac= */ senderMac,
        /* target= */ sender);
  }

  /** The packet, or the octets where they are no ARP for IPv4 over Ethernet. */
  static Payload parse(Octets octets) {
    boolean known =
        octets.has(0, LENGTH)
            && octets.u16(0) == 1
            && octets.u16(2) == Ethernet.IPV4
            && octets.u16(4) == 0x0604;
    return known
        ? new Arp(octets.u16(6), octets.mac(8), octets.ipv4(14), octets.mac(18), octets.ipv4(24))
        : octets;
  }

  /** Whether the sender tells of itself: sender and target are the same address (RFC 5227). */
  public boolean isGratuitous() {
    return sender.equals(target);
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public void write(byte[] out, int at) {
    Wire.u16(out, at, 1);
    Wire.u16(out, at + 2, Ethernet.IPV4);
    Wire.u16(out, at + 4, 0x0604);
    Wire.u16(out, at + 6, operation);
    Wire.mac(out, at + 8, senderMac);
    Wire.address(out, at + 14, sender);
    Wire.mac(out, at + 18, targetMac);
    Wire.address(out, at + 24, target);
  }
}
