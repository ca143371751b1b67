package org.midonet.nsdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process learned and publishes, as ephemeral znodes that are made again after a loss of
 * the session. Safe to share.
 *
 * <p>A request that is lost with the connection is no error: what is wanted is noted first, and
 * comes true when the connection is back.
 */
final class Ephemerals {
  private static final Logger LOG = LoggerFactory.getLogger(Ephemerals.class);

  private final ZooKeeperConnection connection;
  private final Znodes znodes;

  /** What was learned, and the znode that says so; empty while there is none. */
  private final Map<Learned, String> learned = new LinkedHashMap<>();

  private final Map<Znodes.Published, String> published = new LinkedHashMap<>();

  Ephemerals(ZooKeeperConnection connection, Znodes znodes) {
    this.connection = connection;
    this.znodes = znodes;
  }

  synchronized void learn(StateTable<?, ?> table, Object key, Object value) {
    Learned entry = new Learned(table, key, value);
    if (learned.putIfAbsent(entry, "") == null) {
      attempt(entry + " to be learned", zooKeeper -> make(zooKeeper, entry, false));
    }
  }

  synchronized void forget(StateTable<?, ?> table, Object key, Object value) {
    String path = learned.remove(new Learned(table, key, value));
    if (path != null && !path.isEmpty()) {
      attempt(path + " to be forgotten", zooKeeper -> delete(zooKeeper, path));
    }
  }

  synchronized void publish(Collection<StateKey> keys, UUID owner, String value) {
    Map<Znodes.Published, String> made = new LinkedHashMap<>();
    Set<String> own = new HashSet<>();
    for (StateKey key : keys) {
      Znodes.Published state = new Znodes.Published(key, owner);
      String before = published.put(state, value);
      if (!value.equals(before)) {
        made.put(state, value);
      }
      if (before != null) {
        own.add(znodes.state(key, owner));
      }
    }
    if (!made.isEmpty()) {
      attempt(named(keys) + " to be published", zooKeeper -> make(zooKeeper, made, own));
    }
  }

  synchronized void withdraw(Collection<StateKey> keys, UUID owner) {
    List<StateKey> gone =
        keys.stream()
            .filter(key -> published.remove(new Znodes.Published(key, owner)) != null)
            .toList();
    if (!gone.isEmpty()) {
      attempt(
          named(gone) + " to be withdrawn",
          zooKeeper ->
              delete(zooKeeper, gone.stream().map(key -> znodes.state(key, owner)).toList()));
    }
  }

  private static String named(Collection<StateKey> keys) {
    String first = keys.iterator().next().toString();
    return keys.size() == 1 ? first : first + " and " + (keys.size() - 1) + " more";
  }

  /** Makes everything again that is not there; for a new connection. */
  synchronized void restore() {
    connection.retrying(zooKeeper -> {
      for (Learned entry : List.copyOf(learned.keySet())) {
        make(zooKeeper, entry, true);
      }
      make(zooKeeper, published, Set.copyOf(zooKeeper.getEphemerals(znodes.state())));
      dropForgotten(zooKeeper);
      return zooKeeper;
    });
  }

