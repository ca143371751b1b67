package org.midonet.neutron.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables to the version of this program; safe to share between threads and to run from
 * several API servers at once.
 *
 * <p>Each migration is one transaction under a lock that one server at a time holds. MariaDB
 * commits each statement that changes a table, so there a migration is marked as begun first, and
 * one found begun and not finished is refused rather than guessed at.
 */
final class SchemaMigrator {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigrator.class);
  private static final long POSTGRESQL_LOCK = 0x6d69646f6e6574L; // "midonet"
  private static final int LOCK_PATIENCE_SECONDS = 300;

  private static final String HISTORY =
      "create table if not exists schema_version (version integer not null primary key,"
          + " name ${name} not null, checksum varchar(64) not null, begun_at varchar(32) not null,"
          + " finished_at varchar(32)) ${table_options}";

  private record Applied(int version, String name, String checksum, boolean finished) {}

  private final Database database;
  private final Migrations migrations;

  SchemaMigrator(Database database, Migrations migrations) {
    this.database = database;
    this.migrations = migrations;
  }

  /** The version of the tables; 0 where there are none yet. */
  int version() {
    List<Applied> history = database.read(tx -> history(tx.connection()));
    return history.isEmpty() ? 0 : history.getLast().version();
  }

  /** What is still to be applied, in order. */
  List<Migration> pending() {
    return database.read(tx -> pending(tx.connection()));
  }

  /** Applies what is pending and returns how many migrations that were. */
  int migrate() {
    int applied = 0;
    if (pending().isEmpty()) {
      return applied;
    }
    while (applyNext()) {
      applied++;
    }
    return applied;
  }

  /** Applies the first pending migration, as seen with the lock held; false when there is none. */
  private boolean applyNext() {
    return database.write(tx -> {
      Connection connection = tx.connection();
      lock(connection);
      try {
        execute(connection, HISTORY);
        List<Migration> pending = pending(connection);
        if (pending.isEmpty()) {
          return false;
        }
        apply(connection, pending.getFirst());
        return true;
      } finally {
        unlock(connection);
      }
    });
  }

  private void apply(Connection connection, Migration migration) throws SQLException {
    LOG.info("applying migration {}", migration.name());
    begin(connection, migration);
    for (String statement : SqlScript.statements(migration.script(), database.dialect())) {
      try (Statement jdbc = connection.createStatement()) {
        jdbc.execute(statement);
      } catch (SQLException e) {
        if (new SqlErrors(database.dialect()).kind(e) == SqlErrors.Kind.CONFLICT) {
          throw e;
        }
        throw new SchemaMismatch(
            "migration " + migration.name() + " failed at \"" + statement + "\": " + e.getMessage(),
            e);
      }
    }
    finish(connection, migration);
  }

  private void begin(Connection connection, Migration migration) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into schema_version (version, name, checksum, begun_at) values (?, ?, ?, ?)")) {
      insert.setInt(1, migration.version());
      insert.setString(2, migration.name());
      insert.setString(3, migration.checksum());
      insert.setString(4, now());
      insert.executeUpdate();
    }
    if (database.dialect() == Dialect.MARIADB) {
      connection.commit();
    }
  }

  private static void finish(Connection connection, Migration migration) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update schema_version set finished_at = ? where version = ?")) {
      update.setString(1, now());
      update.setInt(2, migration.version());
      update.executeUpdate();
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private List<Migration> pending(Connection connection) throws SQLException {
    List<Applied> history = history(connection);
    if (history.size() > migrations.latest()) {
      throw new SchemaMismatch(
          "the database is at version "
              + history.getLast().version()
              + ", newer than this program, which knows up to "
              + migrations.latest()
              + "; run the newer program or restore a backup",
          null);
    }
    for (int i = 0; i < history.size(); i++) {
      check(history.get(i), migrations.list().get(i));
    }
    return migrations.list().subList(history.size(), migrations.latest());
  }

  private static void check(Applied applied, Migration migration) {
    if (!applied.finished()) {
      throw new SchemaMismatch(
          "migration "
              + applied.name()
              + " was begun and not finished; restore the backup taken before it and run"
              + " `midonet db upgrade` again",
          null);
    }
    if (applied.version() != migration.version()
        || !applied.checksum().equals(migration.checksum())) {
      throw new SchemaMismatch(
          "migration "
              + applied.name()
              + " in the database is not "
              + migration.name()
              + " of this program: its text has changed since it was applied",
          null);
    }
  }

  private List<Applied> history(Connection connection) throws SQLException {
    List<Applied> history = new ArrayList<>();
    if (!hasHistory(connection)) {
      return history;
    }
    try (PreparedStatement select =
            connection.prepareStatement(
                "select version, name, checksum, finished_at from schema_version order by version");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        history.add(
            new Applied(
                rows.getInt(1), rows.getString(2), rows.getString(3), rows.getString(4) != null));
      }
    }
    return history;
  }

  private boolean hasHistory(Connection connection) throws SQLException {
    String sql =
        switch (database.dialect()) {
          case SQLITE -> "select 1 from sqlite_master where type = 'table' and name = ?";
          case POSTGRESQL ->
              "select 1 from pg_tables where schemaname = current_schema() and tablename = ?";
          case MARIADB ->
              "select 1 from information_schema.tables"
                  + " where table_schema = database() and table_name = ?";
        };
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, "schema_version");
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** SQLite's writer is alone already; PostgreSQL's lock ends with the transaction. */
  private void lock(Connection connection) throws SQLException {
    switch (database.dialect()) {
      case SQLITE -> {}
      case POSTGRESQL ->
          query(connection, "select pg_advisory_xact_lock(" + POSTGRESQL_LOCK + "), 1");
      case MARIADB -> {
        String sql =
            "select 1, get_lock(concat('midonet.schema.', database()), "
                + LOCK_PATIENCE_SECONDS
                + ")";
        if (query(connection, sql) != 1) {
          throw new SchemaMismatch(
              "another server has been changing the tables for "
                  + LOCK_PATIENCE_SECONDS
                  + " s; wait for it to finish",
              null);
        }
      }
    }
  }

  private void unlock(Connection connection) throws SQLException {
    if (database.dialect() == Dialect.MARIADB) {
      connection.commit();
      query(connection, "select 1, release_lock(concat('midonet.schema.', database()))");
    }
  }

  private static int query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(2);
    }
  }

  private void execute(Connection connection, String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : SqlScript.statements(script, database.dialect())) {
        statement.execute(sql);
      }
    }
  }
}
