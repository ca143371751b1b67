package org.midonet.neutron.store;

import java.time.Duration;

/**
 * The {@code [database]} section as the store needs it; immutable.
 *
 * @param url where the database is ({@code connection})
 * @param maxPoolSize connections kept open ({@code max_pool_size}); 0 means no limit. Not for
 *     SQLite
 * @param maxOverflow connections opened beyond that under load ({@code max_overflow}). Not for
 *     SQLite
 * @param poolTimeout how long a transaction waits for a connection, and on SQLite for its turn to
 *     write ({@code pool_timeout})
 * @param recycleTime a connection's age at which it is replaced ({@code connection_recycle_time})
 * @param connectAttempts attempts to reach the database at start ({@code max_retries} + 1); 0 means
 *     without end
 * @param connectInterval pause between these ({@code retry_interval})
 * @param transactionAttempts how often a write runs before a conflict is reported ({@code
 *     db_max_retries} + 1)
 * @param sqliteSynchronous whether a commit on SQLite waits for the disk ({@code
 *     sqlite_synchronous})
 * @param sqlMode MariaDB's {@code sql_mode} ({@code mysql_sql_mode})
 */
public record DatabaseSettings(
    DatabaseUrl url,
    int maxPoolSize,
    int maxOverflow,
    Duration poolTimeout,
    Duration recycleTime,
    int connectAttempts,
    Duration connectInterval,
    int transactionAttempts,
    boolean sqliteSynchronous,
    String sqlMode) {

  /** The defaults of oslo.db with this URL. */
  public static DatabaseSettings of(DatabaseUrl url) {
    return new DatabaseSettings(
        url,
        5,
        50,
        Duration.ofSeconds(30),
        Duration.ofHours(1),
        11,
        Duration.ofSeconds(10),
        21,
        true,
        "TRADITIONAL");
  }

  /** The defaults of oslo.db with this URL, as {@link DatabaseUrl#parse} reads it. */
  public static DatabaseSettings of(String url) {
    return of(DatabaseUrl.parse(url));
  }

  /** The same with {@code connectAttempts} attempts {@code connectInterval} apart. */
  public DatabaseSettings withConnect(int connectAttempts, Duration connectInterval) {
    return new DatabaseSettings(
        url,
        maxPoolSize,
        maxOverflow,
        poolTimeout,
        recycleTime,
        connectAttempts,
        connectInterval,
        transactionAttempts,
        sqliteSynchronous,
        sqlMode);
  }

  /** The same with this wait for a connection or a turn to write. */
  public DatabaseSettings withPoolTimeout(Duration poolTimeout) {
    return new DatabaseSettings(
        url,
        maxPoolSize,
        maxOverflow,
        poolTimeout,
        recycleTime,
        connectAttempts,
        connectInterval,
        transactionAttempts,
        sqliteSynchronous,
        sqlMode);
  }
}
