package org.midonet.benchmarks.datapath;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A server and a client that talk for a while, each on a thread in its machine. Safe to share. */
final class Talk {
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch ready = new CountDownLatch(1);
  private final long nanos;
  private volatile long until = Long.MAX_VALUE;
  private FutureTask<Long> server = new FutureTask<>(() -> 0L);
  private FutureTask<Long> client = server;

  Talk(double seconds) {
    nanos = (long) (seconds * 1e9);
  }

  /** Starts the server; what it answers is how much it served. */
  void serve(Endpoint where, Callable<Long> code) {
    server = start(where, code);
  }

  /** Starts the client when the server is ready, and with it the time. */
  void ask(Endpoint where, Callable<Long> code) {
    client =
        start(
            where,
            () -> {
              if (!ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server is not ready");
              }
              until = System.nanoTime() + nanos;
              return code.call();
            });
  }

  private static FutureTask<Long> start(Endpoint where, Callable<Long> code) {
    FutureTask<Long> task = new FutureTask<>(() -> where.namespace().call(code));
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  void ready() {
    ready.countDown();
  }

  boolean isOver() {
    return System.nanoTime() - until >= 0;
  }

  /** Waits until both are done. */
  void end() {
    askedPerSecond();
    servedPerSecond();
  }

  double askedPerSecond() {
    return result(client) * 1e9 / nanos;
  }

  double servedPerSecond() {
    return result(server) * 1e9 / nanos;
  }

  private static long result(FutureTask<Long> task) {
    try {
      return task.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
