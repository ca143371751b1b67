package org.midonet.neutron.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database that holds all there is to know; safe to share between threads, one per process.
 *
 * <pre>{@code
 * try (Database database = Database.open(DatabaseSettings.of("sqlite:///neutron.db"))) {
 *   database.write(tx -> tx.dsl().insertInto(NETWORKS)...execute());
 *   List<Network> networks = database.read(tx -> ...);
 * }
 * }</pre>
 */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final long FIRST_BACKOFF_MILLIS = 5;
  private static final long LONGEST_BACKOFF_MILLIS = 500;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);
  private static final ScopedValue<Database> CURRENT = ScopedValue.newInstance();

  private final ConnectionSource source;
  private final SqlErrors errors;
  private final int attempts;
  private final InFlight inFlight = new InFlight();

  private Database(ConnectionSource source, Dialect dialect, int attempts) {
    this.source = source;
    this.errors = new SqlErrors(dialect);
    this.attempts = Math.max(1, attempts);
  }

  /**
   * Opens the database, creating SQLite's file when it is not there; the tables are not touched.
   *
   * @throws StoreUnavailable when it cannot be reached
   */
  public static Database open(DatabaseSettings settings) {
    Dialect dialect = settings.url().dialect();
    try {
      ConnectionSource source =
          dialect == Dialect.SQLITE
              ? new SqliteConnections(settings)
              : new PooledConnections(settings);
      return new Database(source, dialect, settings.transactionAttempts());
    } catch (SQLException e) {
      throw new StoreUnavailable("cannot open " + settings.url() + ": " + e.getMessage(), e);
    }
  }

  /** Which database this is. */
  public Dialect dialect() {
    return errors.dialect();
  }

  /** How many connections there are, and who waits for one. */
  public ConnectionCounts connections() {
    return source.counts();
  }

  /**
   * Runs the body in a transaction that may write and returns once it is committed and durable.
   *
   * <p>After a deadlock, a serialisation failure, a lock held too long, a connection lost before
   * the commit, or a {@link RetryTransaction}, the body is run again after a short random pause.
   *
   * @throws StoreException for an error of the database
   * @throws IllegalStateException within another transaction of this database on this thread
   */
  public <T extends @Nullable Object> T write(TransactionBody<T> body) {
    return run(source::write, body);
  }

  /**
   * Runs the body in a transaction that only reads. On SQLite it sees one state of the database
   * throughout, elsewhere each statement sees what was committed before it.
   *
   * @throws StoreException for an error of the database
   * @throws IllegalStateException within another transaction of this database on this thread
   */
  public <T extends @Nullable Object> T read(TransactionBody<T> body) {
    return run(source::read, body);
  }

  /**
   * Brings the tables to the version of this program; does nothing when they are. Several API
   * servers may do so at once.
   *
   * @return how many migrations were applied
   * @throws SchemaMismatch when the tables are newer, were changed otherwise, or a migration fails
   */
  public int migrate() {
    return new SchemaMigrator(this, Migrations.builtIn()).migrate();
  }

  /** The version of the tables in the database; 0 where there are none yet. */
  public int schemaVersion() {
    return new SchemaMigrator(this, Migrations.builtIn()).version();
  }

  /**
   * The names of the migrations still to be applied, in order.
   *
   * @throws SchemaMismatch when the tables are newer than this program or were changed otherwise
   */
  public List<String> pendingMigrations() {
    return new SchemaMigrator(this, Migrations.builtIn())
        .pending().stream().map(Migration::name).toList();
  }

  private <T extends @Nullable Object> T run(SessionOpener opener, TransactionBody<T> body) {
    if (CURRENT.isBound() && CURRENT.get() == this) {
      // It would wait for itself: on SQLite for the writer, elsewhere for the pool's last
      // connection.
      throw new IllegalStateException("a transaction within a transaction; use savepoint()");
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(opener, body);
      } catch (Retryable e) {
        if (attempt >= attempts) {
          throw e.giveUp;
        }
        LOG.debug("attempt {} at a transaction failed and is repeated", attempt, e.giveUp);
        pause(attempt, e.giveUp);
      }
    }
  }

  private <T extends @Nullable Object> T attempt(SessionOpener opener, TransactionBody<T> body)
      throws Retryable {
    inFlight.enter();
    Transaction transaction;
    T result;
    try {
      Session session = open(opener);
      transaction = new Transaction(session, errors);
      result = runAndCommit(session, transaction, body);
    } finally {
      inFlight.leave();
    }
    transaction.committed();
    return result;
  }

  private <T extends @Nullable Object> T runAndCommit(
      Session session, Transaction transaction, TransactionBody<T> body) throws Retryable {
    T result;
    try {
      result = ScopedValue.where(CURRENT, this).call(() -> body.run(transaction));
    } catch (SQLException | RuntimeException e) {
      RuntimeException error = transaction.explain(e);
      end(session, transaction);
      throw failed(error, true);
    } catch (Error e) {
      end(session, transaction);
      throw e;
    }
    try {
      session.commit();
    } catch (SQLException | RuntimeException e) {
      transaction.rolledBack();
      throw failed(e, false);
    }
    return result;
  }

  private static void end(Session session, Transaction transaction) {
    session.rollback();
    transaction.rolledBack();
  }

  private Session open(SessionOpener opener) throws Retryable {
    try {
      return opener.open();
    } catch (SQLException e) {
      throw failed(e, true);
    }
  }

  /** What to throw: a {@link Retryable}, or else the error as the caller is to see it. */
  private RuntimeException failed(Exception thrown, boolean beforeCommit) throws Retryable {
    if (thrown instanceof RetryTransaction retry) {
      throw new Retryable(retry.giveUp());
    }
    SqlErrors.Kind kind = errors.kind(thrown);
    boolean retryable =
        switch (kind) {
          case CONFLICT -> true;
          // Lost while committing, it may have taken effect.
          case DISCONNECTED -> beforeCommit;
          case DUPLICATE, REFERENCE, UNAVAILABLE, OTHER -> false;
        };
    RuntimeException translated = errors.translate(thrown);
    if (retryable) {
      throw new Retryable(translated);
    }
    return translated;
  }

  private static void pause(int attempt, RuntimeException cause) {
    long longest =
        Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(attempt - 1, 10));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cause;
    }
  }

  /** Waits up to 30 s for the transactions under way and closes; what comes later is refused. */
  @Override
  public void close() {
    if (inFlight.close(CLOSE_PATIENCE)) {
      source.close();
    }
  }

  @FunctionalInterface
  private interface SessionOpener {
    Session open() throws SQLException;
  }

  /** Carries out of an attempt that it may be repeated, and what to throw when it is not. */
  private static final class Retryable extends Exception {
    private static final long serialVersionUID = 1L;
    private final RuntimeException giveUp;

    Retryable(RuntimeException giveUp) {
      super(null, giveUp, false, false);
      this.giveUp = giveUp;
    }
  }
}
