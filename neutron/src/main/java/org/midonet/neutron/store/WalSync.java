package org.midonet.neutron.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes commits to SQLite's write-ahead log durable, many with one sync; safe to share between
 * threads.
 *
 * <p>A sync that starts after a commit has written its frames covers that commit and all before it.
 * So a committer takes a ticket while it still holds the write lock, lets the next one write, and
 * waits for the first sync that started later. See docs/store.md for why this is as durable as
 * {@code synchronous=FULL}.
 *
 * <p>Syncs run on a thread of their own: an interrupt of a thread that syncs would close the
 * channel, and a virtual thread would hold its carrier meanwhile.
 */
final class WalSync implements AutoCloseable {

  private final FileChannel wal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private final Condition synced = lock.newCondition();
  private final Thread syncer;
  private long written;
  private long durable;
  private boolean closing;
  private @Nullable IOException failure;

  /** For the log of this database, which must exist and stay the same file until closed. */
  WalSync(Path database) throws IOException {
    wal = FileChannel.open(Path.of(database + "-wal"), StandardOpenOption.WRITE);
    Path directory = database.toAbsolutePath().getParent();
    if (directory != null) {
      // The log's name in its directory is to survive as well.
      try (FileChannel names = FileChannel.open(directory)) {
        names.force(true);
      }
    }
    syncer = Thread.ofPlatform().daemon().name("database-sync").start(this::run);
  }

  /** Says that a commit is in the log; called with the write lock held. */
  long ticket() {
    lock.lock();
    try {
      return ++written;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns once the commit with this ticket would survive a power loss.
   *
   * @throws StoreUnavailable when the disk failed
   */
  void await(long ticket) {
    lock.lock();
    try {
      wanted.signal();
      while (durable < ticket) {
        if (failure != null) {
          throw broken(failure);
        }
        synced.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Throws once a sync has failed, for what the log holds is not known then. */
  void check() {
    lock.lock();
    try {
      if (failure != null) {
        throw broken(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    lock.lock();
    try {
      while (failure == null) {
        if (durable < written) {
          sync();
        } else if (closing) {
          return;
        } else {
          wanted.awaitUninterruptibly();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called with the lock held, which it lets go while it syncs. */
  private void sync() {
    long covered = written;
    lock.unlock();
    IOException error = null;
    try {
      wal.force(false);
    } catch (IOException e) {
      error = e;
    }
    lock.lock();
    durable = error == null ? covered : durable;
    failure = error;
    synced.signalAll();
  }

  private static StoreUnavailable broken(IOException cause) {
    return new StoreUnavailable(
        "the database's log could not be written to disk ("
            + cause.getMessage()
            + ");"
            + " nothing more is accepted until the disk is well and the program restarted",
        cause);
  }

  /** Syncs what is left and closes. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closing = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
    try {
      syncer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    wal.close();
  }
}
