package org.midonet.agent.sim;

import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;

/**
 * A prefix prepared for asking often whether it has an address. Immutable, safe to share.
 *
 * @param high mask and value of the upper 64 bits; of IPv4 all 32
 */
record Prefix(int version, long high, long highMask, long low, long lowMask) {

  static Prefix of(IpPrefix prefix) {
    int length = prefix.prefixLength();
    return switch (prefix.address()) {
      case Ipv4Address v4 -> {
        long mask = length == 0 ? 0 : -1L << (32 - length) & 0xffff_ffffL;
        yield new Prefix(4, v4.toLong() & mask, mask, 0, 0);
      }
      case Ipv6Address v6 -> {
        long upper = length == 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
        long lower = length <= 64 ? 0 : -1L << (128 - length);
        yield new Prefix(6, v6.high() & upper, upper, v6.low() & lower, lower);
      }
    };
  }

  boolean contains(@Nullable IpAddress address) {
    return switch (address) {
      case null -> false;
      case Ipv4Address v4 -> version == 4 && (v4.toLong() & highMask) == high;
      case Ipv6Address v6 ->
          version == 6 && (v6.high() & highMask) == high && (v6.low() & lowMask) == low;
    };
  }
}
