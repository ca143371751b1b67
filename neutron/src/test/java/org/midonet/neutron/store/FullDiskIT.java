package org.midonet.neutron.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite on a file system of a few MiB of which something else takes the rest. */
@Tag("root")
class FullDiskIT {

  @TempDir private Path mountPoint;

  @BeforeEach
  void mount() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", mountPoint.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", mountPoint.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void fullDiskIsSaidPlainlyAndWritingGoesOnOnceThereIsRoom() throws Exception {
    try (Database database =
        Database.open(DatabaseSettings.of("sqlite:///" + mountPoint.resolve("neutron.db")))) {
      database.write(tx -> tx.dsl().execute("create table t (id integer primary key, a text)"));
      Path ballast = mountPoint.resolve("ballast");
      Files.write(ballast, new byte[2 << 20]);
      AtomicInteger rows = new AtomicInteger();
      assertThatThrownBy(() -> fill(database, rows))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("full");
      assertThat(count(database)).isEqualTo(rows.get());
      Files.delete(ballast);
      insert(database);
      assertThat(count(database)).isEqualTo(rows.get() + 1);
    }
  }

  private static void fill(Database database, AtomicInteger rows) {
    for (int i = 0; i < 10_000; i++) {
      insert(database);
      rows.incrementAndGet();
    }
  }

  private static void insert(Database database) {
    database.write(tx -> tx.dsl().execute("insert into t (a) values (?)", "x".repeat(2000)));
  }

  private static int count(Database database) {
    return database.read(
        tx -> tx.dsl().fetchOptional("select count(*) from t").orElseThrow().get(0, int.class));
  }
}
