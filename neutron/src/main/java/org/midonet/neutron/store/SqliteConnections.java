package org.midonet.neutron.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.DSLContext;

/**
 * SQLite's one writer and its readers; safe to share between threads.
 *
 * <p>Threads wait for the writer on a fair lock and for a reader on a fair semaphore, both of which
 * park a virtual thread. Waiting inside SQLite would hold the thread's carrier instead, and a few
 * waiting writers would stop the whole server.
 */
final class SqliteConnections implements ConnectionSource {

  private static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors());
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  private final SqliteFile file;
  private final Duration patience;
  private final boolean synchronous;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final Semaphore readPermits = new Semaphore(READERS, true);
  private final ConcurrentLinkedDeque<SqliteConnection> idleReaders = new ConcurrentLinkedDeque<>();
  private final WalSync walSync;
  // Guarded by `writing`; never closed before its successor is open, for SQLite removes the log
  // when a database's last connection closes, and walSync holds the log open.
  private SqliteConnection writer;
  private volatile boolean closed;

  SqliteConnections(DatabaseSettings settings) throws SQLException {
    file = SqliteFile.of(settings.url());
    patience = settings.poolTimeout();
    synchronous = settings.sqliteSynchronous();
    writer = file.openWriter();
    try {
      walSync = new WalSync(file.path());
    } catch (IOException e) {
      writer.closeQuietly();
      throw new StoreUnavailable("cannot open the log of " + file.path() + ": " + e, e);
    }
  }

  @Override
  public Session write() throws SQLException {
    waitForWriter(patience);
    boolean begun = false;
    try {
      checkOpen();
      walSync.check();
      try {
        writer.begin();
      } catch (SQLException e) {
        replaceWriter();
        throw e;
      }
      begun = true;
      return new WriteSession();
    } finally {
      if (!begun) {
        writing.unlock();
      }
    }
  }

  @Override
  public Session read() throws SQLException {
    waitForReader();
    SqliteConnection reader = null;
    try {
      checkOpen();
      reader = idleReaders.pollFirst();
      if (reader == null) {
        reader = file.openReader();
      }
      reader.begin();
      return new ReadSession(reader);
    } catch (SQLException | RuntimeException e) {
      if (reader != null) {
        reader.closeQuietly();
      }
      readPermits.release();
      throw e;
    }
  }

  @Override
  public ConnectionCounts counts() {
    int reading = READERS - Math.min(READERS, readPermits.availablePermits());
    int waiting = readPermits.getQueueLength() + writing.getQueueLength();
    int busy = reading + (writing.isLocked() ? 1 : 0);
    return new ConnectionCounts(reading + idleReaders.size() + 1, busy, waiting, READERS + 1);
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreUnavailable("the database is closed", null);
    }
  }

  private void waitForWriter(Duration time) {
    try {
      if (writing.tryLock(time.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    throw new StoreUnavailable("no turn to write within " + time.toSeconds() + " s", null);
  }

  private void waitForReader() {
    try {
      if (readPermits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    throw new StoreUnavailable("no turn to read within " + patience.toSeconds() + " s", null);
  }

  private static StoreUnavailable interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreUnavailable("interrupted while waiting for the database", e);
  }

  /** A connection whose state is in doubt is thrown away. */
  private void replaceWriter() throws SQLException {
    SqliteConnection old = writer;
    writer = file.openWriter();
    old.closeQuietly();
  }

  /** Waits for the transactions under way, then folds the log into the file. */
  @Override
  public void close() {
    waitForWriter(CLOSE_PATIENCE);
    try {
      if (closed) {
        return;
      }
      closed = true;
      readPermits.tryAcquire(READERS, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      closeReaders();
      writer.closeQuietly();
      walSync.close();
      file.closed();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      readPermits.release(READERS);
      writing.unlock();
    }
  }

  private void closeReaders() {
    for (SqliteConnection reader; (reader = idleReaders.pollFirst()) != null; ) {
      reader.closeQuietly();
    }
  }

  private final class WriteSession implements Session {
    @Override
    public Connection connection() {
      return writer.connection();
    }

    @Override
    public DSLContext dsl() {
      return writer.dsl();
    }

    @Override
    public void commit() throws SQLException {
      long ticket;
      try {
        try {
          writer.commit();
        } catch (SQLException e) {
          replaceWriter();
          throw e;
        }
        ticket = walSync.ticket();
      } finally {
        writing.unlock();
      }
      if (synchronous) {
        walSync.await(ticket);
      }
    }

    @Override
    public void rollback() {
      try {
        if (!writer.rollback()) {
          replaceWriter();
        }
      } catch (SQLException e) {
        // The next one to write meets the same trouble and reports it.
      } finally {
        writing.unlock();
      }
    }
  }

  private final class ReadSession implements Session {
    private final SqliteConnection reader;

    ReadSession(SqliteConnection reader) {
      this.reader = reader;
    }

    @Override
    public Connection connection() {
      return reader.connection();
    }

    @Override
    public DSLContext dsl() {
      return reader.dsl();
    }

    /** There is nothing to undo, and committing is the cheaper end. */
    @Override
    public void rollback() {
      commit();
    }

    @Override
    public void commit() {
      boolean usable = !closed;
      try {
        reader.commit();
      } catch (SQLException e) {
        usable = false;
      }
      if (usable) {
        idleReaders.addFirst(reader);
      } else {
        reader.closeQuietly();
      }
      readPermits.release();
    }
  }

  /** The file, how it is opened, and whether it goes when closed. */
  private record SqliteFile(Path path, String jdbcUrl, boolean temporary) {

    private static final List<String> PRAGMAS =
        List.of(
            // Short, for it blocks the carrier thread; only another process makes us wait here,
            // and write() tries again.
            "busy_timeout=250", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-8000");

    static SqliteFile of(DatabaseUrl url) {
      String name = url.jdbcUrl().substring("jdbc:sqlite:".length());
      try {
        if (name.equals(":memory:")) {
          Path path = Files.createTempDirectory("neutron").resolve("neutron.db");
          return new SqliteFile(path, "jdbc:sqlite:" + path, true);
        }
        Path path = Path.of(name).toAbsolutePath();
        if (path.getParent() != null && !Files.isDirectory(path.getParent())) {
          throw new StoreUnavailable(
              "no directory " + path.getParent() + " for the database", null);
        }
        return new SqliteFile(path, "jdbc:sqlite:" + path, false);
      } catch (IOException e) {
        throw new StoreUnavailable("no temporary directory for the database: " + e, e);
      }
    }

    SqliteConnection openWriter() throws SQLException {
      List<String> pragmas = new ArrayList<>(List.of("journal_mode=WAL", "synchronous=NORMAL"));
      pragmas.addAll(PRAGMAS);
      pragmas.add("schema_version"); // a first read, at which SQLite opens or creates the log
      // transaction_mode is the driver's: setAutoCommit(false) runs BEGIN IMMEDIATE.
      return SqliteConnection.open(jdbcUrl + "?transaction_mode=IMMEDIATE", pragmas);
    }

    SqliteConnection openReader() throws SQLException {
      List<String> pragmas = new ArrayList<>(PRAGMAS);
      pragmas.add("query_only=ON");
      return SqliteConnection.open(jdbcUrl, pragmas);
    }

    void closed() throws IOException {
      if (temporary) {
        for (String suffix : List.of("", "-wal", "-shm")) {
          Files.deleteIfExists(Path.of(path + suffix));
        }
        Path directory = path.getParent();
        if (directory != null) {
          Files.delete(directory);
        }
      }
    }
  }
}
