package org.midonet.neutron.http;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that made it unless it ends in time, which closes the connection that the
 * thread reads from; used by that thread and the timer.
 */
final class Patience {
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-timeouts").factory());

  private final Thread reader = Thread.currentThread();
  private final @Nullable Future<?> timer;
  private boolean ended;

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
