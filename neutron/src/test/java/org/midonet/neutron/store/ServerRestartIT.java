package org.midonet.neutron.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A database server that goes away and comes back. */
@DatabaseTest
class ServerRestartIT {

  private final TestDatabase testDatabase;

  ServerRestartIT(TestDatabase testDatabase) {
    this.testDatabase = testDatabase;
    assumeFalse(testDatabase.dialect() == Dialect.SQLITE, "SQLite has no server");
  }

  @Test
  void transactionsGoOnAfterTheServerWasRestarted() throws IOException {
    DatabaseSettings settings =
        DatabaseSettings.of(testDatabase.url()).withPoolTimeout(Duration.ofSeconds(2));
    try (Database database = Database.open(settings)) {
      database.write(tx -> tx.dsl().execute("create table restarted (id integer primary key)"));
      testDatabase.server().stop();
      try {
        assertThatThrownBy(() -> insert(database, 1)).isInstanceOf(StoreUnavailable.class);
      } finally {
        testDatabase.server().start();
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreException(StoreUnavailable.class)
          .untilAsserted(() -> assertThat(insert(database, 2)).isEqualTo(1));
    }
  }

  private static int insert(Database database, int id) {
    return database.write(tx -> tx.dsl().execute("insert into restarted values (?)", id));
  }
}
