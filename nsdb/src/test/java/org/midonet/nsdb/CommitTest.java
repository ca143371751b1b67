package org.midonet.nsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.nsdb.Fixtures.bridge;
import static org.midonet.nsdb.Fixtures.creation;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Mac;
import org.midonet.topology.Bridge;
import org.midonet.topology.ObjectType;

final class CommitTest {
  private static final Mac MAC = Mac.parse("02:00:00:00:00:01");

  private final Bridge one = bridge("one");
  private final Bridge two = bridge("two");
  private final Topology start = Topology.EMPTY.apply(List.of(creation(one)));

  private static Topology learned(Topology topology, Bridge bridge) {
    TopologyBuilder builder = new TopologyBuilder(topology);
    builder.set(StateTable.macs(bridge.id(), 0), new TableEntry<>(MAC, UUID.randomUUID(), 1), true);
    return builder.build();
  }

  @Test
  void whatIsLearnedMeanwhileStaysAndDoesNotSpoilACommit() {
    Commit commit = start.commit(List.of(creation(two)));
    Topology learned = learned(start, one);

    Commit moved = Objects.requireNonNull(commit.on(learned));
    assertThat(moved.after().has(ObjectType.BRIDGE, two.id())).isTrue();
    assertThat(moved.after().entries(StateTable.macs(one.id(), 0))).hasSize(1);
    assertThat(moved.after().holdsTheSame(commit.after())).isTrue();
  }

  @Test
  void anyOtherWriteMakesACommitInvalid() {
    Commit commit = start.commit(List.of(creation(two)));

    assertThat(commit.on(start)).isSameAs(commit);
    assertThat(commit.on(start.apply(List.of(creation(bridge("three")))))).isNull();
    assertThat(
            commit.on(
                start.apply(
                    List.of(
                        new Operation.AddEntry<>(
                            StateTable.macs(one.id(), 0), MAC, UUID.randomUUID())))))
        .isNull();
    assertThat(
            commit.on(start.apply(List.of(new Operation.TakeKey(Sequence.OVERLAY_TUNNEL_KEY, 9)))))
        .isNull();
  }

  @Test
  void joinedCommitsTellEachChangeOnce() {
    Commit first = start.commit(List.of(creation(two)));
    Commit second =
        first
            .after()
            .commit(
                List.of(
                    new Operation.Update(two.with().name("renamed").build()),
                    new Operation.Update(one.with().name("other").build())));
    Commit third =
        second
            .after()
            .commit(
                List.of(
                    new Operation.Delete(ObjectType.BRIDGE, two.id()),
                    new Operation.Update(one.with().name("last").build())));
    Commit joined = Commit.join(start, List.of(first, second, third));

    assertThat(joined.before()).isSameAs(start);
    assertThat(joined.after()).isSameAs(third.after());
    assertThat(joined.changes())
        .containsExactly(
            new Change.OfObject(
                ObjectType.BRIDGE, one.id(), one, one.with().name("last").build(), one.id()));
  }
}
