package org.midonet.neutron.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** One connection to SQLite with what is built once on it; used by one thread at a time. */
record SqliteConnection(Connection connection, DSLContext dsl) {

  /** Same file for all; {@code synchronous} differs, see docs/store.md. */
  static SqliteConnection open(String jdbcUrl, List<String> pragmas) throws SQLException {
    Connection raw = DriverManager.getConnection(jdbcUrl);
    try (Statement statement = raw.createStatement()) {
      for (String pragma : pragmas) {
        statement.execute("PRAGMA " + pragma);
      }
    } catch (SQLException e) {
      raw.close();
      throw e;
    }
    StatementCache connection = new StatementCache(raw);
    return new SqliteConnection(
        connection, DSL.using(connection, Dialect.SQLITE.jooq(), Jooq.settings()));
  }

  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.setAutoCommit(true);
  }

  /**
   * Ends the transaction; false when the connection's state is in doubt and it is to be replaced.
   */
  boolean rollback() {
    try {
      // The driver begins anew after a rollback, and commits that empty transaction.
      connection.rollback();
      connection.setAutoCommit(true);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  void closeQuietly() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing is lost: what was acknowledged is in the log.
    }
  }
}
