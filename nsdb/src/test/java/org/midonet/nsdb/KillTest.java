package org.midonet.nsdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.topology.Bridge;
import org.midonet.topology.ObjectType;

/** The embedded server's process is killed at random moments of a load. */
@Tag("heavy")
final class KillTest {
  private static final int KILLS = 10;

  @TempDir private Path folder;

  @Test
  void whatWasAcknowledgedSurvivesEveryKill() throws Exception {
    Random random = new Random(20_261_123);
    Map<UUID, String> acknowledged = new HashMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      int before = acknowledged.size();
      loadAndKill(acknowledged, 50 + random.nextInt(400));
      assertThat(acknowledged).hasSizeGreaterThan(before);
      verify(acknowledged);
    }
  }

  /** Runs the load, kills it after some acknowledgements, and reads those that follow. */
  private void loadAndKill(Map<UUID, String> acknowledged, int after) throws Exception {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes,
                CommitsUntilKilled.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.length() == "create ".length() + 36) { // the last one may be half a line
          acknowledged.put(UUID.fromString(line.substring(7)), line.substring(0, 6));
        }
        if (++count == after) {
          process.toHandle().destroyForcibly(); // leaves the stream open, unlike that of Process
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private void verify(Map<UUID, String> acknowledged) throws Exception {
    try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(folder, 0);
        ZooKeeperNsdb nsdb = ZooKeeperNsdb.open(ZooKeeperConfig.of(server))) {
      assertThat(nsdb.corrupt()).isEmpty();
      Topology topology = nsdb.topology();
      acknowledged.forEach((id, last) -> {
        Bridge bridge = topology.find(ObjectType.BRIDGE, id);
        assertThat(topology.has(ObjectType.PORT, id)).isEqualTo(bridge != null);
        assertThat(topology.tables(id)).hasSize(bridge == null ? 0 : 1);
        switch (last) {
          case "create" -> assertThat(bridge).extracting(Bridge::name).isIn("created", "updated");
          case "update" ->
              // The deletion may have been on its way.
              assertThat(bridge == null ? "updated" : bridge.name()).isEqualTo("updated");
          default -> assertThat(bridge).isNull();
        }
      });
    }
  }
}
