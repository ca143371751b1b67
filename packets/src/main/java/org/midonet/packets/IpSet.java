package org.midonet.packets;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A set of addresses, kept as the fewest ranges that cover it. Immutable, safe to share.
 *
 * <p>Operations on two sets take time in proportion to their ranges, never to their addresses. This
 * is the arithmetic of subnet pools: prefixes of the pool, minus the subnets taken from it.
 */
public final class IpSet {
  public static final IpSet EMPTY = new IpSet(List.of());

  /** Sorted; no two touch. */
  private final List<IpRange> ranges;

  private IpSet(List<IpRange> ranges) {
    this.ranges = ranges;
  }

  public static IpSet ofRanges(Collection<IpRange> ranges) {
    IpRange[] sorted = ranges.toArray(IpRange[]::new);
    Arrays.sort(sorted);
    List<IpRange> merged = new ArrayList<>(sorted.length);
    for (IpRange range : sorted) {
      Optional<IpRange> joined =
          merged.isEmpty() ? Optional.empty() : merged.getLast().merge(range);
      if (joined.isPresent()) {
        merged.set(merged.size() - 1, joined.get());
      } else {
        merged.add(range);
      }
    }
    return new IpSet(List.copyOf(merged));
  }

  public static IpSet ofCidrs(Collection<Cidr> cidrs) {
    return ofRanges(cidrs.stream().map(Cidr::range).toList());
  }

  public static IpSet of(Cidr... cidrs) {
    return ofCidrs(Arrays.asList(cidrs));
  }

  /** The fewest ranges that cover the set, in order. */
  public List<IpRange> ranges() {
    return ranges;
  }

  /** The fewest prefixes that cover the set, in order. */
  public List<Cidr> cidrs() {
    return ranges.stream().flatMap(range -> range.cidrs().stream()).toList();
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** The number of addresses. */
  public BigInteger size() {
    BigInteger size = BigInteger.ZERO;
    for (IpRange range : ranges) {
      size = size.add(range.size());
    }
    return size;
  }

  public boolean contains(IpAddress address) {
    return contains(IpRange.of(address));
  }

  public boolean contains(Cidr cidr) {
    return contains(cidr.range());
  }

  /** Whether every address of the range is in the set. */
  public boolean contains(IpRange range) {
    int at = lastStartingAtOrBefore(range.first());
    return at >= 0 && ranges.get(at).contains(range);
  }

  /** Whether any address of the range is in the set. */
  public boolean overlaps(IpRange range) {
    int at = lastStartingAtOrBefore(range.last());
    return at >= 0 && ranges.get(at).overlaps(range);
  }

  private int lastStartingAtOrBefore(IpAddress address) {
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (ranges.get(middle).first().compareTo(address) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  public IpSet union(IpSet other) {
    List<IpRange> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return ofRanges(all);
  }

  public IpSet subtract(IpSet other) {
    List<IpRange> left = new ArrayList<>();
    int skip = 0;
    for (IpRange range : ranges) {
      while (skip < other.ranges.size() && isBefore(other.ranges.get(skip), range)) {
        skip++;
      }
      subtractFrom(range, other.ranges, skip, left);
    }
    return new IpSet(List.copyOf(left));
  }

  /**
   * Cuts the ranges that start at {@code from} and reach into one range out of it; what remains
   * goes to {@code left}.
   */
  private static void subtractFrom(
      IpRange range, List<IpRange> cuts, int from, List<IpRange> left) {
    IpRange rest = range;
    for (int i = from; i < cuts.size() && cuts.get(i).overlaps(rest); i++) {
      IpRange cut = cuts.get(i);
      if (rest.first().compareTo(cut.first()) < 0) {
        left.add(new IpRange(rest.first(), cut.first().plus(-1)));
      }
      if (cut.last().compareTo(rest.last()) >= 0) {
        return;
      }
      rest = new IpRange(cut.last().plus(1), rest.last());
    }
    left.add(rest);
  }

  private static boolean isBefore(IpRange range, IpRange other) {
    return range.last().compareTo(other.first()) < 0;
  }

  public IpSet intersect(IpSet other) {
    return subtract(subtract(other));
  }

  /**
   * The largest prefix inside the set, the first of them if there are several; empty for an empty
   * set.
   */
  public Optional<Cidr> largestPrefix() {
    Cidr largest = null;
    for (Cidr cidr : cidrs()) {
      if (largest == null || cidr.prefixLength() < largest.prefixLength()) {
        largest = cidr;
      }
    }
    return Optional.ofNullable(largest);
  }

  /**
   * The prefix of a length to allocate next: from the smallest free prefix that holds it, the first
   * of them if there are several, so that large prefixes stay whole. This is the choice Neutron's
   * subnet pools make; empty when none is large enough.
   */
  public Optional<Cidr> bestFit(int prefixLength) {
    Cidr best = null;
    for (Cidr cidr : cidrs()) {
      if (cidr.prefixLength() <= prefixLength
          && (best == null || cidr.prefixLength() > best.prefixLength())) {
        best = cidr;
      }
    }
    return Optional.ofNullable(best).map(cidr -> cidr.firstSubnet(prefixLength));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpSet set && ranges.equals(set.ranges);
  }

  @Override
  public int hashCode() {
    return ranges.hashCode();
  }

  @Override
  public String toString() {
    return cidrs().toString();
  }
}