  private void attempt(String what, Attempt attempt) {
    try {
      attempt.run(connection.handle());
    } catch (KeeperException e) {
      if (!ZooKeeperConnection.isLoss(e)) {
        throw connection.unavailable(e);
      }
      LOG.info("{} waits for ZooKeeper to be back: {}", what, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void make(ZooKeeper zooKeeper, Learned entry, boolean search)
      throws KeeperException, InterruptedException {
    String table = znodes.table(entry.table);
    String prefix = entry.key + "," + entry.value + ",";
    if (search) {
      String found = find(zooKeeper, table, prefix);
      if (found != null) {
        learned.put(entry, found);
        return;
      }
    }
    learned.put(
        entry,
        create(zooKeeper, table + "/" + prefix, new byte[0], CreateMode.EPHEMERAL_SEQUENTIAL));
  }

  /** A znode of this session that says the same, left by a request whose answer was lost. */
  private static @Nullable String find(ZooKeeper zooKeeper, String table, String prefix)
      throws KeeperException, InterruptedException {
    try {
      for (String name : zooKeeper.getChildren(table, false)) {
        if (name.startsWith(prefix) && isOwn(zooKeeper, table + "/" + name)) {
          return table + "/" + name;
        }
      }
    } catch (KeeperException.NoNodeException e) {
      return null;
    }
    return null;
  }

  /**
   * Makes or writes znodes of state.
   *
   * @param own paths of those that this session has already, as far as it is known
   */
  private void make(ZooKeeper zooKeeper, Map<Znodes.Published, String> states, Set<String> own)
      throws KeeperException, InterruptedException {
    Batch batch = new Batch(zooKeeper);
    Set<String> containers = new HashSet<>();
    for (Map.Entry<Znodes.Published, String> each : states.entrySet()) {
      String path = path(each.getKey());
      byte[] data = bytes(each.getValue());
      if (own.contains(path)) {
        batch.write(path, data);
        continue;
      }
      for (String container : containersOf(path)) {
        if (containers.add(container)) {
          batch.create(container, new byte[0], CreateMode.CONTAINER); // most are there
        }
      }
      batch.create(path, data, CreateMode.EPHEMERAL);
    }
    Set<String> refused = batch.await().keySet();
    for (Map.Entry<Znodes.Published, String> each : states.entrySet()) {
      String path = path(each.getKey());
      if (refused.contains(path)) {
        make(zooKeeper, path, bytes(each.getValue()));
      }
    }
  }

  /** What is above a znode of state and may not be there, from the top. */
  private List<String> containersOf(String path) {
    List<String> containers = new ArrayList<>();
    int slash = path.indexOf('/', znodes.state().length() + 1);
    while (slash > 0) {
      containers.add(path.substring(0, slash));
      slash = path.indexOf('/', slash + 1);
    }
    return containers;
  }

  private String path(Znodes.Published state) {
    return znodes.state(state.key(), state.owner());
  }

  private static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  /** Makes a znode of state, whatever there is. */
  private void make(ZooKeeper zooKeeper, String path, byte[] data)
      throws KeeperException, InterruptedException {
    if (isOwn(zooKeeper, path)) {
      zooKeeper.setData(path, data, -1);
      return;
    }
    delete(zooKeeper, path); // that of an earlier session, which would go without notice
    create(zooKeeper, path, data, CreateMode.EPHEMERAL);
  }

  private static boolean isOwn(ZooKeeper zooKeeper, String path)
      throws KeeperException, InterruptedException {
    Stat stat = zooKeeper.exists(path, false);
    return stat != null && stat.getEphemeralOwner() == zooKeeper.getSessionId();
  }

  /** Deletes what was forgotten or withdrawn while there was no connection. */
  private void dropForgotten(ZooKeeper zooKeeper) throws KeeperException, InterruptedException {
    List<String> dropped = new ArrayList<>();
    for (String path : zooKeeper.getEphemerals(znodes.tables())) {
      if (!learned.containsValue(path)) {
        dropped.add(path);
      }
    }
    for (String path : zooKeeper.getEphemerals(znodes.state())) {
      Znodes.Published state = znodes.parseState(path);
      if (state != null && !published.containsKey(state)) {
        dropped.add(path);
      }
    }
    delete(zooKeeper, dropped);
  }

  private String create(ZooKeeper zooKeeper, String path, byte[] data, CreateMode mode)
      throws KeeperException, InterruptedException {
    while (true) {
      try {
        return zooKeeper.create(path, data, ZooDefs.Ids.OPEN_ACL_UNSAFE, mode);
      } catch (KeeperException.NoNodeException e) {
        connection.ensure(parent(path), CreateMode.CONTAINER, new byte[0]);
      } catch (KeeperException.NodeExistsException e) {
        delete(zooKeeper, path);
      }
    }
  }

  private static void delete(ZooKeeper zooKeeper, List<String> paths)
      throws KeeperException, InterruptedException {
    Batch batch = new Batch(zooKeeper);
    for (String path : paths) {
      batch.delete(path);
    }
    for (Map.Entry<String, Code> each : batch.await().entrySet()) {
      if (each.getValue() != Code.NONODE) {
        throw KeeperException.create(each.getValue(), each.getKey());
      }
    }
  }

  private static void delete(ZooKeeper zooKeeper, String path)
      throws KeeperException, InterruptedException {
    try {
      zooKeeper.delete(path, -1);
    } catch (KeeperException.NoNodeException e) {
      // It is gone already.
    }
  }

  private record Learned(StateTable<?, ?> table, Object key, Object value) {}

  private interface Attempt {
    void run(ZooKeeper zooKeeper) throws KeeperException, InterruptedException;
  }
}
