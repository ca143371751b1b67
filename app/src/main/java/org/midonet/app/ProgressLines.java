package org.midonet.app;

import java.io.PrintWriter;
import java.time.Duration;
import org.midonet.cluster.check.Progress;

/** Says how far long work is, a line every few seconds; used by one thread. */
final class ProgressLines implements Progress {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final PrintWriter out;
  private long last = System.nanoTime();

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void at(String work, int done, int all) {
    long now = System.nanoTime();
    if (now - last >= PAUSE.toNanos()) {
      last = now;
      out.println(all == 0 ? work : "%s: %d of %d".formatted(work, done, all));
    }
  }
}
