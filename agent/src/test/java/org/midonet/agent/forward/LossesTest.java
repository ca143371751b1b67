package org.midonet.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.midonet.agent.linux.LinuxException;

final class LossesTest {
  private long now;
  private final Losses losses = new Losses(() -> now);

  @Test
  void oneLineASecondTellsOfAll() {
    for (int i = 0; i < 1000; i++) {
      now = i * 5L;
      losses.add("a packet", new LinuxException("send", LinuxException.ENOBUFS));
    }
    assertThat(losses.lines()).isEqualTo(5);
    assertThat(losses.unsaid()).isEqualTo(199);
  }
}
