package org.midonet.neutron.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;

/**
 * A begun transaction on a borrowed connection; not thread-safe. Ends by one of its two methods.
 */
interface Session {

  Connection connection();

  DSLContext dsl();

  /**
   * Commits and gives the connection back. When it returns, the transaction is durable; when it
   * throws, it is rolled back or, where the connection broke, its outcome is unknown.
   */
  void commit() throws SQLException;

  /** Rolls back and gives the connection back. */
  void rollback();
}
