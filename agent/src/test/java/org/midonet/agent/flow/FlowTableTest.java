package org.midonet.agent.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

final class FlowTableTest {
  private record Tag(String name) implements FlowTag {}

  private record Connection(int number) implements FlowTag {
    @Override
    public boolean isOfAConnection() {
      return true;
    }
  }

  private static final Tag A = new Tag("a");
  private static final Tag B = new Tag("b");

  private final Cache cache = new Cache();
  private long now = 1_000_000_000L;
  private final FlowTable table = new FlowTable(cache, () -> now, 3);

  @Test
  void aFlowGoesWithAnyOfItsTags() {
    install(1, A, B);
    install(2, B);
    install(3);

    assertThat(table.invalidate(List.of(B))).isEqualTo(2);
    assertThat(cache.flows).containsOnlyKeys(key(3));
    assertThat(table.size()).isOne();
  }

  @Test
  void aDecisionMadeBeforeAnInvalidationIsRefused() {
    long stamp = table.stamp();
    table.invalidate(List.of(A));

    assertThat(table.install(flow(1, A), stamp)).isFalse();
    assertThat(table.install(flow(1, B), stamp)).isTrue();
    assertThat(table.install(flow(1, A), table.stamp())).isTrue();
  }

  @Test
  void allDecisionsUnderWayAreRefusedAfterRemovalOfAll() {
    long stamp = table.stamp();
    table.removeAll();

    assertThat(table.install(flow(1), stamp)).isFalse();
  }

  @Test
  void theOldestMakesRoom() {
    for (int i = 1; i <= 4; i++) {
      install(i);
    }
    assertThat(cache.flows).containsOnlyKeys(key(2), key(3), key(4));
  }

  @Test
  void theOldestMakesRoomWhereTheCacheHasLess() {
    cache.capacity = 1;
    install(1);
    install(2);

    assertThat(cache.flows).containsOnlyKeys(key(2));
    assertThat(table.size()).isOne();
  }

  @Test
  void flowsEndWhenIdleOrOld() {
    table.install(timed(1, 10, 0), table.stamp());
    table.install(timed(2, 0, 60), table.stamp());
    cache.flows.put(key(1), new FlowStatistics(5, 500, Duration.ofSeconds(11).toNanos(), 0));
    now += Duration.ofSeconds(61).toNanos();

    assertThat(table.sweep().ended())
        .extracting(end -> end.flow().key(), FlowTable.Ended::reason)
        .containsExactlyInAnyOrder(
            tuple(key(1), FlowTable.Reason.IDLE), tuple(key(2), FlowTable.Reason.HARD));
    assertThat(cache.flows).isEmpty();
  }

  @Test
  void idleFlowsEndThoughSweepsLookAtActiveOnesAlone() {
    table.install(timed(1, 8, 0), table.stamp());
    table.sweep();
    now += Duration.ofSeconds(7).toNanos();
    cache.flows.put(key(1), new FlowStatistics(0, 0, Duration.ofSeconds(7).toNanos(), 0));
    assertThat(table.sweep().ended()).isEmpty();
    now += Duration.ofSeconds(2).toNanos();
    cache.flows.put(key(1), new FlowStatistics(0, 0, Duration.ofSeconds(9).toNanos(), 0));
    assertThat(table.sweep().ended()).hasSize(1);
    assertThat(cache.flows).isEmpty();
  }

  @Test
  void aFlowThatTheCacheLostEndsWithinSeconds() {
    install(1);
    table.sweep();
    cache.flows.clear();
    now += Duration.ofSeconds(10).toNanos();

    assertThat(table.sweep().ended()).extracting(end -> end.flow().key()).containsExactly(key(1));
    assertThat(table.size()).isZero();
  }

  @Test
  void flowsGoByATagWhateverElseTheyHaveInCommon() {
    install(1, A, B);
    install(2, A, B);
    install(3, A);

    assertThat(table.invalidate(List.of(B, B))).isEqualTo(2);
    assertThat(table.invalidate(List.of(A))).isOne();
    assertThat(table.invalidate(List.of(A, B))).isZero();
  }

