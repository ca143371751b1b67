package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on a file system of which something else takes the rest. */
@Tag("root")
class FullDiskServerIT {
  private static final int MOST_CREATES = 20_000;

  @TempDir private Path mountPoint;
  @TempDir private Path elsewhere;

  @BeforeEach
  void mount() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", mountPoint.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", mountPoint.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void creatingIsRefusedPlainlyReadingGoesOnAndNothingAnsweredIsLost() throws Exception {
    Path config =
        Files.writeString(
            elsewhere.resolve("neutron.conf"),
            """
            [DEFAULT]
            auth_strategy = noauth
            bind_host = 127.0.0.1
            bind_port = 0
            core_plugin = midonet_v2
            state_path = %s
            [quotas]
            quota_network = -1
            """
                .formatted(mountPoint));
    Set<String> answered = new HashSet<>();
    try (ServerProcess server = ServerProcess.start(config, elsewhere.resolve("errors"))) {
      create(server, answered);
      Path ballast = mountPoint.resolve("ballast");
      takeAllButOneMebibyte(ballast);
      ServerProcess.Answer refusal = createUntilRefused(server, answered);
      assertThat(refusal.status()).isEqualTo(503);
      assertThat(refusal.body().toString())
          .contains("NeutronError")
          .contains("database cannot be used");
      assertThat(networks(server)).isEqualTo(answered);
      Files.delete(ballast);
      assertThat(create(server, answered).status()).isEqualTo(201);
    }
    try (ServerProcess server = ServerProcess.start(config, elsewhere.resolve("errors"))) {
      assertThat(networks(server)).isEqualTo(answered);
    }
  }

  private static void takeAllButOneMebibyte(Path ballast) throws IOException {
    long room = Files.getFileStore(ballast.getParent()).getUsableSpace();
    Files.write(ballast, new byte[(int) (room - (1 << 20))]);
  }

  private static ServerProcess.Answer createUntilRefused(
      ServerProcess server, Set<String> answered) {
    for (int i = 0; i < MOST_CREATES; i++) {
      ServerProcess.Answer answer = create(server, answered);
      if (answer.status() != 201) {
        return answer;
      }
    }
    throw new AssertionError("the disk took " + MOST_CREATES + " networks");
  }

  private static ServerProcess.Answer create(ServerProcess server, Set<String> answered) {
    Map<String, ?> network = Map.of("name", "n", "description", "x".repeat(200));
    ServerProcess.Answer answer =
        server.send("admin", "POST", "networks", Map.of("network", network));
    if (answer.status() == 201) {
      answered.add(String.valueOf(answer.item("network").get("id")));
    }
    return answer;
  }

  private static Set<String> networks(ServerProcess server) {
    Map<?, ?> body = server.send("admin", "GET", "networks?fields=id", null).body();
    Set<String> ids = new HashSet<>();
    for (Object network : (List<?>) Objects.requireNonNull(body.get("networks"))) {
      ids.add(String.valueOf(((Map<?, ?>) network).get("id")));
    }
    return ids;
  }
}
