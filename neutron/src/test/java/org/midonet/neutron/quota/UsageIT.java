package org.midonet.neutron.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;

/** What the counts of usage and the tags promise, on each of the databases. */
@DatabaseTest
final class UsageIT {
  private final TestDatabase database;
  private TestServer server;

  UsageIT(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void start() {
    server = TestServer.start(database.url(), Map.of());
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private int network(String project) {
    return server.member(project).post("networks", Map.of("network", Map.of("name", "n"))).status();
  }

  @Test
  void concurrentCreatesNeverExceedTheLimit() throws Exception {
    server.admin().put("quotas/demo", Map.of("quota", Map.of("network", 5)));
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> creates =
          Stream.generate(() -> (Callable<Integer>) () -> network("demo")).limit(20).toList();
      List<Integer> statuses = executor.invokeAll(creates).stream().map(Future::resultNow).toList();
      assertThat(statuses).filteredOn(s -> s == 201).hasSize(5);
      assertThat(statuses).filteredOn(s -> s == 409).hasSize(15);
    }
    Map<?, ?> used =
        (Map<?, ?>)
            Objects.requireNonNull(
                server.member("demo").get("quotas/demo/details").item().get("network"));
    assertThat(used.get("used")).isEqualTo(5L);
  }

  @Test
  void tagsDifferByLetterCaseAndFilter() {
    TestServer.Client client = server.member("tagger");
    Object id = client.create("networks", "network", Map.of("name", "n")).get("id");
    String tags = "networks/" + id + "/tags";
    client.put(tags, Map.of("tags", List.of("red", "Red", "blue")));
    assertThat(client.get(tags).body()).containsEntry("tags", List.of("Red", "blue", "red"));
    assertThat(client.get("networks?tags=red,Red").items()).hasSize(1);
    assertThat(client.get("networks?tags=RED").items()).isEmpty();
    assertThat(client.get("networks?not-tags=red").items()).isEmpty();
  }
}
