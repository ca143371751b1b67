package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.Dialect;
import org.midonet.neutron.store.TestDatabase;

/**
 * kill -9 of the whole program while eight clients work: what it answered is so after a restart.
 */
@DatabaseTest
@Tag("heavy")
class KilledServerIT {
  private static final int CLIENTS = 8;

  @TempDir private Path directory;

  private final TestDatabase database;
  private final Random random = new Random(11);
  private final List<PortLoad> clients = new ArrayList<>();

  KilledServerIT(TestDatabase database) {
    this.database = database;
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new PortLoad("project-" + i, i));
    }
  }

  @Test
  void whatWasAnsweredIsSoAfterTheRestart() throws Exception {
    database.migrated();
    Path config =
        Files.writeString(
            directory.resolve("neutron.conf"),
            """
            [DEFAULT]
            auth_strategy = noauth
            bind_host = 127.0.0.1
            bind_port = 0
            core_plugin = midonet_v2
            service_plugins = midonet_l3
            state_path = %s
            [database]
            connection = %s
            [quotas]
            quota_port = -1
            """
                .formatted(directory, database.url()));
    int rounds = database.dialect() == Dialect.SQLITE ? 5 : 1;
    String network = null;
    for (int round = 0; round < rounds; round++) {
      try (ServerProcess server = start(config)) {
        verifyAnswers(server);
        if (network == null) {
          network = network(server);
        }
        workAndKill(server, network);
      }
      verifyTables();
    }
    try (ServerProcess server = start(config)) {
      verifyAnswers(server);
    }
  }

  private ServerProcess start(Path config) throws IOException {
    return ServerProcess.start(config, directory.resolve("errors"));
  }

  private static String network(ServerProcess server) {
    Map<String, ?> shared = Map.of("name", "shared", "shared", true);
    String id =
        String.valueOf(
            server
                .send("admin", "POST", "networks", Map.of("network", shared))
                .item("network")
                .get("id"));
    Map<String, ?> subnet = Map.of("network_id", id, "ip_version", 4, "cidr", "10.0.0.0/16");
    assertThat(server.send("admin", "POST", "subnets", Map.of("subnet", subnet)).status())
        .isEqualTo(201);
    return id;
  }

  private void workAndKill(ServerProcess server, String network) throws Exception {
    AtomicInteger answers = new AtomicInteger();
    int enough = 50 + random.nextInt(500);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> working = new ArrayList<>();
      for (PortLoad client : clients) {
        working.add(threads.submit(() -> client.run(server, network, answers)));
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(3))
          .until(() -> answers.get() >= enough || working.stream().anyMatch(Future::isDone));
      server.kill();
      for (Future<?> each : working) {
        each.get();
      }
    }
    assertThat(answers.get()).as("answers before the kill").isGreaterThanOrEqualTo(enough);
  }

  private void verifyTables() {
    if (database.dialect() == Dialect.SQLITE) {
      assertThat(strings("pragma integrity_check")).containsExactly("ok");
    }
    assertThat(
            strings(
                "select port_id from ip_allocations where port_id not in (select id from ports)"))
        .as("addresses of ports that are not there")
        .isEmpty();
  }

  private List<String> strings(String sql) {
    return database.database().read(tx -> tx.dsl().fetch(sql).getValues(0, String.class));
  }

  private void verifyAnswers(ServerProcess server) {
    Map<String, String> nameById = new HashMap<>();
    Map<String, Long> countByProject = new HashMap<>();
    List<String> macs = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    List<?> ports =
        (List<?>)
            Objects.requireNonNull(server.send("admin", "GET", "ports", null).body().get("ports"));
    for (Object item : ports) {
      Map<?, ?> port = (Map<?, ?>) item;
      nameById.put(String.valueOf(port.get("id")), String.valueOf(port.get("name")));
      countByProject.merge(String.valueOf(port.get("project_id")), 1L, Long::sum);
      macs.add(String.valueOf(port.get("mac_address")));
      addresses.add(String.valueOf(port.get("fixed_ips")));
    }
    assertThat(clients).flatExtracting(client -> client.complaints(nameById)).isEmpty();
    assertThat(macs).doesNotHaveDuplicates();
    assertThat(addresses).doesNotHaveDuplicates();
    countByProject.forEach((project, count) -> assertThat(used(server, project)).isEqualTo(count));
  }

  private static long used(ServerProcess server, String project) {
    Map<?, ?> details =
        server.send(project, "GET", "quotas/" + project + "/details", null).item("quota");
    Map<?, ?> port = (Map<?, ?>) Objects.requireNonNull(details.get("port"));
    return (Long) Objects.requireNonNull(port.get("used"));
  }
}
