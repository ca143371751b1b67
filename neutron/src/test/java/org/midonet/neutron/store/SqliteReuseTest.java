package org.midonet.neutron.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections serve one transaction after the other; opening one costs more than a short request.
 */
class SqliteReuseTest {
  @TempDir Path directory;

  @Test
  void readsInTurnShareAConnection() {
    try (Database database = open()) {
      int first = database.read(tx -> System.identityHashCode(tx.dsl()));
      int second = database.read(tx -> System.identityHashCode(tx.dsl()));
      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void aRefusedWriteLeavesTheWriterInPlace() {
    try (Database database = open()) {
      int before = database.write(tx -> System.identityHashCode(tx.dsl()));
      assertThatThrownBy(() ->
              database.write(tx -> {
                throw new IllegalArgumentException("refused");
              }))
          .isInstanceOf(IllegalArgumentException.class);
      int after = database.write(tx -> System.identityHashCode(tx.dsl()));
      assertThat(after).isEqualTo(before);
    }
  }

  private Database open() {
    return Database.open(DatabaseSettings.of("sqlite:///" + directory.resolve("neutron.db")));
  }
}
