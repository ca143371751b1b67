package org.midonet.neutron.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to a database server, pooled by HikariCP, at READ COMMITTED; safe to share between
 * threads. A connection idle for more than half a second is tested before use.
 */
final class PooledConnections implements ConnectionSource {

  private static final Logger LOG = LoggerFactory.getLogger(PooledConnections.class);
  private static final int NO_LIMIT = 200;

  private final HikariDataSource pool;
  private final Dialect dialect;

  PooledConnections(DatabaseSettings settings) {
    dialect = settings.url().dialect();
    pool = connect(settings);
  }

  private static HikariDataSource connect(DatabaseSettings settings) {
    for (int attempt = 1; ; attempt++) {
      try {
        return new HikariDataSource(config(settings));
      } catch (HikariPool.PoolInitializationException e) {
        String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        String what = "no connection to " + settings.url() + ": " + reason;
        if (attempt == settings.connectAttempts()) {
          throw new StoreUnavailable(what, e);
        }
        LOG.warn("{}; next attempt in {} s", what, settings.connectInterval().toSeconds());
        pause(settings);
      }
    }
  }

  private static void pause(DatabaseSettings settings) {
    try {
      Thread.sleep(settings.connectInterval());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("interrupted while waiting for the database", e);
    }
  }

  private static HikariConfig config(DatabaseSettings settings) {
    DatabaseUrl url = settings.url();
    HikariConfig config = new HikariConfig();
    config.setPoolName("database");
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(
        settings.maxPoolSize() == 0 ? NO_LIMIT : settings.maxPoolSize() + settings.maxOverflow());
    config.setMinimumIdle(Math.max(1, settings.maxPoolSize()));
    config.setConnectionTimeout(Math.max(250, settings.poolTimeout().toMillis()));
    config.setMaxLifetime(Math.max(30_000, settings.recycleTime().toMillis()));
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setAutoCommit(false);
    config.setInitializationFailTimeout(1);
    config.setThreadFactory(Thread.ofPlatform().daemon().name("database-pool-", 0).factory());
    url.options().forEach(config::addDataSourceProperty);
    if (url.dialect() == Dialect.MARIADB) {
      config.setConnectionInitSql(
          "SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin"
              + (settings.sqlMode().isEmpty()
                  ? ""
                  : ", sql_mode = '" + settings.sqlMode().replace("'", "''") + "'"));
    }
    return config;
  }

  @Override
  public Session write() throws SQLException {
    return new PooledSession(borrow(false));
  }

  @Override
  public Session read() throws SQLException {
    return new PooledSession(borrow(true));
  }

  private Connection borrow(boolean readOnly) throws SQLException {
    if (pool.isClosed()) {
      throw new StoreUnavailable("the database is closed", null);
    }
    try {
      Connection connection = pool.getConnection();
      // MariaDB would be told in a round trip of its own, and has no use for it.
      if (readOnly && dialect == Dialect.POSTGRESQL) {
        connection.setReadOnly(true);
      }
      return connection;
    } catch (SQLTransientConnectionException e) {
      throw new StoreUnavailable("no connection to the database: " + e.getMessage(), e);
    }
  }

  @Override
  public ConnectionCounts counts() {
    HikariPoolMXBean now = pool.getHikariPoolMXBean();
    return now == null
        ? new ConnectionCounts(0, 0, 0, pool.getMaximumPoolSize())
        : new ConnectionCounts(
            now.getTotalConnections(),
            now.getActiveConnections(),
            now.getThreadsAwaitingConnection(),
            pool.getMaximumPoolSize());
  }

  @Override
  public void close() {
    pool.close();
  }

  private final class PooledSession implements Session {
    private final Connection connection;
    private @Nullable DSLContext dsl;

    PooledSession(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public DSLContext dsl() {
      if (dsl == null) {
        dsl = DSL.using(connection, dialect.jooq(), Jooq.settings());
      }
      return dsl;
    }

    @Override
    public void commit() throws SQLException {
      try (connection) {
        connection.commit();
      }
    }

    @Override
    public void rollback() {
      try (connection) {
        connection.rollback();
      } catch (SQLException e) {
        LOG.debug("rollback on a broken connection, which is thrown away", e);
      }
    }
  }
}
