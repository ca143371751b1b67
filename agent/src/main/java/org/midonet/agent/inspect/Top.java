package org.midonet.agent.inspect;

import java.time.Duration;
import org.midonet.agent.forward.Forwarding;

/** Tells who talks. Stateless. */
public final class Top {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private Top() {}

  /**
   * Watches for a while, and then tells. The counters of flows are read once a second, so that it
   * may take up to a second longer.
   *
   * @param rows how many ports and flows
   * @return text of 80 columns, or a JSON object
   * @throws IllegalArgumentException if it is to take longer than a minute
   */
  public static String report(Forwarding forwarding, Duration interval, int rows, boolean json) {
    if (interval.isNegative() || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("the interval is not from 0 to 60 seconds");
    }
    TopSample before = TopSample.of(forwarding);
    TopSample after = later(forwarding, before, interval);
    TopReport report = TopReport.between(before, after);
    Names names = new Names(forwarding);
    return json
        ? TopJson.of(report, names, rows) + "\n"
        : String.join("\n", new TopText(names, rows).lines(report)) + "\n";
  }

  private static TopSample later(Forwarding forwarding, TopSample before, Duration interval) {
    long end = System.nanoTime() + interval.toNanos();
    try {
      Thread.sleep(interval);
      while (forwarding.swept() == before.flows().sweptNanos()
          && System.nanoTime() - end < PATIENCE_NANOS) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return TopSample.of(forwarding);
  }
}
