package org.midonet.nsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.midonet.nsdb.Fixtures.bridge;
import static org.midonet.nsdb.Fixtures.creation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.topology.Bridge;
import org.midonet.topology.ObjectType;

/** The embedded server on a file system of which something else takes the rest. */
@Tag("root")
final class FullDiskTest {
  private static final int MOST_COMMITS = 2_000;
  private static final Duration SESSION = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @TempDir private Path mountPoint;

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
  void commitsFailPlainlyAndGoOnWhenThereIsRoomAndNoneThatWasAnsweredIsLost() throws Exception {
    Set<UUID> answered = new HashSet<>();
    Path ballast = mountPoint.resolve("ballast");
    try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(mountPoint, 0);
        Nsdb nsdb = ZooKeeperNsdb.open(ZooKeeperConfig.of(server).withTimeouts(SESSION, TIMEOUT))) {
      commit(nsdb, answered);
      long room = Files.getFileStore(mountPoint).getUsableSpace();
      Files.write(ballast, new byte[(int) (room - (256 << 10))]);
      NsdbException refusal = commitUntilRefused(nsdb, answered);
      assertThat(refusal.kind()).isEqualTo(NsdbException.Kind.UNAVAILABLE);
      assertThat(nsdb.topology().list(ObjectType.BRIDGE)).isNotEmpty();

      Files.delete(ballast);
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(NsdbException.class)
          .until(() -> commit(nsdb, answered));
      assertThat(stored(nsdb)).containsAll(answered);
    }
    try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(mountPoint, 0);
        Nsdb nsdb = ZooKeeperNsdb.open(ZooKeeperConfig.of(server))) {
      assertThat(stored(nsdb)).containsAll(answered);
    }
  }

  private static NsdbException commitUntilRefused(Nsdb nsdb, Set<UUID> answered) {
    for (int i = 0; i < MOST_COMMITS; i++) {
      try {
        commit(nsdb, answered);
      } catch (NsdbException e) {
        return e;
      }
    }
    throw new AssertionError("the disk took " + MOST_COMMITS + " commits");
  }

  private static boolean commit(Nsdb nsdb, Set<UUID> answered) {
    Bridge bridge = bridge("b".repeat(2000));
    nsdb.commit(List.of(creation(bridge)));
    return answered.add(bridge.id());
  }

  private static Set<UUID> stored(Nsdb nsdb) {
    return nsdb.topology().list(ObjectType.BRIDGE).stream()
        .map(Bridge::id)
        .collect(Collectors.toSet());
  }
}
