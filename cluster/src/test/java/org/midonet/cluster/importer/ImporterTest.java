package org.midonet.cluster.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Nsdb;
import org.midonet.topology.ObjectType;

final class ImporterTest {
  private static final UUID NETWORK = new UUID(0x4000, 1);

  private final Tasks tasks = new Tasks();
  private final MemoryNsdb nsdb = new MemoryNsdb();

  @AfterEach
  void close() {
    nsdb.close();
  }

  private static UUID port(int number) {
    return new UUID(0x4001, number);
  }

  private Importer start(Nsdb store) {
    return Importer.start(store, tasks, TaskTranslation.standard());
  }

  private void filled() {
    Fill.run(nsdb, List.of(), 0, TaskTranslation.standard());
  }

  private void awaitDone(int task) {
    await().untilAsserted(() -> assertThat(TaskState.last(nsdb.topology())).hasValue(task));
  }

  @Test
  void tasksAreAppliedInOrderAndTheLastIsNoted() {
    filled();
    tasks.network(NETWORK);
    int last = 0;
    for (int i = 0; i < 100; i++) {
      last = tasks.port(port(i), NETWORK);
    }
    try (Importer importer = start(nsdb)) {
      importer.wake();
      awaitDone(last);
    }

    assertThat(nsdb.topology().count(ObjectType.PORT)).isEqualTo(100);
    assertThat(tasks.parked()).isEmpty();
    assertThat(tasks.done()).isEqualTo(last);
  }

  @Test
  void whatCannotBeAppliedIsParkedWithItsReasonAndStopsNothing() {
    filled();
    tasks.network(NETWORK);
    int orphan = tasks.port(port(1), new UUID(0x4002, 1));
    int unknown = tasks.add("CREATE", "TRAFFICLIGHT", port(2), "{}");
    int garbled = tasks.add("CREATE", "PORT", port(3), "{'id':");
    int last = tasks.port(port(4), NETWORK);
    try (Importer importer = start(nsdb)) {
      importer.wake();
      awaitDone(last);
    }

    assertThat(nsdb.topology().has(ObjectType.PORT, port(4))).isTrue();
    assertThat(tasks.parked()).containsOnlyKeys(orphan, unknown, garbled);
    assertThat(tasks.parked().get(orphan)).contains("There is no NeutronNetwork with ID");
    assertThat(tasks.parked().get(unknown)).contains("TRAFFICLIGHT");
    assertThat(tasks.parked().get(garbled)).contains("no JSON");
  }

  @Test
  void aSecondOneTakesOverAndDoesNothingTwice() {
    filled();
    tasks.network(NETWORK);
    try (Nsdb sibling = nsdb.sibling();
        Importer second = startBehind(sibling)) {
      int last = tasks.port(port(1), NETWORK);
      second.wake();
      awaitDone(last);
    }
    assertThat(tasks.parked()).isEmpty();
  }

  /** Starts one while another leads, which then goes. */
  private Importer startBehind(Nsdb sibling) {
    try (Importer first = start(nsdb)) {
      first.wake();
      Importer second = start(sibling);
      awaitDone(1);
      return second;
    }
  }

  @Test
  void aConfigThatIsKnownIsNothingNew() {
    filled();
    UUID config = new UUID(0, 1);
    String data = "{'id':'%s','tunnel_protocol':'vxlan','password':null}".formatted(config);
    tasks.add("CREATE", "CONFIG", config, data);
    int last = tasks.add("CREATE", "CONFIG", config, data);
    try (Importer importer = start(nsdb)) {
      importer.wake();
      awaitDone(last);
    }
    assertThat(tasks.parked()).isEmpty();
    assertThat(nsdb.topology().count(ObjectType.TUNNEL_ZONE)).isEqualTo(1);
  }

  @Test
  void nothingIsImportedBeforeTheTopologyWasFilledOnce() {
    tasks.network(NETWORK);
    try (Importer importer = start(nsdb)) {
      importer.wake();
      filled();
      awaitDone(1);
    }
    assertThat(nsdb.topology().has(ObjectType.BRIDGE, NETWORK)).isTrue();
  }

  @Test
  void fillingMayBeBrokenOffAndBegunAnew() {
    tasks.network(NETWORK);
    Fill.run(nsdb, tasks.after(0, 9), 1, TaskTranslation.standard());
    tasks.port(port(1), new UUID(0x4002, 1));
    tasks.port(port(2), NETWORK);

    List<String> refused = Fill.run(nsdb, tasks.after(0, 9), 7, TaskTranslation.standard());

    assertThat(refused).singleElement().asString().startsWith("PORT " + port(1) + ": There is no");
    assertThat(nsdb.topology().has(ObjectType.PORT, port(2))).isTrue();
    assertThat(TaskState.last(nsdb.topology())).hasValue(7);
  }
}
