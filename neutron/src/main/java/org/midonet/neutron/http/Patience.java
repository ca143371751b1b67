package org.midonet.neutron.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that made it unless it ends in time, which closes the connection that the
 * thread reads from; used by that thread and the timer.
 */
final class Patience {
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private final Thread reader = Thread.currentThread();
  private final @Nullable Future<?> timer;
  private boolean ended;

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("http-timeouts").factory());
    // Or it keeps one for each body of the last quarter of an hour, all of which came in time.
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** How many threads are reading. */
  static int waiting() {
    return TIMER.getQueue().size();
  }

  /** Begins to wait; zero waits for ever. */
  Patience(Duration limit) {
    timer =
        limit.isZero() ? null : TIMER.schedule(this::lose, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void lose() {
    if (!ended) {
      reader.interrupt();
    }
  }

  /** The thread is not interrupted after this. */
  synchronized void end() {
    ended = true;
    if (timer != null) {
      timer.cancel(false);
    }
    Thread.interrupted();
  }
}
