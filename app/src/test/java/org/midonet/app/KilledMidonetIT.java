package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the whole program with the built-in MidoNet while clients work: nothing that was
 * answered is lost, and the topology is what the database asks for.
 */
@Tag("heavy")
class KilledMidonetIT {
  private static final int CLIENTS = 4;
  private static final int KILLS = 50;
  private static final int CHECKED = 10;
  private static final int MOST_ANSWERS = 300;
  private static final Duration LONGEST = Duration.ofMillis(2500);

  /** Every so many times it dies while it starts. */
  private static final int EARLY = 5;

  private static final long EARLIEST = Duration.ofSeconds(1).toNanos();

  @TempDir private Path directory;

  private final Random random = new Random(12);
  private final List<CloudLoad> clients = new ArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();
  private List<String> program = List.of();

  @Test
  void databaseAndTopologyAgreeWhateverMomentItDied() throws Exception {
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
            state_path = %s/var
            [quotas]
            default_quota = -1
            quota_port = -1
            [MIDONET]
            client = builtin
            cluster_api_port = 0
            """
                .formatted(directory));
    program = QuickStart.train(directory);
    try (ServerProcess server = start(config)) {
      String external = CloudLoad.external(server);
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new CloudLoad("project-" + i, external, i, answers));
      }
    }
    for (int kill = 1; kill <= KILLS; kill++) {
      try (ServerProcess server = start(config)) {
        workAndKill(server, kill % EARLY == 0);
      }
      if (kill % CHECKED == 0) {
        check(config, "after %d kills and %d answers".formatted(kill, answers.get()));
      }
    }
    try (ServerProcess server = start(config)) {
      assertThat(CloudLoad.complaints(server, clients)).isEmpty();
    }
    check(config, "in the end");
    assertThat(answers.get()).as("answers to changes").isGreaterThan(10 * KILLS);
  }

  private ServerProcess start(Path config) throws IOException {
    return ServerProcess.start(program, config, directory.resolve("errors"));
  }

  private void workAndKill(ServerProcess server, boolean early) throws Exception {
    int enough = answers.get() + random.nextInt(MOST_ANSWERS);
    long end = System.nanoTime() + (early ? random.nextLong(EARLIEST) : LONGEST.toNanos());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> working = new ArrayList<>();
      for (CloudLoad client : clients) {
        working.add(threads.submit(() -> client.run(server)));
      }
      Awaitility.await()
          .pollInterval(Duration.ofMillis(3))
          .atMost(LONGEST.multipliedBy(2))
          .until(() -> answers.get() >= enough || System.nanoTime() >= end);
      server.kill();
      for (Future<?> each : working) {
        each.get();
      }
    }
  }

  private static void check(Path config, String when) {
    StringBuilder out = new StringBuilder();
    int status = Main.execute(out, out, "db", "check", "--config-file", config.toString());
    assertThat(out.toString()).as(when).contains("no difference.").doesNotContain("are parked");
    assertThat(status).isZero();
  }
}
