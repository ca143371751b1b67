package org.midonet.nsdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.midonet.nsdb.Fixtures.bridge;
import static org.midonet.nsdb.Fixtures.creation;
import static org.midonet.nsdb.Fixtures.id;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.nsdb.NsdbException.Kind;
import org.midonet.topology.Bridge;
import org.midonet.topology.ObjectType;

final class ZooKeeperNsdbTest implements NsdbContract {
  private final List<Nsdb> opened = new ArrayList<>();
  private EmbeddedZooKeeper server;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedZooKeeper.start(folder, 0);
  }

  @AfterEach
  void stop() throws Exception {
    opened.forEach(Nsdb::close);
    server.close();
  }

  @Override
  public ZooKeeperNsdb open() {
    return open(ZooKeeperConfig.of(server));
  }

  private ZooKeeperNsdb open(ZooKeeperConfig config) {
    ZooKeeperNsdb nsdb = ZooKeeperNsdb.open(config);
    opened.add(nsdb);
    return nsdb;
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    ZooKeeperNsdb before = open();
    Bridge bridge = bridge("net");
    before.commit(List.of(creation(bridge)));
    before.commit(List.of(new Operation.AddEntry<>(StateTable.arps(bridge.id()), IP, MAC)));
    Topology topology = before.topology();
    before.close();
    server.close();
    server = EmbeddedZooKeeper.start(folder, 0);
    assertThat(Changes.between(topology, open().topology())).isEmpty();
  }

  @Test
  void storesGoOnWhenTheServerComesBack() throws Exception {
    ZooKeeperNsdb one = open();
    ZooKeeperNsdb two = open();
    Bridge bridge = bridge("0");
    UUID host = id();
    one.commit(List.of(creation(bridge)));
    one.publish(StateKey.alive(host), host, "");
    one.learn(StateTable.arps(bridge.id()), IP, MAC);
    await().until(() -> two.topology().lookUp(StateTable.arps(bridge.id()), IP) != null);
    List<String> names = names(two);

    int port = port();
    server.close();
    CompletableFuture<Commit> waiting =
        CompletableFuture.supplyAsync(
            () -> one.commit(List.of(new Operation.Update(bridge.withName("1")))));
    server = EmbeddedZooKeeper.start(folder, port);
    waiting.join();
    for (int i = 2; i <= 10; i++) {
      one.commit(List.of(new Operation.Update(bridge.withName("" + i))));
    }
    List<String> expected = IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toList();
    await().untilAsserted(() -> assertThat(names).isEqualTo(expected));
    await().until(() -> two.topology().isAlive(host));
    await().until(() -> MAC.equals(two.topology().lookUp(StateTable.arps(bridge.id()), IP)));
  }

  @Test
  void aLostSessionIsReplacedByOneWithTheSameState() throws Exception {
    ZooKeeperNsdb one = open();
    ZooKeeperNsdb two = open();
    Bridge bridge = bridge("0");
    UUID host = id();
    one.commit(List.of(creation(bridge)));
    one.publish(StateKey.alive(host), host, "here");
    one.learn(StateTable.arps(bridge.id()), IP, MAC);
    await().until(() -> one.topology().isAlive(host) && two.topology().isAlive(host));
    List<String> names = names(one);

    expire(one);
    two.commit(List.of(new Operation.Update(bridge.withName("1"))));
    await().untilAsserted(() -> assertThat(names).containsExactly("1"));
    two.commit(List.of(new Operation.Update(bridge.withName("2"))));
    one.commit(List.of(new Operation.Update(bridge.withName("3"))));
    await().untilAsserted(() -> assertThat(names).containsExactly("1", "2", "3"));
    for (ZooKeeperNsdb nsdb : List.of(one, two)) {
      await().until(() -> "here".equals(nsdb.topology().state(StateKey.alive(host)).get(host)));
      await().until(() -> MAC.equals(nsdb.topology().lookUp(StateTable.arps(bridge.id()), IP)));
    }
    one.withdraw(StateKey.alive(host), host);
    one.forget(StateTable.arps(bridge.id()), IP, MAC);
    await().until(() -> !two.topology().isAlive(host));
    await().until(() -> two.topology().tables(bridge.id()).isEmpty());
  }

  @Test
  void manyStatesComeBackAfterALostSession() throws Exception {
    ZooKeeperNsdb one = open();
    ZooKeeperNsdb two = open();
    UUID host = id();
    List<StateKey> keys = Stream.generate(() -> StateKey.active(id())).limit(300).toList();
    one.publish(keys, host, "here");
    await().until(() -> keys.stream().noneMatch(key -> two.topology().state(key).isEmpty()));
    expire(one);
    one.publish(keys.subList(0, 100), host, "still here");
    one.withdraw(keys.subList(200, 300), host);
    for (ZooKeeperNsdb nsdb : List.of(one, two)) {
      await().until(() -> values(nsdb, keys.subList(0, 100), host).equals(Set.of("still here")));
      await().until(() -> values(nsdb, keys.subList(100, 200), host).equals(Set.of("here")));
      await()
          .until(() ->
              keys.subList(200, 300).stream()
                  .allMatch(key -> nsdb.topology().state(key).isEmpty()));
    }
  }

  private static Set<String> values(Nsdb nsdb, List<StateKey> keys, UUID host) {
    return keys.stream()
        .map(key -> nsdb.topology().state(key).getOrDefault(host, "none"))
        .collect(Collectors.toSet());
  }

  @Test
  void blocksOfPortsAreTakenAgainWhenTheSessionIsLostUnlessAnotherHostHasThem() throws Exception {
    UUID router = id();
    ZooKeeperNsdb one = open();
    PortBlocks blocks = one.portBlocks(id());
    assertThat(blocks.take(router, IP, 0, 1, 2)).containsExactlyInAnyOrder(0, 1);
    String lost = one.znodes.portBlocks() + "/" + router + "/" + IP + "/0/taken";
    byte[] other = id().toString().getBytes(StandardCharsets.UTF_8);
    one.connection.delete(lost);
    one.connection.ensure(lost, CreateMode.PERSISTENT, other);
    expire(one);
    await().until(() -> !blocks.holds(router, IP, 0));
    PortBlocks two = open().portBlocks(id());
    await().untilAsserted(() -> assertThat(two.take(router, IP, 0, 1, 2)).isEmpty());
    assertThat(blocks.holds(router, IP, 1)).isTrue();
  }

  @Test
  void theNextProcessOfAHostTakesOverItsBlocksOfPorts() {
    UUID router = id();
    UUID host = id();
    open().portBlocks(host).take(router, IP, 0, 0, 1);
    PortBlocks next = open().portBlocks(host);
    assertThat(next.claim(router, IP, 0)).isTrue();
    opened.removeFirst().close();
    assertThat(open().portBlocks(id()).claim(router, IP, 0)).isFalse();
  }

  @Test
  void aCorruptZnodeIsNamedAndLeftOut() throws Exception {
    ZooKeeperNsdb nsdb = open();
    Bridge good = bridge("good");
    Bridge bad = bridge("bad");
    nsdb.commit(List.of(creation(good), creation(bad)));
    String path = nsdb.znodes.objects(bad.id());
    String stray = nsdb.znodes.tables() + "/nonsense/really/here";
    nsdb.connection.handle().setData(path, "{\"id".getBytes(StandardCharsets.UTF_8), -1);
    nsdb.connection.ensure(stray, CreateMode.PERSISTENT, new byte[0]);

    ZooKeeperNsdb other = open();
    assertThat(other.corrupt()).containsExactlyInAnyOrder(path, stray);
    assertThat(other.topology().list(ObjectType.BRIDGE)).containsExactly(good);
    other.commit(List.of(creation(bad)));
    assertThat(open().topology().get(ObjectType.BRIDGE, bad.id())).isEqualTo(bad);
  }

  @Test
  void theTopologyOfAnotherMidonetIsNeitherReadNorChanged() throws Exception {
    ZooKeeperNsdb elsewhere =
        open(
            new ZooKeeperConfig(
                server.hosts(),
                "/elsewhere",
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                1 << 20));
    String models = "/midonet/zoom/0/models";
    for (String path :
        List.of(
            models + "/Network/" + id(),
            "/midonet/zoom/0/objects/Network/" + id(),
            "/midonet/zoom/0/tables/Network/" + id() + "/ip4_mac_table/10.0.0.1,nobody,0",
            "/midonet/sequences/overlay_tunnel_key")) {
      elsewhere.connection.ensure(path, CreateMode.PERSISTENT, "tenant_id: \"t\"".getBytes(UTF_8));
    }
    Set<String> before = Set.copyOf(elsewhere.connection.below("/midonet"));

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            NsdbException.class, refused -> assertThat(refused.kind()).isEqualTo(Kind.FOREIGN))
        .hasMessageContaining(models)
        .hasMessageContaining("zookeeper_root_key");

    assertThat(elsewhere.connection.below("/midonet")).containsExactlyInAnyOrderElementsOf(before);
    elsewhere.commit(List.of(creation(bridge("net"))));
    assertThat(elsewhere.topology().count(ObjectType.BRIDGE)).isEqualTo(1);
  }

  @Test
  void objectsThatLieTogetherFollowTheirHomeInEveryStore() throws Exception {
    ZooKeeperNsdb one = open();
    ZooKeeperNsdb two = open();
    UUID home = id();
    Bridge left = bridge("left");
    Bridge right = bridge("right");
    one.store(topology -> {
      Transaction transaction = topology.begin(each -> home);
      List.of(creation(left), creation(right)).forEach(transaction::apply);
      return transaction.commit();
    });
    assertThat(two.connection.handle().getChildren(two.znodes.objects(), false))
        .containsExactly(home.toString());
    two.commit(List.of(new Operation.Delete(ObjectType.BRIDGE, left.id())));
    one.commit(List.of(new Operation.Update(right.withName("r"))));
    assertThat(open().topology().list(ObjectType.BRIDGE)).containsExactly(right.withName("r"));
    two.commit(List.of(new Operation.Delete(ObjectType.BRIDGE, right.id())));
    assertThat(one.connection.handle().getChildren(one.znodes.objects(), false)).isEmpty();
  }

  @Test
  void whatSomebodyWrotePastTheStoreIsFoundOut() throws Exception {
    ZooKeeperNsdb nsdb = open();
    Bridge bridge = bridge("net");
    nsdb.commit(List.of(creation(bridge)));
    nsdb.connection.handle().delete(nsdb.znodes.objects(bridge.id()), -1);
    assertThatThrownBy(() -> nsdb.commit(List.of(new Operation.Update(bridge.withName("new")))))
        .hasMessage("There is no Network with ID " + bridge.id() + ".");
    nsdb.commit(List.of(creation(bridge)));
    assertThat(open().topology().has(ObjectType.BRIDGE, bridge.id())).isTrue();
  }

  @Test
  void aTableWhoseHolderWentTakesEntriesAgain() throws Exception {
    ZooKeeperNsdb nsdb = open();
    Bridge bridge = bridge("net");
    var add = new Operation.AddEntry<>(StateTable.arps(bridge.id()), IP, MAC);
    nsdb.commit(List.of(creation(bridge), add));
    nsdb.commit(List.of(new Operation.RemoveEntry<>(StateTable.arps(bridge.id()), IP, MAC)));
    nsdb.connection.handle().delete(nsdb.znodes.table(add.table()), -1);
    nsdb.commit(List.of(add));
    assertThat(open().topology().lookUp(add.table(), IP)).isEqualTo(MAC);
  }

  @Test
  void aTransactionThatIsTooLargeIsRefusedAsAWhole() {
    ZooKeeperNsdb nsdb = open(ZooKeeperConfig.of(server).withMaxTransaction(20_000));
    List<Operation> operations = Stream.generate(() -> creation(bridge("net"))).limit(200).toList();
    assertThatThrownBy(() -> nsdb.commit(operations))
        .isInstanceOfSatisfying(
            NsdbException.class, refused -> assertThat(refused.kind()).isEqualTo(Kind.TOO_LARGE))
        .hasMessageContaining("jute.maxbuffer");
    assertThat(nsdb.topology().list(ObjectType.BRIDGE)).isEmpty();
    assertThat(open().topology().list(ObjectType.BRIDGE)).isEmpty();
  }

  @Test
  void aTransactionTooLargeForTheLogReachesOthersAllTheSame() {
    ZooKeeperNsdb one = open(ZooKeeperConfig.of(server).withMaxTransaction(20_000));
    ZooKeeperNsdb two = open();
    one.commit(Stream.generate(() -> creation(bridge("net"))).limit(60).toList());
    await().until(() -> two.topology().count(ObjectType.BRIDGE) == 60);
    assertThat(Changes.between(one.topology(), two.topology())).isEmpty();
  }

  @Test
  void theLogIsTrimmedAndAFollowerBehindItCatchesUp() throws Exception {
    ZooKeeperNsdb nsdb = open();
    Bridge bridge = bridge("0");
    nsdb.commit(List.of(creation(bridge)));
    Loader late = new Loader(nsdb.connection, nsdb.znodes);
    long start = late.revision().number();
    for (int i = 0; i < Committer.LOG_LENGTH + 5; i++) {
      nsdb.commit(List.of(new Operation.Update(bridge.withName("" + i))));
    }
    long end = late.revision().number();
    assertThat(nsdb.connection.handle().getChildren(nsdb.znodes.log(), false))
        .hasSize(Committer.LOG_LENGTH);
    assertThat(late.log(start, end)).isNull();
    assertThat(late.log(end - 10, end)).hasSize(10);
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() throws Exception {
    ZooKeeperConfig config =
        ZooKeeperConfig.of("127.0.0.1:1")
            .withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(300));
    assertThatThrownBy(() -> ZooKeeperNsdb.open(config))
        .isInstanceOfSatisfying(
            NsdbException.class, refused -> assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("127.0.0.1:1");
    ZooKeeperNsdb nsdb =
        open(
            ZooKeeperConfig.of(server)
                .withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(500)));
    server.close();
    assertThatThrownBy(() -> nsdb.commit(List.of(creation(bridge("net")))))
        .isInstanceOfSatisfying(
            NsdbException.class, refused -> assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("may have been stored or not");
  }

  private static List<String> names(Nsdb nsdb) {
    List<String> names = new CopyOnWriteArrayList<>();
    nsdb.watch((before, after, changes) ->
        changes.forEach(change -> {
          if (change instanceof Change.OfObject object
              && object.after() instanceof Bridge changed) {
            names.add(String.valueOf(changed.name()));
          }
        }));
    return names;
  }

  private int port() {
    String hosts = server.hosts();
    return Integer.parseInt(hosts.substring(hosts.indexOf(':') + 1));
  }

  /** Ends the session as the server would after a long silence. */
  private void expire(ZooKeeperNsdb nsdb) throws Exception {
    ZooKeeper handle = nsdb.connection.handle();
    CompletableFuture<Void> connected = new CompletableFuture<>();
    ZooKeeper twin =
        new ZooKeeper(
            server.hosts(),
            10_000,
            event -> connected.complete(null),
            handle.getSessionId(),
            handle.getSessionPasswd());
    connected.join();
    twin.close();
  }
}