  @Test
  void tagsOfAConnectionTakeItsFlowsAlone() {
    install(1, A, new Connection(1));
    install(2, A, new Connection(1), new Connection(2));
    install(3, A, new Connection(2));

    Flow second = table.get(key(2));
    assertThat(second).isEqualTo(flow(2, A, new Connection(1), new Connection(2)));
    assertThat(table.invalidate(List.of(new Connection(1)))).isEqualTo(2);
    assertThat(cache.flows).containsOnlyKeys(key(3));
    assertThat(table.carried(new Connection(2))).hasSize(1);
    assertThat(table.invalidate(List.of(A))).isOne();
    assertThat(table.carried(new Connection(2))).isEmpty();
  }

  @Test
  void aSweepTellsWhichFlowsCarriedPackets() {
    install(1);
    install(2);
    cache.flows.put(key(1), new FlowStatistics(5, 500, 0, 0));

    assertThat(table.sweep().active()).extracting(Flow::key).containsExactly(key(1));
    assertThat(table.sweep().active()).isEmpty();
  }

  @Test
  void aSweepRemovesWhatTheTableDoesNotKnow() {
    cache.install(key(9), Actions.DROP);
    table.sweep();

    assertThat(cache.flows).isEmpty();
  }

  @Test
  void whatFlowsOfATagCarriedIsKnownAfterASweep() {
    install(1, A);
    install(2, A);
    install(3);
    FlowStatistics seen = new FlowStatistics(1, 60, 0, TcpFlags.FIN);
    cache.flows.put(key(2), seen);
    table.sweep();

    assertThat(table.carried(A)).containsExactlyInAnyOrder(new FlowStatistics(0, 0, 0, 0), seen);
  }

  @Test
  void flowsThatComeWhileASweepIsUnderWayStay() {
    FlowTable large = new FlowTable(cache, () -> now, 2000);
    for (int i = 0; i < 1000; i++) {
      large.install(flow(i), large.stamp());
    }
    now++;
    int[] next = {5000};
    FlowTable.Sweep sweep = large.sweep(() -> large.install(flow(next[0]++), large.stamp()));

    assertThat(sweep.ended()).isEmpty();
    assertThat(next[0]).isGreaterThan(5000);
    assertThat(large.size()).isEqualTo(1000 + next[0] - 5000).isEqualTo(cache.flows.size());
  }

  private void install(int number, FlowTag... tags) {
    assertThat(table.install(flow(number, tags), table.stamp())).isTrue();
  }

  private static Flow flow(int number, FlowTag... tags) {
    return new Flow(key(number), Actions.DROP, Set.of(tags), Duration.ZERO, Duration.ZERO);
  }

  private static Flow timed(int number, int idle, int hard) {
    return new Flow(
        key(number), Actions.DROP, Set.of(), Duration.ofSeconds(idle), Duration.ofSeconds(hard));
  }

  private static FlowKey key(int number) {
    return FlowKey.tunnel(number);
  }

  /** A cache that only remembers. */
  private static final class Cache implements FlowCache {
    final Map<FlowKey, FlowStatistics> flows = new HashMap<>();
    int capacity = Integer.MAX_VALUE;

    @Override
    public boolean install(FlowKey key, Actions actions) {
      if (flows.size() >= capacity) {
        return false;
      }
      flows.put(key, new FlowStatistics(0, 0, 0, 0));
      return true;
    }

    @Override
    public void remove(Collection<FlowKey> keys) {
      keys.forEach(flows::remove);
    }

    @Override
    public void removeAll() {
      flows.clear();
    }

    @Override
    public void forEach(long idleNanos, BiConsumer<FlowKey, FlowStatistics> visitor) {
      Map<FlowKey, FlowStatistics> copy = new HashMap<>(flows);
      copy.values().removeIf(statistics -> statistics.idleNanos() > idleNanos);
      copy.forEach(visitor);
    }
  }
}
