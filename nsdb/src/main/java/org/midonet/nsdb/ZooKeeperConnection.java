package org.midonet.nsdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.curator.RetryPolicy;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryUntilElapsed;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.NsdbException.Kind;

/**
 * A session with an ensemble, renewed by Curator when it is lost, and the few requests that the
 * store makes of it. Safe to share.
 */
final class ZooKeeperConnection implements AutoCloseable {
  /** How many znodes one request reads. */
  private static final int BATCH = 100;

  /** How many such requests are on their way at once. */
  private static final int WINDOW = 20;

  private static final int RETRY_MS = 100;

  private final ZooKeeperConfig config;
  private final CuratorFramework curator;

  private ZooKeeperConnection(ZooKeeperConfig config, CuratorFramework curator) {
    this.config = config;
    this.curator = curator;
  }

  /**
   * Connects.
   *
   * @throws NsdbException of kind UNAVAILABLE when no server answers in time
   */
  static ZooKeeperConnection open(ZooKeeperConfig config) {
    Jute.raise();
    int timeout = Math.toIntExact(config.timeout().toMillis());
    ZKClientConfig client = new ZKClientConfig();
    client.setProperty(ZKClientConfig.ZOOKEEPER_REQUEST_TIMEOUT, Integer.toString(timeout));
    RetryPolicy retry = new RetryUntilElapsed(timeout, RETRY_MS);
    CuratorFramework curator =
        CuratorFrameworkFactory.builder()
            .connectString(config.hosts())
            .sessionTimeoutMs(Math.toIntExact(config.sessionTimeout().toMillis()))
            .connectionTimeoutMs(timeout)
            .retryPolicy(retry)
            .zkClientConfig(client)
            .ensembleTracker(false)
            .build();
    ZooKeeperConnection connection = new ZooKeeperConnection(config, curator);
    curator.start();
    try {
      if (curator.blockUntilConnected(timeout, TimeUnit.MILLISECONDS)) {
        return connection;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
    throw new NsdbException(
        Kind.UNAVAILABLE,
        "No ZooKeeper server of %s answered within %d ms.".formatted(config.hosts(), timeout));
  }

  CuratorFramework curator() {
    return curator;
  }

  /** The present handle; a new one after the session was lost. */
  ZooKeeper handle() throws KeeperException {
    try {
      return curator.getZookeeperClient().getZooKeeper();
    } catch (KeeperException e) {
      throw e;
    } catch (Exception e) {
      throw unavailable(e);
    }
  }

  NsdbException unavailable(Throwable cause) {
    return new NsdbException(
        Kind.UNAVAILABLE,
        "ZooKeeper at %s does not answer: %s".formatted(config.hosts(), cause.getMessage()),
        cause);
  }

  /** Carries out a request again and again until it is answered or the time is over. */
  <T> T retrying(Request<T> request) {
    long deadline = System.nanoTime() + config.timeout().toNanos();
    while (true) {
      try {
        return request.run(handle());
      } catch (KeeperException e) {
        if (!isLoss(e) || System.nanoTime() > deadline) {
          throw unavailable(e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable(e);
      }
      pause();
    }
  }

  /** A short wait before the next attempt. */
  void pause() {
    try {
      Thread.sleep(RETRY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  /** Whether the request was lost with the connection rather than refused. */
  static boolean isLoss(KeeperException e) {
    return switch (e.code()) {
      case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT -> true;
      default -> false;
    };
  }

  /** Makes a znode and those above it; nothing happens to those that are there. */
  void ensure(String path, CreateMode mode, byte[] data) {
    retrying(zooKeeper -> {
      for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
        ensureOne(zooKeeper, path.substring(0, slash), parentMode(mode), new byte[0]);
      }
      ensureOne(zooKeeper, path, mode, data);
      return path;
    });
  }

  private static CreateMode parentMode(CreateMode mode) {
    return mode == CreateMode.PERSISTENT ? CreateMode.PERSISTENT : CreateMode.CONTAINER;
  }

  private static void ensureOne(ZooKeeper zooKeeper, String path, CreateMode mode, byte[] data)
      throws KeeperException, InterruptedException {
    if (zooKeeper.exists(path, false) != null) {
      return;
    }
    try {
      zooKeeper.create(path, data, ZooDefs.Ids.OPEN_ACL_UNSAFE, mode);
    } catch (KeeperException.NodeExistsException e) {
      // Somebody else was faster.
    }
  }

  /** Writes a znode; nothing happens when somebody else has written it meanwhile. */
  void write(String path, byte[] data, int version) {
    retrying(zooKeeper -> {
      try {
        zooKeeper.setData(path, data, version);
      } catch (KeeperException.BadVersionException e) {
        return path;
      }
      return path;
    });
  }

  /** Deletes a znode; nothing happens when it is gone, or has others below it. */
  void delete(String path) {
    retrying(zooKeeper -> {
      try {
        zooKeeper.delete(path, -1);
      } catch (KeeperException.NoNodeException | KeeperException.NotEmptyException e) {
        return path;
      }
      return path;
    });
  }

  /** Content and version of a znode, null when there is none. */
  @Nullable Node read(String path) {
    return retrying(zooKeeper -> read(zooKeeper, path)).orElse(null);
  }

  private static Optional<Node> read(ZooKeeper zooKeeper, String path)
      throws KeeperException, InterruptedException {
    Stat stat = new Stat();
    try {
      byte[] data = zooKeeper.getData(path, false, stat);
      return Optional.of(new Node(data == null ? new byte[0] : data, stat));
    } catch (KeeperException.NoNodeException e) {
      return Optional.empty();
    }
  }

  /** The contents of those znodes that exist, read many at a time. */
  Map<String, byte[]> readAll(List<String> paths) {
    return pipelined(
        paths,
        Op::getData,
        (path, result) ->
            result instanceof OpResult.GetDataResult read
                ? Objects.requireNonNullElse(read.getData(), new byte[0])
                : null);
  }

  /** The full paths below each of those znodes that exist, read many at a time. */
  Map<String, List<String>> childrenOf(List<String> paths) {
    return pipelined(
        paths,
        Op::getChildren,
        (path, result) ->
            result instanceof OpResult.GetChildrenResult read
                ? read.getChildren().stream().map(child -> path + "/" + child).toList()
                : null);
  }

  /** Reads by multis, which cost both sides a fraction of single requests, several under way. */
  private <T> Map<String, T> pipelined(
      List<String> paths, Function<String, Op> read, Answer<T> answer) {
    Map<String, T> results = HashMap.newHashMap(paths.size());
    for (int from = 0; from < paths.size(); from += WINDOW * BATCH) {
      List<String> some = paths.subList(from, Math.min(paths.size(), from + WINDOW * BATCH));
      results.putAll(retrying(zooKeeper -> window(zooKeeper, some, read, answer)));
    }
    return results;
  }

  private static <T> Map<String, T> window(
      ZooKeeper zooKeeper, List<String> paths, Function<String, Op> read, Answer<T> answer)
      throws KeeperException, InterruptedException {
    List<CompletableFuture<List<OpResult>>> answers = new ArrayList<>();
    for (int from = 0; from < paths.size(); from += BATCH) {
      List<String> batch = paths.subList(from, Math.min(paths.size(), from + BATCH));
      CompletableFuture<List<OpResult>> future = new CompletableFuture<>();
      zooKeeper.multi(
          batch.stream().map(read).toList(),
          (code, path, context, found) -> complete(future, code, found),
          null);
      answers.add(future);
    }
    Map<String, T> results = HashMap.newHashMap(paths.size());
    for (int i = 0; i < paths.size(); i++) {
      OpResult result = await(answers.get(i / BATCH)).get(i % BATCH);
      T value = answer.of(paths.get(i), result);
      if (value != null) {
        results.put(paths.get(i), value);
      } else if (result instanceof OpResult.ErrorResult error
          && error.getErr() != KeeperException.Code.NONODE.intValue()) {
        throw KeeperException.create(KeeperException.Code.get(error.getErr()), paths.get(i));
      }
    }
    return results;
  }

  /** The code is that of the first znode that is missing, too; the results tell more. */
  private static void complete(
      CompletableFuture<List<OpResult>> future, int code, @Nullable List<OpResult> found) {
    if (found == null) {
      future.completeExceptionally(KeeperException.create(KeeperException.Code.get(code)));
    } else {
      future.complete(found);
    }
  }

  private static List<OpResult> await(CompletableFuture<List<OpResult>> future)
      throws KeeperException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KeeperException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Follows a znode, or all below it; told again after each reconnection by who asked. */
  void watch(String path, AddWatchMode mode, Watcher watcher) {
    retrying(zooKeeper -> {
      zooKeeper.addWatch(path, watcher, mode);
      return path;
    });
  }

  /** All znodes below one, itself left out. */
  List<String> below(String top) {
    List<String> all = new ArrayList<>();
    List<String> level = List.of(top);
    while (!level.isEmpty()) {
      List<String> next = new ArrayList<>();
      childrenOf(level).values().forEach(next::addAll);
      all.addAll(next);
      level = next;
    }
    return all;
  }

  @Override
  public void close() {
    curator.close();
  }

  /** A request of one handle. */
  interface Request<T> {
    T run(ZooKeeper zooKeeper) throws KeeperException, InterruptedException;
  }

  /** A znode's content and version. */
  @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
  record Node(byte[] data, Stat stat) {}

  private interface Answer<T> {
    /** The value, null when there is none. */
    @Nullable T of(String path, OpResult result);
  }
}
