package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leader of an external ensemble dies while users work: they notice nothing. */
@Tag("packages")
class KilledEnsembleIT {
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  private final List<CloudLoad> clients = new ArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();

  @Test
  void nothingIsLostAndServiceContinues() throws Exception {
    assumeTrue(DebianEnsemble.isInstalled(), "Debian's package zookeeper is not installed");
    try (DebianEnsemble ensemble = new DebianEnsemble(directory)) {
      Awaitility.await().atMost(PATIENCE).until(() -> ensemble.leader() >= 0);
      CheckedServer checked =
          new CheckedServer(directory, "sqlite:///" + directory.resolve("neutron.db"));
      Path config = checked.config("zookeeper_hosts = " + ensemble.hosts());
      try (ServerProcess server = checked.start(config)) {
        String external = CloudLoad.external(server);
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(new CloudLoad("project-" + i, external, i, answers));
        }
        workAndKillTheLeader(server, ensemble);
      }
      try (ServerProcess server = checked.start(config)) {
        assertThat(CloudLoad.complaints(server, clients)).isEmpty();
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(() -> {
              assertThat(checked.midonet(config, "check")).as("%s", checked.out()).isZero();
              assertThat(checked.out()).doesNotContain("not applied yet");
            });
        assertThat(checked.out()).contains("no difference.").doesNotContain("are parked");
      }
    }
  }

  /** An answer of 500 or above fails a client, and so the test. */
  private void workAndKillTheLeader(ServerProcess server, DebianEnsemble ensemble)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> working = new ArrayList<>();
      for (CloudLoad client : clients) {
        working.add(threads.submit(() -> client.run(server)));
      }
      awaitAnswers(working, 200);
      ensemble.kill(ensemble.leader());
      awaitAnswers(working, answers.get() + 400);
      assertThat(ensemble.leader()).isNotNegative();
      server.kill();
      for (Future<?> each : working) {
        each.get();
      }
    }
  }

  private void awaitAnswers(List<Future<?>> working, int enough) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> answers.get() >= enough || working.stream().anyMatch(Future::isDone));
    assertThat(working).as("clients that failed").noneMatch(Future::isDone);
  }
}
