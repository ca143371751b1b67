package org.midonet.neutron.store;

import java.sql.SQLException;

/** Where sessions come from; safe to share between threads. */
sealed interface ConnectionSource extends AutoCloseable
    permits SqliteConnections, PooledConnections {

  /** Begins a transaction that may write. */
  Session write() throws SQLException;

  /** Begins a transaction that only reads. */
  Session read() throws SQLException;

  /** How many connections there are. */
  ConnectionCounts counts();

  @Override
  void close();
}
