package org.midonet.app.scenario;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for a condition, on the thread that asks. Stateless. */
final class Until {
  private static final Duration PACE = Duration.ofMillis(20);

  private Until() {}

  static void within(int seconds, String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(PACE)
        .atMost(Duration.ofSeconds(seconds))
        .until(condition);
  }
}
