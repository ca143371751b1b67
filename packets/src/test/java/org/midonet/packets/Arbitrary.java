package org.midonet.packets;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded values for property tests, crowded where the edges are. Not safe to share between threads.
 */
final class Arbitrary {
  private final SplittableRandom random;

  Arbitrary(long seed) {
    this.random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  Ipv4Address ipv4() {
    return new Ipv4Address((int) edgy(32));
  }

  Ipv6Address ipv6() {
    return new Ipv6Address(edgy(64), edgy(64));
  }

  IpAddress address() {
    return random.nextBoolean() ? ipv4() : ipv6();
  }

  /** Numbers of few set or few clear bits, small ones, ones near the top, and any. */
  private long edgy(int bits) {
    long all = bits == 64 ? -1L : (1L << bits) - 1;
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> all;
      case 2 -> random.nextLong(16);
      case 3 -> all - random.nextLong(16);
      case 4 -> all << random.nextInt(bits) & all;
      default -> random.nextLong() & all;
    };
  }

  Cidr cidr() {
    IpAddress address = address();
    return new Cidr(address, random.nextInt(address.width() + 1));
  }

  /** A range inside 10.0.0.0/26, small enough to check against every address. */
  IpRange smallRange() {
    int a = random.nextInt(64);
    int b = random.nextInt(64);
    Ipv4Address base = Ipv4Address.parse("10.0.0.0");
    return new IpRange(base.plus(Math.min(a, b)), base.plus(Math.max(a, b)));
  }

  /** A prefix inside 10.0.0.0/26. */
  Cidr smallCidr() {
    return new Cidr(Ipv4Address.parse("10.0.0.0").plus(random.nextInt(64)), 26 + random.nextInt(7));
  }

  List<IpRange> smallRanges() {
    List<IpRange> ranges = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      ranges.add(smallRange());
    }
    return ranges;
  }

  /** Every address of 10.0.0.0/26. */
  static List<IpAddress> smallWorld() {
    List<IpAddress> all = new ArrayList<>();
    Cidr.parse("10.0.0.0/26").range().addresses().forEach(all::add);
    return all;
  }

  static BigInteger number(long value) {
    return BigInteger.valueOf(value);
  }
}
