package org.midonet.nsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.midonet.nsdb.Fixtures.bridge;
import static org.midonet.nsdb.Fixtures.creation;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class BroadcastTest {
  private final Broadcast broadcast = new Broadcast(Topology.EMPTY);

  @Test
  void aWatcherThatFallsFarBehindCatchesUpInOneStep() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicReference<Topology> known = new AtomicReference<>(Topology.EMPTY);
    AtomicInteger calls = new AtomicInteger();
    broadcast.subscribe((before, after, changes) -> {
      awaitQuietly(gate);
      assertThat(before).isSameAs(known.get());
      assertThat(Changes.between(before, after)).containsExactlyInAnyOrderElementsOf(changes);
      known.set(after);
      calls.incrementAndGet();
    });
    for (int i = 0; i < 3_000; i++) {
      Commit commit = broadcast.present().commit(List.of(creation(bridge("b"))));
      broadcast.publish(commit.after(), commit.changes());
    }
    gate.countDown();
    await().untilAsserted(() -> assertThat(known.get()).isSameAs(broadcast.present()));
    assertThat(calls).hasValueLessThan(1_100);
  }

  @Test
  void aWatcherThatFailsIsToldOn() {
    AtomicInteger calls = new AtomicInteger();
    broadcast.subscribe((before, after, changes) -> {
      calls.incrementAndGet();
      throw new IllegalStateException("a failing watcher");
    });
    for (int i = 0; i < 2; i++) {
      Commit commit = broadcast.present().commit(List.of(creation(bridge("b"))));
      broadcast.publish(commit.after(), commit.changes());
    }
    await().untilAsserted(() -> assertThat(calls).hasValue(2));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
