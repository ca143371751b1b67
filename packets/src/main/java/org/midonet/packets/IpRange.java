package org.midonet.packets;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The addresses from a first to a last one, both included, as in an allocation pool. Immutable,
 * safe to share. Ranges order by first address, then by last.
 */
public record IpRange(IpAddress first, IpAddress last) implements Comparable<IpRange> {
  private static final Comparator<IpRange> ORDER =
      Comparator.comparing(IpRange::first).thenComparing(IpRange::last);

  /**
   * @throws IllegalArgumentException if the versions differ or the first address lies after the
   *     last
   */
  public IpRange {
    first.requireVersion(last);
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException("a range cannot go from " + first + " back to " + last);
    }
  }

  /** The range of one address. */
  public static IpRange of(IpAddress address) {
    return new IpRange(address, address);
  }

  public int version() {
    return first.version();
  }

  /** The number of addresses, at least one. */
  public BigInteger size() {
    return last.minus(first).add(BigInteger.ONE);
  }

  public boolean contains(IpAddress address) {
    return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
  }

  public boolean contains(IpRange other) {
    return contains(other.first) && contains(other.last);
  }

  public boolean overlaps(IpRange other) {
    return version() == other.version()
        && first.compareTo(other.last) <= 0
        && other.first.compareTo(last) <= 0;
  }

  /** The addresses in both ranges, empty when there are none. */
  public Optional<IpRange> intersect(IpRange other) {
    return overlaps(other)
        ? Optional.of(new IpRange(max(first, other.first), min(last, other.last)))
        : Optional.empty();
  }

  /** The one range that covers exactly these two, or empty when a gap lies between them. */
  public Optional<IpRange> merge(IpRange other) {
    return touches(other)
        ? Optional.of(new IpRange(min(first, other.first), max(last, other.last)))
        : Optional.empty();
  }

  /** Whether the two overlap or follow each other without a gap. */
  boolean touches(IpRange other) {
    return overlaps(other) || isJustBefore(other) || other.isJustBefore(this);
  }

  private boolean isJustBefore(IpRange other) {
    return version() == other.version() && !last.isMax() && last.plus(1).equals(other.first);
  }

  /** What is left of this range without the other: none, one or two ranges, in order. */
  public List<IpRange> subtract(IpRange other) {
    if (!overlaps(other)) {
      return List.of(this);
    }
    List<IpRange> left = new ArrayList<>(2);
    if (first.compareTo(other.first) < 0) {
      left.add(new IpRange(first, other.first.plus(-1)));
    }
    if (other.last.compareTo(last) < 0) {
      left.add(new IpRange(other.last.plus(1), last));
    }
    return List.copyOf(left);
  }

  /** The fewest prefixes that cover exactly this range, in order. */
  public List<Cidr> cidrs() {
    List<Cidr> cover = new ArrayList<>();
    IpAddress at = first;
    while (true) {
      int prefix = at.width() - at.trailingZeros();
      while (at.last(prefix).compareTo(last) > 0) {
        prefix++;
      }
      cover.add(new Cidr(at, prefix));
      IpAddress end = at.last(prefix);
      if (end.equals(last)) {
        return List.copyOf(cover);
      }
      at = end.plus(1);
    }
  }

  /** Every address in order; take care with IPv6, whose ranges may be too long to walk. */
  public Iterable<IpAddress> addresses() {
    return () -> walk(first, last, address -> address.plus(1));
  }

  @Override
  public int compareTo(IpRange other) {
    return ORDER.compare(this, other);
  }

  /** As {@code 10.0.0.2-10.0.0.254}. */
  @Override
  public String toString() {
    return first + "-" + last;
  }

  /**
   * From a value to and including another, taking no step beyond it, since there may be no value
   * there.
   */
  static <T> Iterator<T> walk(T start, T end, UnaryOperator<T> step) {
    return new Iterator<>() {
      private @Nullable T next = start;

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public T next() {
        T current = next;
        if (current == null) {
          throw new NoSuchElementException();
        }
        next = current.equals(end) ? null : step.apply(current);
        return current;
      }
    };
  }

  private static IpAddress min(IpAddress a, IpAddress b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static IpAddress max(IpAddress a, IpAddress b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
