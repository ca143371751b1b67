package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What takes longer than a test; the last class, which then has little to wait for. */
@Scenario
@Order(Integer.MAX_VALUE)
final class LastingIT {
  /** Longer than flows and other state are kept without packets. */
  private static final int LONG = 75;

  @Test
  void connectionsGoOnAfterMoreThanAMinuteOfSilence(OldConnections connections) {
    connections.awaitAge(LONG);
    for (String kind : connections.kinds()) {
      assertThat(connections.check(kind)).as(kind).isTrue();
    }
  }
}
