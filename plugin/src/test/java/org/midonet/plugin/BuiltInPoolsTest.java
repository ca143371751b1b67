package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.importer.Fill;
import org.midonet.cluster.importer.Importer;
import org.midonet.cluster.importer.TaskState;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.DatabaseSettings;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.Topology;
import org.midonet.plugin.Cloud.Behind;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.builtin.BuiltInClient;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.builtin.Prepared;
import org.midonet.plugin.client.builtin.SqlTaskSource;
import org.midonet.plugin.client.builtin.balancing.BuiltInPools;
import org.midonet.plugin.client.cluster.TaskTable;
import org.midonet.topology.LbStatus;
import org.midonet.topology.ObjectType;
import org.midonet.topology.PoolMember;
import tools.jackson.databind.JsonNode;

/** Load balancing from the Networking API to the topology of the built-in MidoNet, and back. */
final class BuiltInPoolsTest {
  private static final UUID HOST = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();
  private static final Map<String, String> OPTIONS =
      Map.of(
          "DEFAULT.service_plugins",
          "midonet_l3,lbaas",
          "service_providers.service_provider",
          LoadBalancersTest.PROVIDER);

  private final Database database = open();
  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final MemoryNsdb agent = nsdb.sibling();
  private final BuiltInMidonet midonet = new Beside(nsdb);
  private final Cloud cloud;
  private @Nullable Importer importer;

  BuiltInPoolsTest() {
    List<BuiltInClient> clients = new ArrayList<>();
    TestServer server =
        TestServer.withPools(
            config -> {
              clients.add(new BuiltInClient(config.midonet(), midonet));
              return clients.getFirst();
            },
            OPTIONS,
            database,
            new BuiltInPools(midonet));
    cloud = new Cloud(server);
    Fill.run(
        nsdb,
        server
            .sessions()
            .read(
                RequestContext.admin("req-1"),
                session -> clients.getFirst().everything(session, false)),
        database.read(TaskTable::last),
        TaskTranslation.standard());
  }

  private record Beside(MemoryNsdb nsdb) implements BuiltInMidonet {
    @Override
    public void committed(int task) {}
  }

  private static Database open() {
    Database database = Database.open(DatabaseSettings.of("sqlite://"));
    database.migrate();
    return database;
  }

  @AfterEach
  void stop() {
    if (importer != null) {
      importer.close();
    }
    cloud.close();
    database.close();
    nsdb.close();
  }

  @Test
  void poolsComeAndGoInTheTopology() {
    Behind behind = cloud.behind();
    String pool = pool(behind.subnet());
    String member = member(pool, "10.0.0.7");
    String vip = vip(pool, external(behind));
    String monitor = monitor(pool);
    Topology made = imported();
    assertThat(made.list(ObjectType.LOAD_BALANCER)).hasSize(1);
    assertThat(made.has(ObjectType.POOL, UUID.fromString(pool))).isTrue();
    assertThat(made.has(ObjectType.VIP, UUID.fromString(vip))).isTrue();
    assertThat(made.find(ObjectType.POOL_MEMBER, UUID.fromString(member))).isNotNull();
    assertThat(made.get(ObjectType.POOL, UUID.fromString(pool)).healthMonitorId())
        .isEqualTo(UUID.fromString(monitor));

    assertThat(cloud.neutron.delete("/lb/vips/" + vip).status()).isEqualTo(204);
    assertThat(cloud.neutron.delete("/lb/pools/" + pool).status()).isEqualTo(204);
    Topology gone = imported();
    assertThat(gone.list(ObjectType.POOL)).isEmpty();
    assertThat(gone.list(ObjectType.POOL_MEMBER)).isEmpty();
    assertThat(gone.list(ObjectType.VIP)).isEmpty();
    assertThat(gone.list(ObjectType.HEALTH_MONITOR)).isEmpty();
  }

  @Test
  void aMonitorWatchesSeveralPools() {
    Behind behind = cloud.behind();
    String one = pool(behind.subnet());
    String two = pool(behind.subnet());
    String monitor = monitor(one);
    associate(two, monitor);
    assertThat(imported().list(ObjectType.POOL))
        .allSatisfy(pool -> assertThat(pool.healthMonitorId()).hasToString(monitor));
    cloud.neutron.delete("/lb/pools/" + one + "/health_monitors/" + monitor);
    assertThat(imported().list(ObjectType.HEALTH_MONITOR)).hasSize(1);
    assertThat(imported().list(ObjectType.POOL))
        .filteredOn(pool -> pool.healthMonitorId() != null)
        .hasSize(1);
  }

