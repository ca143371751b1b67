package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.integer;
import static org.midonet.neutron.config.OptionTypes.seconds;
import static org.midonet.neutron.config.OptionTypes.secret;
import static org.midonet.neutron.config.OptionTypes.string;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The database and how patient to be with it ({@code [database]}); immutable. */
public record DatabaseConfig(
    Optional<Secret> connection,
    String connectionParameters,
    int maxPoolSize,
    int maxOverflow,
    Optional<Duration> poolTimeout,
    int connectionRecycleTime,
    int maxRetries,
    Duration retryInterval,
    int transactionMaxRetries,
    Duration transactionRetryInterval,
    boolean transactionRetryBackoff,
    Duration transactionMaxRetryInterval,
    boolean sqliteSynchronous,
    String mysqlSqlMode) {
  static final Option<Secret> CONNECTION =
      Option.of(
              "database",
              "connection",
              secret(),
              null,
              "The database as a SQLAlchemy URL: sqlite:////var/lib/neutron/neutron.db, "
                  + "mysql+pymysql://user:password@host/neutron or "
                  + "postgresql://user:password@host/neutron. When not set the built-in SQLite keeps "
                  + "everything in state_path.")
          .formerly("DEFAULT", "sql_connection")
          .formerly("DATABASE", "sql_connection")
          .formerly("sql", "connection");

  static final Option<String> CONNECTION_PARAMETERS =
      Option.of(
          "database",
          "connection_parameters",
          string(),
          "",
          "More parameters for the URL, as name=value&name=value.");

  static final Option<Integer> MAX_POOL_SIZE =
      Option.of(
          "database",
          "max_pool_size",
          integer(0),
          5,
          "Connections that are kept open; 0 means no limit.");

  static final Option<Integer> MAX_OVERFLOW =
      Option.of(
              "database",
              "max_overflow",
              integer(-1),
              50,
              "Connections beyond max_pool_size that load may open; -1 means no limit.")
          .formerly("DEFAULT", "sql_max_overflow")
          .formerly("DATABASE", "sqlalchemy_max_overflow");

  static final Option<Duration> POOL_TIMEOUT =
      Option.of(
              "database",
              "pool_timeout",
              seconds(1),
              null,
              "Seconds to wait for a free connection, 30 if not set.")
          .formerly("DATABASE", "sqlalchemy_pool_timeout");

  static final Option<Integer> CONNECTION_RECYCLE_TIME =
      Option.of(
              "database",
              "connection_recycle_time",
              integer(-1),
              3600,
              "Seconds after which a pooled connection is opened afresh; -1 means never.")
          .formerly("database", "idle_timeout");

  static final Option<Integer> MAX_RETRIES =
      Option.of(
              "database",
              "max_retries",
              integer(-1),
              10,
              "How often to try to connect at the start; -1 means without end.")
          .formerly("DEFAULT", "sql_max_retries")
          .formerly("DATABASE", "sql_max_retries");

  static final Option<Duration> RETRY_INTERVAL =
      Option.of(
              "database",
              "retry_interval",
              seconds(0),
              Duration.ofSeconds(10),
              "Seconds between these attempts.")
          .formerly("DEFAULT", "sql_retry_interval")
          .formerly("DATABASE", "reconnect_interval");

  static final Option<Integer> TRANSACTION_MAX_RETRIES =
      Option.of(
          "database",
          "db_max_retries",
          integer(-1),
          20,
          "How often a transaction is tried again after a deadlock or a lost connection; -1 "
              + "means without end.");

  static final Option<Duration> TRANSACTION_RETRY_INTERVAL =
      Option.of(
          "database",
          "db_retry_interval",
          seconds(0),
          Duration.ofSeconds(1),
          "Seconds before such a try.");

  static final Option<Boolean> TRANSACTION_RETRY_BACKOFF =
      Option.of(
          "database",
          "db_inc_retry_interval",
          bool(),
          true,
          "Whether this wait doubles with every try.");

  static final Option<Duration> TRANSACTION_MAX_RETRY_INTERVAL =
      Option.of(
          "database",
          "db_max_retry_interval",
          seconds(0),
          Duration.ofSeconds(10),
          "Longest such wait.");

  static final Option<Boolean> SQLITE_SYNCHRONOUS =
      Option.of(
              "database",
              "sqlite_synchronous",
              bool(),
              true,
              "Whether SQLite waits for the disk before it calls a transaction done. Without it what "
                  + "was answered last is lost when the machine loses power.")
          .formerly("DEFAULT", "sqlite_synchronous");

  static final Option<String> MYSQL_SQL_MODE =
      Option.of("database", "mysql_sql_mode", string(), "TRADITIONAL", "The SQL mode of MariaDB.");

  static final List<Option<?>> OPTIONS =
      List.of(
          CONNECTION,
          CONNECTION_PARAMETERS,
          MAX_POOL_SIZE,
          MAX_OVERFLOW,
          POOL_TIMEOUT,
          CONNECTION_RECYCLE_TIME,
          MAX_RETRIES,
          RETRY_INTERVAL,
          TRANSACTION_MAX_RETRIES,
          TRANSACTION_RETRY_INTERVAL,
          TRANSACTION_RETRY_BACKOFF,
          TRANSACTION_MAX_RETRY_INTERVAL,
          SQLITE_SYNCHRONOUS,
          MYSQL_SQL_MODE);

  static DatabaseConfig read(ConfigReader reader) {
    return new DatabaseConfig(
        reader.find(CONNECTION),
        reader.get(CONNECTION_PARAMETERS),
        reader.get(MAX_POOL_SIZE),
        reader.get(MAX_OVERFLOW),
        reader.find(POOL_TIMEOUT),
        reader.get(CONNECTION_RECYCLE_TIME),
        reader.get(MAX_RETRIES),
        reader.get(RETRY_INTERVAL),
        reader.get(TRANSACTION_MAX_RETRIES),
        reader.get(TRANSACTION_RETRY_INTERVAL),
        reader.get(TRANSACTION_RETRY_BACKOFF),
        reader.get(TRANSACTION_MAX_RETRY_INTERVAL),
        reader.get(SQLITE_SYNCHRONOUS),
        reader.get(MYSQL_SQL_MODE));
  }
}
