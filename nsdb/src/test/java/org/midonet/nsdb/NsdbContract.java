package org.midonet.nsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.midonet.nsdb.Fixtures.bridge;
import static org.midonet.nsdb.Fixtures.creation;
import static org.midonet.nsdb.Fixtures.id;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.Bridge;
import org.midonet.topology.ObjectType;

/** What every store does, wherever it keeps its data. */
interface NsdbContract {
  Mac MAC = Mac.parse("fa:16:3e:00:00:01");
  Ipv4Address IP = Ipv4Address.parse("10.0.0.1");

  /** A store on the data of this test; each call gives one as of another process. */
  Nsdb open();

  @Test
  default void whatIsCommittedIsThere() {
    Nsdb nsdb = open();
    Bridge bridge = bridge("net");
    Commit commit = nsdb.commit(List.of(creation(bridge)));
    assertThat(commit.changes()).hasSize(1);
    assertThat(nsdb.topology().get(ObjectType.BRIDGE, bridge.id())).isEqualTo(bridge);
    assertThat(open().topology().find(ObjectType.BRIDGE, bridge.id())).isEqualTo(bridge);
  }

  @Test
  default void whatIsRefusedHasNoEffect() {
    Nsdb nsdb = open();
    Bridge bridge = bridge("net");
    nsdb.commit(List.of(creation(bridge)));
    Bridge other = bridge("other");
    assertThatThrownBy(() -> nsdb.commit(List.of(creation(other), creation(bridge))))
        .isInstanceOf(NsdbException.class)
        .hasMessage("A(n) Network with ID " + bridge.id() + " already exists.");
    assertThatThrownBy(() ->
            nsdb.commit(topology -> {
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    assertThat(nsdb.topology().list(ObjectType.BRIDGE)).containsExactly(bridge);
  }

  @Test
  default void everyKindOfDataSurvivesInAnotherStore() {
    Nsdb nsdb = open();
    Bridge bridge = bridge("net");
    UUID port = id();
    nsdb.commit(
        List.of(
            creation(bridge),
            new Operation.AddEntry<>(StateTable.macs(bridge.id(), 7), MAC, port),
            new Operation.AddEntry<>(StateTable.arps(bridge.id()), IP, MAC),
            new Operation.TakeKey(Sequence.OVERLAY_TUNNEL_KEY, 2)));
    nsdb.commit(List.of(new Operation.Update(bridge.withName("renamed"))));
    nsdb.commit(List.of(new Operation.RemoveEntry<>(StateTable.arps(bridge.id()), IP, MAC)));
    Topology other = open().topology();
    assertThat(other.get(ObjectType.BRIDGE, bridge.id()).name()).isEqualTo("renamed");
    assertThat(other.table(StateTable.macs(bridge.id(), 7))).containsEntry(MAC, port);
    assertThat(other.tables(bridge.id())).containsExactly(StateTable.macs(bridge.id(), 7));
    assertThat(other.last(Sequence.OVERLAY_TUNNEL_KEY)).isEqualTo(2);
    nsdb.commit(List.of(new Operation.Delete(ObjectType.BRIDGE, bridge.id())));
    assertThat(Changes.between(open().topology(), nsdb.topology())).isEmpty();
  }

  @Test
  default void storesSeeEachOthersCommitsOnceAndInOrder() {
    Nsdb one = open();
    Nsdb two = open();
    Bridge bridge = bridge("0");
    one.commit(List.of(creation(bridge)));
    await().until(() -> two.topology().has(ObjectType.BRIDGE, bridge.id()));
    List<String> names = new CopyOnWriteArrayList<>();
    try (Subscription subscription =
        two.watch((before, after, changes) ->
            changes.forEach(change -> {
              if (change instanceof Change.OfObject object
                  && object.after() instanceof Bridge changed) {
                names.add(changed.name());
              }
            }))) {
      assertThat(subscription.start().has(ObjectType.BRIDGE, bridge.id())).isTrue();
      for (int i = 1; i <= 50; i++) {
        (i % 2 == 0 ? one : two).commit(List.of(new Operation.Update(bridge.withName("" + i))));
      }
      List<String> expected = IntStream.rangeClosed(1, 50).mapToObj(Integer::toString).toList();
      await().untilAsserted(() -> assertThat(names).isEqualTo(expected));
    }
  }

  @Test
  default void concurrentTransactionsOfSeveralStoresAllHappen() throws Exception {
    List<Nsdb> stores = List.of(open(), open());
    Bridge bridge = bridge("0");
    stores.getFirst().commit(List.of(creation(bridge)));
    await().until(() -> stores.getLast().topology().has(ObjectType.BRIDGE, bridge.id()));
    int each = 25;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Nsdb nsdb = stores.get(thread % 2);
        done.add(
            threads.submit(() -> IntStream.range(0, each).forEach(i -> count(nsdb, bridge.id()))));
      }
      for (Future<?> future : done) {
        future.get();
      }
    }
    for (Nsdb nsdb : stores) {
      await()
          .untilAsserted(() ->
              assertThat(nsdb.topology().get(ObjectType.BRIDGE, bridge.id()).name())
                  .isEqualTo(Integer.toString(8 * each)));
      assertThat(nsdb.topology().last(Sequence.OVERLAY_TUNNEL_KEY)).isEqualTo(1 + 8 * each);
    }
  }

  private static void count(Nsdb nsdb, UUID id) {
    nsdb.commit(topology -> {
      Bridge bridge = topology.get(ObjectType.BRIDGE, id);
      int next = Integer.parseInt(String.valueOf(bridge.name())) + 1;
      long key = topology.last(Sequence.OVERLAY_TUNNEL_KEY) + 1;
      return List.of(
          new Operation.Update(bridge.withName(Integer.toString(next))),
          new Operation.TakeKey(Sequence.OVERLAY_TUNNEL_KEY, key));
    });
  }

  @Test
  default void learnedEntriesAreSharedUntilTheirStoreCloses() {
    Nsdb one = open();
    Nsdb two = open();
    Bridge bridge = bridge("net");
    one.commit(List.of(creation(bridge)));
    StateTable<Ipv4Address, Mac> table = StateTable.arps(bridge.id());
    Mac second = Mac.parse("fa:16:3e:00:00:02");
    one.commit(List.of(new Operation.AddEntry<>(table, IP, MAC)));
    one.learn(table, IP, second);
    await().until(() -> second.equals(two.topology().lookUp(table, IP)));
    two.learn(table, IP, Mac.ZERO);
    await().until(() -> Mac.ZERO.equals(one.topology().lookUp(table, IP)));
    two.forget(table, IP, Mac.ZERO);
    await().until(() -> second.equals(two.topology().lookUp(table, IP)));
    one.close();
    await().until(() -> MAC.equals(two.topology().lookUp(table, IP)));
  }

  @Test
  default void publishedStateVanishesWithItsStore() {
    Nsdb one = open();
    Nsdb two = open();
    UUID host = id();
    UUID port = id();
    one.publish(StateKey.alive(host), host, "");
    one.publish(StateKey.active(port), host, "a");
    await().until(() -> two.topology().isAlive(host) && two.topology().isActive(port));
    one.publish(StateKey.active(port), host, "b");
    await().until(() -> "b".equals(two.topology().state(StateKey.active(port)).get(host)));
    one.withdraw(StateKey.active(port), host);
    await().until(() -> !two.topology().isActive(port));
    assertThat(two.topology().isAlive(host)).isTrue();
    one.close();
    await().until(() -> !two.topology().isAlive(host));
  }

  @Test
  default void manyStatesArePublishedAndWithdrawnAtOnce() {
    Nsdb one = open();
    Nsdb two = open();
    UUID host = id();
    List<UUID> ports = Stream.generate(Fixtures::id).limit(1200).toList();
    List<StateKey> keys = ports.stream().map(StateKey::active).toList();
    one.publish(keys.get(7), host, "before");
    one.publish(keys, host, "now");
    await()
        .until(
            () -> keys.stream().allMatch(key -> "now".equals(two.topology().state(key).get(host))));
    one.withdraw(keys.subList(1, keys.size()), host);
    await()
        .until(() ->
            ports.stream().filter(two.topology()::isActive).toList().equals(ports.subList(0, 1)));
    one.withdraw(keys, host); // but for one they are gone
    await().until(() -> ports.stream().noneMatch(two.topology()::isActive));
  }

  @Test
  default void oneCandidateLeadsUntilItLeaves() {
    Nsdb one = open();
    Nsdb two = open();
    Nsdb.Candidacy first = one.runFor("importer");
    await().until(first::isLeader);
    try (Nsdb.Candidacy second = two.runFor("importer")) {
      assertThat(second.isLeader()).isFalse();
      one.close();
      await().until(second::isLeader);
    }
  }

  @Test
  default void aBlockOfPortsIsOneHostsAtATime() {
    UUID router = id();
    PortBlocks one = open().portBlocks(id());
    PortBlocks two = open().portBlocks(id());
    Set<Integer> ones = one.take(router, IP, 16, 25, 4);
    Set<Integer> twos = two.take(router, IP, 16, 25, 100);
    assertThat(ones).hasSize(4);
    assertThat(twos).hasSize(6).doesNotContainAnyElementsOf(ones);
    assertThat(one.take(router, IP, 16, 25, 1)).isEmpty();
    assertThat(one.take(router, Ipv4Address.parse("10.0.0.2"), 16, 16, 5)).containsExactly(16);
    int its = ones.iterator().next();
    assertThat(two.claim(router, IP, its)).isFalse();
    assertThat(two.holds(router, IP, its)).isFalse();
    two.release(router, IP, its);
    assertThat(one.holds(router, IP, its)).isTrue();
  }

  @Test
  default void theBlockThatIsFreeForLongestIsTakenFirst() {
    UUID router = id();
    PortBlocks one = open().portBlocks(id());
    PortBlocks two = open().portBlocks(id());
    assertThat(one.take(router, IP, 0, 3, 4)).hasSize(4);
    for (int block : List.of(2, 0, 3)) {
      one.release(router, IP, block);
    }
    assertThat(two.take(router, IP, 0, 3, 1)).containsExactly(2);
    assertThat(two.take(router, IP, 0, 4, 2)).containsExactly(4, 0);
  }

  @Test
  default void blocksOfADeviceThatWasRemovedAreForgotten() {
    UUID router = id();
    PortBlocks one = open().portBlocks(id());
    one.take(router, IP, 0, 0, 1);
    assertThat(one.devices()).containsExactly(router);
    one.remove(router);
    assertThat(one.devices()).isEmpty();
    assertThat(one.holds(router, IP, 0)).isFalse();
    one.release(router, IP, 0);
    assertThat(one.take(router, IP, 0, 0, 1)).containsExactly(0);
  }

  @Test
  default void theBlocksOfAHostThatIsGoneAreFree() {
    UUID router = id();
    Nsdb one = open();
    one.portBlocks(id()).take(router, IP, 0, 0, 1);
    one.close();
    PortBlocks two = open().portBlocks(id());
    await().until(() -> two.take(router, IP, 0, 0, 1).equals(Set.of(0)));
  }
}