  @Test
  void aMemberShowsWhetherItIsAlive() {
    Behind behind = cloud.behind();
    String pool = pool(behind.subnet());
    String member = member(pool, "10.0.0.7");
    imported();
    find(member, LbStatus.INACTIVE);
    await().untilAsserted(() -> assertThat(status(member)).isEqualTo("INACTIVE"));
    Answer changed = cloud.neutron.put("/lb/members/" + member, "{'member': {'weight': 3}}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(status(member)).isEqualTo("INACTIVE");
    find(member, LbStatus.ACTIVE);
    await().untilAsserted(() -> assertThat(status(member)).isEqualTo("ACTIVE"));
  }

  @Test
  void whatWentThroughAPoolOutlivesItsHosts() {
    String pool = pool(cloud.behind().subnet());
    assertThat(stats(pool)).containsExactly(0, 0, 0, 0);
    publish(pool, HOST, "first", 100, 7);
    publish(pool, OTHER, "first", 1000, 1);
    await().untilAsserted(() -> assertThat(stats(pool)).containsExactly(1100, 2200, 8, 16));

    agent.withdraw(key(pool), HOST);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(stats(pool)).containsExactly(1100, 2200, 1, 16));
    publish(pool, HOST, "second", 5, 2);
    await().untilAsserted(() -> assertThat(stats(pool)).containsExactly(1105, 2210, 3, 20));
    publish(pool, OTHER, "second", 1, 0);
    await().untilAsserted(() -> assertThat(stats(pool)).containsExactly(1106, 2212, 2, 20));
  }

  private List<Integer> stats(String pool) {
    JsonNode stats = cloud.neutron.get("/lb/pools/" + pool + "/stats").resource();
    return List.of(
        stats.get("bytes_in").asInt(),
        stats.get("bytes_out").asInt(),
        stats.get("active_connections").asInt(),
        stats.get("total_connections").asInt());
  }

  private void publish(String pool, UUID host, String epoch, int bytes, int connections) {
    agent.publish(
        key(pool),
        host,
        "{\"epoch\": \"%s\", \"bytes_in\": %d, \"bytes_out\": %d, \"active_connections\": %d, \"total_connections\": %d}"
            .formatted(epoch, bytes, 2 * bytes, connections, 2 * connections));
  }

  private static StateKey key(String pool) {
    return new StateKey(ObjectType.POOL, UUID.fromString(pool), "load_balancing");
  }

  /** As an agent does. */
  private void find(String member, LbStatus status) {
    PoolMember present = nsdb.topology().get(ObjectType.POOL_MEMBER, UUID.fromString(member));
    nsdb.commit(List.of(new Operation.Update(present.withStatus(status))));
  }

  private String status(String member) {
    return cloud.neutron.get("/lb/members/" + member).resource().get("status").asString();
  }

  private Topology imported() {
    if (importer == null) {
      importer =
          Importer.start(
              nsdb, new SqlTaskSource(database, new Prepared()), TaskTranslation.standard());
    }
    importer.wake();
    int last = database.read(TaskTable::last);
    await().untilAsserted(() -> assertThat(TaskState.last(nsdb.topology())).hasValue(last));
    return nsdb.topology();
  }

  private String external(Behind behind) {
    return cloud
        .neutron
        .get("/subnets?network_id=" + behind.external())
        .resource()
        .get(0)
        .get("id")
        .asString();
  }

  private String pool(String subnet) {
    return cloud.create(
        "lb/pools",
        "{'pool': {'subnet_id': '%s', 'protocol': 'TCP', 'lb_method': 'ROUND_ROBIN'}}"
            .formatted(subnet));
  }

  private String member(String pool, String address) {
    return cloud.create(
        "lb/members",
        "{'member': {'pool_id': '%s', 'address': '%s', 'protocol_port': 80}}"
            .formatted(pool, address));
  }

  private String vip(String pool, String subnet) {
    return cloud.create(
        "lb/vips",
        "{'vip': {'subnet_id': '%s', 'protocol': 'TCP', 'protocol_port': 80, 'pool_id': '%s'}}"
            .formatted(subnet, pool));
  }

  private String monitor(String pool) {
    String monitor =
        cloud.create(
            "lb/health_monitors",
            "{'health_monitor': {'type': 'TCP', 'delay': 5, 'timeout': 3, 'max_retries': 3}}");
    associate(pool, monitor);
    return monitor;
  }

  private void associate(String pool, String monitor) {
    Answer associated =
        cloud.neutron.post(
            "/lb/pools/" + pool + "/health_monitors",
            "{'health_monitor': {'id': '%s'}}".formatted(monitor));
    assertThat(associated.status()).as("%s", associated).isEqualTo(201);
  }
}
