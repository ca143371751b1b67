package org.midonet.neutron.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction under way; not thread-safe, and of no use once its body has returned.
 *
 * <p>An error of the database ends the transaction (PostgreSQL refuses every further statement), so
 * a body that wants to go on after, say, a {@link DuplicateKey} runs that statement in {@link
 * #savepoint}. Only there and outside {@link Database#write} are errors {@link StoreException}s;
 * within, they are what JDBC and jOOQ throw.
 */
public final class Transaction {

  private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

  private final Session session;
  private final SqlErrors errors;
  private List<Runnable> afterCommit = new ArrayList<>();
  private final List<Runnable> afterRollback = new ArrayList<>();

  Transaction(Session session, SqlErrors errors) {
    this.session = session;
    this.errors = errors;
  }

  /** Which database this is. */
  public Dialect dialect() {
    return errors.dialect();
  }

  /** The connection; its prepared statements are cached. Not to be committed or closed. */
  public Connection connection() {
    return session.connection();
  }

  /** jOOQ on {@link #connection}. */
  public DSLContext dsl() {
    return session.dsl();
  }

  /** The error of a statement on {@link #connection} as callers of the store see it. */
  public RuntimeException translate(SQLException error) {
    return explain(error);
  }

  /**
   * Executes a statement whose text never changes, which costs a fraction of building it anew.
   *
   * @param sql text that all databases take alike, with a question mark for each value
   * @return how many rows it wrote
   */
  public int update(String sql, Object... values) {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  /**
   * The first column that a query finds; as for {@link #update} its text never changes.
   *
   * @param sql text that all databases take alike, with a question mark for each value
   */
  public List<String> strings(String sql, Object... values) {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection().prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /**
   * Runs this once the transaction is committed and durable, in the order registered and before
   * {@link Database#write} returns. An exception of one is logged and stops neither the others nor
   * the caller.
   */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /**
   * Runs this when the transaction, or this attempt at it, is rolled back; last registered first.
   */
  public void afterRollback(Runnable action) {
    afterRollback.add(action);
  }

  /**
   * Runs part of the transaction such that what it throws undoes that part alone: the rows, and
   * what it registered with {@link #afterCommit}; what it registered with {@link #afterRollback}
   * runs.
   *
   * @throws StoreException for an error of the database
   */
  public <T extends @Nullable Object> T savepoint(TransactionBody<T> part) {
    Connection connection = connection();
    List<Runnable> before = List.copyOf(afterCommit);
    int rollbacks = afterRollback.size();
    Savepoint savepoint = null;
    try {
      savepoint = connection.setSavepoint();
      T result = part.run(this);
      connection.releaseSavepoint(savepoint);
      return result;
    } catch (SQLException | RuntimeException e) {
      RuntimeException translated = explain(e);
      if (savepoint != null) {
        undo(connection, savepoint, translated);
      }
      afterCommit = new ArrayList<>(before);
      runAfterRollback(rollbacks);
      throw translated;
    }
  }

  /** The error as callers see it, with what must be asked of the database. */
  RuntimeException explain(Exception thrown) {
    RuntimeException translated = errors.translate(thrown);
    return translated instanceof DuplicateKey duplicate && dialect() == Dialect.MARIADB
        ? MariaDbKeys.describe(duplicate, thrown.getMessage(), connection())
        : translated;
  }

  private static void undo(Connection connection, Savepoint savepoint, Throwable cause) {
    try {
      connection.rollback(savepoint);
      connection.releaseSavepoint(savepoint);
    } catch (SQLException e) {
      // The transaction as a whole is gone (deadlock victim, lost connection); its end will tell.
      cause.addSuppressed(e);
    }
  }

  void committed() {
    for (Runnable action : afterCommit) {
      runSafely(action);
    }
  }

  void rolledBack() {
    runAfterRollback(0);
  }

  private void runAfterRollback(int from) {
    List<Runnable> undone = afterRollback.subList(from, afterRollback.size());
    List<Runnable> actions = List.copyOf(undone).reversed();
    undone.clear();
    actions.forEach(Transaction::runSafely);
  }

  private static void runSafely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("an action registered with a transaction failed", e);
    }
  }
}
