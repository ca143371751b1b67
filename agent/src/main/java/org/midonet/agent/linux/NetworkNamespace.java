package org.midonet.agent.linux;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network namespace, kept by an open descriptor. Safe to share between threads.
 *
 * <p>Code runs inside it on a thread made for it, which ends with it. A socket belongs to the
 * namespace in which it was opened, wherever it is used later.
 */
public final class NetworkNamespace implements AutoCloseable {
  private final int fd;

  private NetworkNamespace(int fd) {
    this.fd = fd;
  }

  /** A new namespace without a name; it is gone when it is closed and nothing else uses it. */
  public static NetworkNamespace create() {
    return onThread(() -> {
      Libc.unshare(Libc.CLONE_NEWNET);
      return open("/proc/thread-self/ns/net");
    });
  }

  /** The namespace behind a file, as {@code /run/netns/NAME} or {@code /proc/PID/ns/net}. */
  public static NetworkNamespace open(String path) {
    return new NetworkNamespace(Libc.open(path, Libc.O_RDONLY | Libc.O_CLOEXEC));
  }

  /** The descriptor that keeps it. */
  public int fd() {
    return fd;
  }

  /** A path by which other processes reach it while this one lives. */
  public String path() {
    return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd;
  }

  /** Runs code inside. Threads that the code starts are inside too. */
  public <T> T call(Callable<T> code) {
    return onThread(() -> {
      Libc.setns(fd, Libc.CLONE_NEWNET);
      return code.call();
    });
  }

  /** Runs code inside. */
  public void run(Runnable code) {
    call(() -> {
      code.run();
      return true;
    });
  }

  private static <T> T onThread(Callable<T> code) {
    FutureTask<T> task = new FutureTask<>(code);
    Thread thread = Thread.ofPlatform().name("namespace").daemon().start(task);
    try {
      thread.join();
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
