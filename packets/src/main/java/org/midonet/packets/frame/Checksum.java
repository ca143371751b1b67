package org.midonet.packets.frame;

import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;

/**
 * The Internet checksum (RFC 1071): the complement of the ones' complement sum of 16-bit words.
 * Stateless.
 *
 * <p>Sums are kept unfolded in a {@code long} and may be added up.
 */
public final class Checksum {
  private Checksum() {}

  /** The sum of octets in network order; an odd last one counts as if a zero followed. */
  public static long sum(byte[] octets, int from, int length) {
    long sum = 0;
    int end = from + length;
    int i = from;
    for (; i + 1 < end; i += 2) {
      sum += ((octets[i] & 0xff) << 8) | (octets[i + 1] & 0xff);
    }
    return i < end ? sum + ((octets[i] & 0xff) << 8) : sum;
  }

  /** The sum of the pseudo-header of a transport protocol (RFC 9293 section 3.1, RFC 8200 8.1). */
  public static long pseudo(IpAddress source, IpAddress destination, int protocol, int length) {
    return sum(source) + sum(destination) + protocol + (length >>> 16) + (length & 0xffff);
  }

  /** The sum of an address. */
  static long sum(IpAddress address) {
    return switch (address) {
      case Ipv4Address v4 -> (v4.bits() >>> 16) + (v4.bits() & 0xffff);
      case Ipv6Address v6 -> sum(v6.high()) + sum(v6.low());
    };
  }

  private static long sum(long bits) {
    return (bits >>> 48) + (bits >>> 32 & 0xffff) + (bits >>> 16 & 0xffff) + (bits & 0xffff);
  }

  /** The checksum of a sum, 16 bits. */
  public static int fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded >>> 16) + (folded & 0xffff);
    }
    return (int) ~folded & 0xffff;
  }

  /**
   * The checksum after some of what it covers was replaced (RFC 1624).
   *
   * @param before the sum of what was there
   * @param after the sum of what is there now
   */
  public static int update(int checksum, long before, long after) {
    long folded = before;
    while (folded >>> 16 != 0) {
      folded = (folded >>> 16) + (folded & 0xffff);
    }
    return fold((~checksum & 0xffff) + (~folded & 0xffff) + after);
  }
}
