package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.cluster.importer.Fill;
import org.midonet.cluster.importer.ImportTask;
import org.midonet.cluster.importer.Importer;
import org.midonet.cluster.importer.TaskState;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.cluster.translation.Chance;
import org.midonet.cluster.translation.Translation;
import org.midonet.cluster.translation.TranslationSettings;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Mac;
import org.midonet.plugin.Cloud.Behind;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.builtin.BuiltInClient;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.builtin.Prepared;
import org.midonet.plugin.client.builtin.SqlTaskSource;
import org.midonet.plugin.client.cluster.ParkedTask;
import org.midonet.plugin.client.cluster.Task;
import org.midonet.plugin.client.cluster.TaskTable;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;
import org.midonet.topology.Rule;

/** The built-in MidoNet is told what it can do, and does it, on each database. */
@DatabaseTest
class BuiltInIT {
  private final Database database;
  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final Prepared prepared = new Prepared();
  private final SqlTaskSource source;
  private final Cloud cloud;
  private final int before;
  private @Nullable BuiltInClient client;

  BuiltInIT(TestDatabase database) {
    this.database = database.migrated();
    this.source = new SqlTaskSource(this.database, prepared);
    TestServer server =
        new TestServer(
            config -> {
              client = new BuiltInClient(config.midonet(), new Beside());
              return client;
            },
            Map.of(),
            this.database);
    this.cloud = new Cloud(server);
    this.before = last();
    Fill.run(nsdb, everything(server.sessions()), before, TaskTranslation.standard());
  }

  private List<ImportTask> everything(Sessions sessions) {
    BuiltInClient made = Objects.requireNonNull(client);
    return sessions.read(RequestContext.admin("req-1"), session -> made.everything(session, false));
  }

  private final class Beside implements BuiltInMidonet {
    @Override
    public MemoryNsdb nsdb() {
      return nsdb;
    }

    @Override
    public void committed(int task) {
      source.committed(task);
    }

    @Override
    public Optional<Prepared> prepared() {
      return Optional.of(prepared);
    }
  }

  @AfterEach
  void stop() {
    cloud.close();
    nsdb.close();
    database.write(tx -> tx.update("delete from midonet_parked_tasks"));
  }

  private int last() {
    return database.read(TaskTable::last);
  }

  /** Applies all tasks there are. */
  private Topology imported() {
    return imported(TaskTranslation.standard());
  }

  private Topology imported(TaskTranslation translation) {
    try (Importer importer = Importer.start(nsdb, source, translation)) {
      importer.wake();
      await().untilAsserted(() -> assertThat(TaskState.last(nsdb.topology())).hasValue(last()));
    }
    return nsdb.topology();
  }

  /** Of an importer that could not translate anything that takes an id by lot. */
  private static TaskTranslation withoutLuck() {
    return new TaskTranslation(new Translation(TranslationSettings.DEFAULT, new NoChance()));
  }

  private static final class NoChance implements Chance {
    @Override
    public UUID id() {
      throw new AssertionError("translated again");
    }

    @Override
    public Mac mac() {
      throw new AssertionError("translated again");
    }
  }

  private List<ParkedTask> parked() {
    return database.read(ParkedTask::list);
  }

  private List<String> told() {
    return database.read(tx -> TaskTable.after(tx, before)).stream().map(Task::dataType).toList();
  }

  @Test
  void whatIsMadeIsInTheTopology() {
    Behind behind = cloud.behind();
    cloud.floatingIp(behind.external(), behind.port());
    Topology topology = imported();

    assertThat(parked()).isEmpty();
    assertThat(topology.has(ObjectType.BRIDGE, UUID.fromString(behind.network()))).isTrue();
    assertThat(topology.has(ObjectType.PORT, UUID.fromString(behind.port()))).isTrue();
    assertThat(topology.has(ObjectType.ROUTER, UUID.fromString(behind.router()))).isTrue();
    assertThat(topology.list(ObjectType.FLOATING_IP))
        .anyMatch(each -> behind.port().equals(each.text("port_id")));
  }

  @Test
  void theImporterTakesWhatTheRequestsTranslated() {
    Behind behind = cloud.behind();
    cloud.floatingIp(behind.external(), behind.port());
    imported(withoutLuck());
    cloud.port(behind.network());
    Topology topology = imported(withoutLuck());

    assertThat(parked()).isEmpty();
    assertThat(topology.has(ObjectType.PORT, UUID.fromString(behind.port()))).isTrue();
  }

