package org.midonet.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C, or another request to end, interrupt the work of a thread and wait until that has
 * cleaned up. Opened and closed by that thread.
 */
final class Interruption implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch cleaned = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("stop").unstarted(this::stop);

  // Guarded by this.
  private boolean stopping;
  private boolean interruptible;

  private Interruption() {}

  static Interruption open() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void stop() {
    synchronized (this) {
      stopping = true;
      if (interruptible) {
        worker.interrupt();
      }
    }
    try {
      cleaned.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does what may be interrupted, unless the end was asked for before. */
  void run(Runnable work) {
    synchronized (this) {
      if (stopping) {
        throw new IllegalStateException("interrupted");
      }
      interruptible = true;
    }
    try {
      work.run();
    } finally {
      synchronized (this) {
        interruptible = false;
        Thread.interrupted(); // what follows cleans up, and takes its time
      }
    }
  }

  /** All is cleaned up. */
  @Override
  public void close() {
    cleaned.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program ends already.
    }
  }
}
