package org.midonet.neutron.store;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the transactions under way, so that closing can wait for them; thread-safe. */
final class InFlight {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int count;
  private boolean closed;

  /** Counts one more; throws once closed. */
  void enter() {
    lock.lock();
    try {
      if (closed) {
        throw new StoreUnavailable("the database is closed", null);
      }
      count++;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      if (--count == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets no more in and waits for those inside, at most this long.
   *
   * @return false when it was closed before
   */
  boolean close(Duration patience) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      long nanos = patience.toNanos();
      while (count > 0 && nanos > 0) {
        nanos = none.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return true;
  }
}