  @Test
  void theImporterTranslatesWhereSomebodyElseWrote() {
    Behind behind = cloud.behind();
    nsdb.commit(
        List.of(
            new Operation.Create(
                ChainBuilder.builder().id(UUID.randomUUID()).name("of another").build())));
    Topology topology = imported();

    assertThat(parked()).isEmpty();
    assertThat(topology.has(ObjectType.PORT, UUID.fromString(behind.port()))).isTrue();
    assertThat(topology.list(ObjectType.CHAIN)).anyMatch(each -> "of another".equals(each.name()));
  }

  @Test
  void aRequestBuildsOnWhatIsNotAppliedYetAndOnWhatIs() {
    String network = cloud.network();
    String first = cloud.port(network);
    imported();
    String second = cloud.port(network);
    cloud.neutron.delete("/ports/" + first);
    Topology topology = imported();

    assertThat(parked()).isEmpty();
    assertThat(topology.has(ObjectType.PORT, UUID.fromString(first))).isFalse();
    assertThat(topology.has(ObjectType.PORT, UUID.fromString(second))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "sctp, 132",
    "ipv6-frag, 44",
    "icmpv6, 58",
    "ipip, 4",
    "200, 200",
    "112, 112",
    "ip, -",
    "0, -"
  })
  void rulesOfEveryProtocolAreKnown(String protocol, String number) {
    String group = cloud.create("security-groups", "{'security_group': {'name': 'g'}}");
    String rule =
        cloud.create(
            "security-group-rules",
            ("{'security_group_rule': {'security_group_id': '%s', 'direction': 'ingress',"
                    + " 'ethertype': 'IPv6', 'protocol': '%s'}}")
                .formatted(group, protocol));
    Topology topology = imported();

    assertThat(parked()).isEmpty();
    Rule made = Objects.requireNonNull(topology.find(ObjectType.RULE, UUID.fromString(rule)));
    assertThat(made.condition().nwProto())
        .isEqualTo(number.equals("-") ? null : Integer.valueOf(number));
  }

  @Test
  void whatMidonetWouldRefuseIsRefusedAndNothingIsStored() {
    String network = cloud.network();
    int ports = cloud.count("ports");
    List<String> told = told();

    Answer refused =
        cloud.neutron.post(
            "/ports",
            ("{'port': {'network_id': '%s', 'device_owner': 'network:router_interface',"
                    + " 'binding:host_id': 'nowhere', 'binding:profile': {'interface_name': 'e'}}}")
                .formatted(network));

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.body().toString()).contains("There is no Host with ID nowhere");
    assertThat(cloud.count("ports")).isEqualTo(ports);
    assertThat(told()).isEqualTo(told);
    cloud.port(network);
    imported();
    assertThat(parked()).isEmpty();
  }

  @Test
  void whatTheTopologyLostMeanwhileIsParkedAndTheRestGoesOn() {
    String network = cloud.network();
    imported();
    String port = cloud.port(network);
    nsdb.commit(List.of(new Operation.Delete(ObjectType.BRIDGE, UUID.fromString(network))));
    String other = cloud.port(cloud.network());
    Topology topology = imported();

    assertThat(parked())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.task().resourceId()).isEqualTo(port);
          assertThat(each.error()).contains("There is no Network with ID " + network);
        });
    assertThat(topology.has(ObjectType.PORT, UUID.fromString(other))).isTrue();

    ParkedTask first = parked().getFirst();
    int again = database.write(first::retry);
    imported();
    assertThat(parked()).extracting(each -> each.task().id()).containsExactly(again);
  }

  @Test
  void manyAtOnceAreAppliedOnceEach() throws InterruptedException {
    String network = cloud.network();
    List<Thread> threads = new ArrayList<>();
    try (Importer importer = Importer.start(nsdb, source, TaskTranslation.standard())) {
      importer.wake();
      for (int i = 0; i < 8; i++) {
        threads.add(
            Thread.startVirtualThread(() -> {
              for (int n = 0; n < 5; n++) {
                cloud.neutron.delete("/ports/" + cloud.port(network));
                cloud.port(network);
              }
            }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    Topology topology = imported();

    assertThat(parked()).isEmpty();
    assertThat(topology.references(References.BRIDGE_PORTS, UUID.fromString(network))).hasSize(40);
  }
}
