package org.midonet.nsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.nsdb.Fixtures.bridge;
import static org.midonet.nsdb.Fixtures.creation;
import static org.midonet.nsdb.Fixtures.id;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.midonet.topology.Bridge;
import org.midonet.topology.ObjectType;

/** Which objects lie together, and how. */
final class HomesTest {
  private final UUID home = id();

  private static Commit commit(Topology topology, UUID home, List<Operation> operations) {
    Transaction transaction = topology.begin(each -> home);
    operations.forEach(transaction::apply);
    return transaction.commit();
  }

  private static Set<UUID> members(Topology topology, UUID home) {
    List<UUID> members = new ArrayList<>();
    topology.groups.getOrDefault(home, Group.EMPTY).forEach((type, id) -> members.add(id));
    assertThat(members).doesNotHaveDuplicates();
    return Set.copyOf(members);
  }

  @Test
  void whatIsMadeTogetherLiesTogetherUntilThereIsNoRoom() {
    List<Bridge> bridges =
        IntStream.rangeClosed(0, Group.MOST).mapToObj(i -> bridge("b" + i)).toList();
    Topology topology =
        commit(Topology.EMPTY, home, bridges.stream().map(Fixtures::creation).toList()).after();
    assertThat(members(topology, home)).hasSize(Group.MOST);
    UUID last = bridges.getLast().id();
    assertThat(topology.home(last)).isEqualTo(last);
    assertThat(members(topology, last)).containsExactly(last);
  }

  @Test
  void whatIsDeletedLeavesNoTrace() {
    Bridge bridge = bridge("b");
    Topology topology = commit(Topology.EMPTY, home, List.of(creation(bridge))).after();
    topology = topology.apply(List.of(new Operation.Delete(ObjectType.BRIDGE, bridge.id())));
    assertThat(topology.groups).isEmpty();
    assertThat(topology.homes).isEmpty();
  }

  @Test
  void anObjectStaysWhereItIsWhenItChanges() {
    Bridge bridge = bridge("b");
    Topology topology = commit(Topology.EMPTY, home, List.of(creation(bridge))).after();
    topology = topology.apply(List.of(new Operation.Update(bridge.withName("c"))));
    assertThat(topology.home(bridge.id())).isEqualTo(home);
    assertThat(members(topology, home)).containsExactly(bridge.id());
  }

  @Test
  void anObjectThatIsMadeAnewElsewhereIsAChangeEvenIfItIsTheSame() {
    Bridge bridge = bridge("b");
    Topology topology = commit(Topology.EMPTY, home, List.of(creation(bridge))).after();
    UUID other = id();
    List<Operation> anew =
        List.of(new Operation.Delete(ObjectType.BRIDGE, bridge.id()), creation(bridge));
    List<Change> moved =
        List.of(new Change.OfObject(ObjectType.BRIDGE, bridge.id(), bridge, bridge, other));
    assertThat(commit(topology, other, anew).changes()).isEqualTo(moved);

    Commit gone = commit(topology, other, anew.subList(0, 1));
    Commit back = commit(gone.after(), other, anew.subList(1, 2));
    Commit joined = Commit.join(topology, List.of(gone, back));
    assertThat(joined.changes()).isEqualTo(moved);
    TopologyBuilder builder = new TopologyBuilder(topology);
    joined.changes().forEach(builder::apply);
    assertThat(members(builder.build(), other)).containsExactly(bridge.id());
    assertThat(builder.build().groups).hasSize(1);
  }

  @Test
  void aBundleThatIsDamagedAnywhereCannotBeRead() {
    Bridge bridge = bridge("a bridge with a name");
    Bundle.Writer writer = new Bundle.Writer();
    writer.add(ObjectType.BRIDGE, bridge.id(), ObjectType.BRIDGE.encode(bridge));
    byte[] content = writer.finish();
    assertThat(Bundle.read(content)).containsExactly(bridge);
    for (int i = 0; i < content.length; i++) {
      byte[] damaged = content.clone();
      damaged[i] ^= 0x55;
      assertThatThrownBy(() -> Bundle.read(damaged)).isInstanceOf(IllegalArgumentException.class);
      byte[] broken = Arrays.copyOf(content, i);
      assertThatThrownBy(() -> Bundle.read(broken)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
