package org.midonet.agent.forward;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long something took, each time, in classes that double. Safe to share; what is read while
 * others write may lack the last of it.
 */
public final class Timings {
  /** From 1 microsecond to 2^24, some 17 seconds. */
  private static final int CLASSES = 25;

  private final AtomicLongArray classes = new AtomicLongArray(CLASSES + 1);
  private final LongAdder total = new LongAdder();

  /** Takes note of one. */
  public void add(long nanos) {
    long micros = Math.max(0, nanos) / 1000;
    int number = micros == 0 ? 0 : 64 - Long.numberOfLeadingZeros(micros);
    classes.incrementAndGet(Math.min(number, CLASSES));
    total.add(Math.max(0, nanos));
  }

  /** What was noted until now. */
  public Snapshot snapshot() {
    long[] counts = new long[CLASSES + 1];
    Arrays.setAll(counts, classes::get);
    return new Snapshot(counts, total.sum());
  }

  /**
   * Timings of one moment. Immutable by convention, safe to share.
   *
   * @param counts how many took less than 2^i microseconds and not less than half of it; the last
   *     one those that took longer than all
   */
  @SuppressWarnings("ArrayRecordComponent") // neither compared nor written to
  public record Snapshot(long[] counts, long totalNanos) {
    public long count() {
      return Arrays.stream(counts).sum();
    }

    /** What was added since an earlier one. */
    public Snapshot since(Snapshot before) {
      long[] more = new long[counts.length];
      Arrays.setAll(more, i -> counts[i] - before.counts[i]);
      return new Snapshot(more, totalNanos - before.totalNanos);
    }

    /** What a share of them did not exceed, in microseconds, rounded up to a power of two. */
    public long atMostMicros(double share) {
      long wanted = (long) Math.ceil(count() * share);
      long seen = 0;
      for (int i = 0; i < counts.length; i++) {
        seen += counts[i];
        if (seen >= wanted) {
          return 1L << i;
        }
      }
      return 1L << counts.length;
    }

    /** In microseconds; 0 where there was none. */
    public double meanMicros() {
      long count = count();
      return count == 0 ? 0 : totalNanos / 1000.0 / count;
    }

    /** The upper bound of a class, in seconds. */
    public static double boundSeconds(int number) {
      return (1L << number) / 1e6;
    }
  }
}
