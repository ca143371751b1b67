package org.midonet.nsdb;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * Requests that do not wait for each other: ZooKeeper carries them out in their order, each for
 * itself, and syncs its log once for many. Not to be shared between threads.
 */
final class Batch {
  /** Under way at once. */
  private static final int MOST = 1000;

  private final ZooKeeper zooKeeper;
  private final Semaphore room = new Semaphore(MOST);
  private final Map<String, Code> refused = new ConcurrentHashMap<>();

  Batch(ZooKeeper zooKeeper) {
    this.zooKeeper = zooKeeper;
  }

  void create(String path, byte[] data, CreateMode mode) throws InterruptedException {
    room.acquire();
    zooKeeper.create(
        path,
        data,
        ZooDefs.Ids.OPEN_ACL_UNSAFE,
        mode,
        (code, asked, context, name) -> done(code, asked),
        null);
  }

  /** Writes a znode, whatever its version. */
  void write(String path, byte[] data) throws InterruptedException {
    room.acquire();
    zooKeeper.setData(path, data, -1, (code, asked, context, stat) -> done(code, asked), null);
  }

  void delete(String path) throws InterruptedException {
    room.acquire();
    zooKeeper.delete(path, -1, (code, asked, context) -> done(code, asked), null);
  }

  private void done(int code, String path) {
    if (code != Code.OK.intValue()) {
      refused.put(path, Code.get(code));
    }
    room.release();
  }

  /**
   * Waits for the answers to all.
   *
   * @return what was refused and why, by path
   * @throws KeeperException when the connection was lost; any of the requests may have happened
   */
  Map<String, Code> await() throws KeeperException, InterruptedException {
    room.acquire(MOST);
    room.release(MOST);
    for (Map.Entry<String, Code> each : refused.entrySet()) {
      KeeperException failure = KeeperException.create(each.getValue(), each.getKey());
      if (ZooKeeperConnection.isLoss(failure)) {
        throw failure;
      }
    }
    return Map.copyOf(refused);
  }
}
