package org.midonet.neutron.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kill -9 in the middle of writing leaves behind, again and again on the same file. */
@Tag("heavy")
class KillIT {

  private static final int ROUNDS = 8;
  private static final int ID_LENGTH = 36;

  private final Random random = new Random(7);

  @Test
  void noAcknowledgedWriteIsLost(@TempDir Path directory) throws Exception {
    String url = "sqlite:///" + directory.resolve("kill.db");
    try (Database database = Database.open(DatabaseSettings.of(url))) {
      KillTarget.createTables(database);
    }
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(writeAndKill(url, directory.resolve("errors")));
      try (Database database = Database.open(DatabaseSettings.of(url))) {
        verify(database, acknowledged);
      }
    }
  }

  /** Kills after a random number of acknowledgements and returns all that were given. */
  private Set<String> writeAndKill(String url, Path errors)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KillTarget.class.getName(),
                url)
            .redirectError(errors.toFile())
            .start();
    int killAt = 1 + random.nextInt(3000);
    Set<String> acknowledged = new HashSet<>();
    try (BufferedReader lines = child.inputReader()) {
      for (String line; (line = lines.readLine()) != null; ) {
        if (line.length() == ID_LENGTH) {
          acknowledged.add(line);
        }
        if (acknowledged.size() == killAt) {
          // Of the handle, for Process's own would close the stream with what is still in it.
          child.toHandle().destroyForcibly();
        }
      }
    }
    child.waitFor();
    assertThat(acknowledged)
        .as(() -> "written before the kill; errors: " + errorsIn(errors))
        .hasSizeGreaterThanOrEqualTo(killAt);
    return acknowledged;
  }

  private static String errorsIn(Path errors) {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void verify(Database database, Set<String> acknowledged) {
    List<String> stored =
        database.read(tx -> tx.dsl().fetch("select id from b").getValues(0, String.class));
    assertThat(new HashSet<>(stored)).containsAll(acknowledged);
    List<String> integrity =
        database.read(tx -> tx.dsl().fetch("pragma integrity_check").getValues(0, String.class));
    assertThat(integrity).containsExactly("ok");
    List<Integer> halves =
        database.read(tx ->
            tx.dsl()
                .fetch("select count(*) from a where id not in (select id from b)")
                .getValues(0, Integer.class));
    assertThat(halves).as("transactions applied by half").containsExactly(0);
  }
}
