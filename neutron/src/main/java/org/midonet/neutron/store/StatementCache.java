package org.midonet.neutron.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps its prepared statements, for the SQLite driver keeps none; not
 * thread-safe. A statement closed goes back to the cache; asked for while still in use, the same
 * SQL is prepared anew.
 */
final class StatementCache extends DefaultConnection {

  /** More than the distinct statements of the API; those built from filters come and go. */
  private static final int CAPACITY = 256;

  private final SequencedMap<String, PreparedStatement> idle = new LinkedHashMap<>(64, 0.75f, true);

  StatementCache(Connection delegate) {
    super(delegate);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    PreparedStatement cached = idle.remove(sql);
    return new Borrowed(cached == null ? getDelegate().prepareStatement(sql) : cached, sql);
  }

  private void giveBack(String sql, PreparedStatement statement) throws SQLException {
    PreparedStatement twin = idle.put(sql, statement);
    if (twin != null) {
      twin.close();
    }
    if (idle.size() > CAPACITY) {
      idle.pollFirstEntry().getValue().close();
    }
  }

  private final class Borrowed extends DefaultPreparedStatement {
    private final String sql;
    private @Nullable ResultSet results;
    private boolean resultsPending;
    private boolean failed;
    private boolean closed;

    Borrowed(PreparedStatement statement, String sql) {
      super(statement, StatementCache.this);
      this.sql = sql;
    }

    @Override
    public boolean execute() throws SQLException {
      failed = true;
      resultsPending = super.execute();
      failed = false;
      return resultsPending;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
      failed = true;
      results = super.executeQuery();
      failed = false;
      return results;
    }

    @Override
    public int executeUpdate() throws SQLException {
      failed = true;
      int count = super.executeUpdate();
      failed = false;
      return count;
    }

    @Override
    public int[] executeBatch() throws SQLException {
      failed = true;
      int[] counts = super.executeBatch();
      failed = false;
      return counts;
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
      resultsPending = false;
      results = super.getResultSet();
      return results;
    }

    /** An open result set would hold a read of the log open, so it ends here. */
    @Override
    public void close() throws SQLException {
      if (closed) {
        return;
      }
      closed = true;
      PreparedStatement statement = getDelegate();
      if (failed) {
        statement.close();
        return;
      }
      if (resultsPending) {
        results = statement.getResultSet();
      }
      if (results != null) {
        results.close();
      }
      statement.clearParameters();
      giveBack(sql, statement);
    }

    @Override
    public boolean isClosed() {
      return closed;
    }
  }
}
