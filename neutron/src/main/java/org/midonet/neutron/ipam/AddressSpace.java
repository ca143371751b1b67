package org.midonet.neutron.ipam;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpRange;

/** The addresses of a subnet's allocation pools as one row of numbers; immutable. */
final class AddressSpace {
  /**
   * Random choice is among the first so many addresses, so that IPv6 addresses stay short to write.
   */
  private static final BigInteger WINDOW = BigInteger.ONE.shiftLeft(20);

  private final List<IpRange> pools;
  private final BigInteger size;

  AddressSpace(List<IpRange> pools) {
    this.pools = pools;
    this.size = pools.stream().map(IpRange::size).reduce(BigInteger.ZERO, BigInteger::add);
  }

  boolean isEmpty() {
    return pools.isEmpty();
  }

  /** Any address, evenly among the first 2^20. */
  IpAddress random(RandomGenerator random) {
    return at(BigInteger.valueOf(random.nextLong(size.min(WINDOW).longValue())));
  }

  private IpAddress at(BigInteger index) {
    BigInteger rest = index;
    for (IpRange pool : pools) {
      if (rest.compareTo(pool.size()) < 0) {
        return pool.first().plus(rest);
      }
      rest = rest.subtract(pool.size());
    }
    throw new IndexOutOfBoundsException("address " + index + " of " + size);
  }

  /** All addresses in order. */
  List<IpRange> fromStart() {
    return pools;
  }

  /** All addresses in order from that one, and then from the start up to it. */
  List<IpRange> from(IpAddress start) {
    List<IpRange> later = new ArrayList<>();
    List<IpRange> earlier = new ArrayList<>();
    for (IpRange pool : pools) {
      if (pool.contains(start)) {
        later.add(new IpRange(start, pool.last()));
        if (!pool.first().equals(start)) {
          earlier.add(new IpRange(pool.first(), start.plus(-1)));
        }
      } else {
        (pool.first().compareTo(start) < 0 ? earlier : later).add(pool);
      }
    }
    later.addAll(earlier);
    return later;
  }
}
