package org.midonet.nsdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.midonet.packets.Ipv4Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Port blocks as znodes: {@code nat/<device>/<address>/<block>} stays once it was used, and tells
 * by its last change how long that is ago; {@code taken} below it is ephemeral, and its content is
 * the host. Safe to share.
 */
final class ZooKeeperPortBlocks implements PortBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperPortBlocks.class);
  private static final List<ACL> OPEN = ZooDefs.Ids.OPEN_ACL_UNSAFE;
  private static final String TAKEN = "/taken";
  private static final int DELETED_AT_ONCE = 500;

  private final ZooKeeperConnection connection;
  private final String root;
  private final byte[] host;

  /** Changed by who holds the monitor. */
  private final Set<Block> held = ConcurrentHashMap.newKeySet();

  private record Block(UUID device, Ipv4Address address, int number) {}

  ZooKeeperPortBlocks(ZooKeeperConnection connection, Znodes znodes, UUID hostId) {
    this.connection = connection;
    this.root = znodes.portBlocks();
    this.host = hostId.toString().getBytes(StandardCharsets.UTF_8);
    connection
        .curator()
        .getConnectionStateListenable()
        .addListener((curator, state) -> {
          if (state == ConnectionState.RECONNECTED) {
            Thread.ofVirtual().name("nsdb-port-blocks").start(this::restore);
          }
        });
  }

  private String path(UUID device, Ipv4Address address) {
    return root + "/" + device + "/" + address;
  }

  private String path(Block block) {
    return path(block.device, block.address) + "/" + block.number;
  }

  @Override
  public synchronized Set<Integer> take(
      UUID device, Ipv4Address address, int first, int last, int most) {
    connection.ensure(path(device, address), CreateMode.PERSISTENT, new byte[0]);
    Set<Integer> taken = new LinkedHashSet<>();
    Set<Integer> known = known(device, address);
    List<Integer> fresh =
        new ArrayList<>(
            IntStream.rangeClosed(first, last).boxed().filter(it -> !known.contains(it)).toList());
    Collections.shuffle(fresh);
    take(device, address, fresh, most, taken);
    if (taken.size() < most) {
      List<Integer> used = known.stream().filter(it -> it >= first && it <= last).toList();
      take(device, address, longestFree(device, address, used), most, taken);
    }
    return taken;
  }

  private Set<Integer> known(UUID device, Ipv4Address address) {
    return connection.childrenOf(List.of(path(device, address))).values().stream()
        .flatMap(List::stream)
        .map(path -> Integer.valueOf(path.substring(path.lastIndexOf('/') + 1)))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private List<Integer> longestFree(UUID device, Ipv4Address address, List<Integer> used) {
    Map<String, Integer> paths = new LinkedHashMap<>();
    used.forEach(number -> paths.put(path(new Block(device, address, number)), number));
    Map<Integer, Long> changed = new LinkedHashMap<>();
    connection
        .childrenOf(List.copyOf(paths.keySet()))
        .forEach((path, children) -> {
          if (children.isEmpty()) {
            changed.put(Objects.requireNonNull(paths.get(path)), lastChange(path));
          }
        });
    return changed.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .toList();
  }

  private long lastChange(String path) {
    return connection.retrying(zooKeeper -> {
      Stat stat = zooKeeper.exists(path, false);
      return stat == null ? 0L : stat.getPzxid();
    });
  }

  private void take(
      UUID device, Ipv4Address address, List<Integer> wanted, int most, Set<Integer> taken) {
    for (int number : wanted) {
      if (taken.size() == most) {
        return;
      }
      Block block = new Block(device, address, number);
      if (claim(block)) {
        taken.add(number);
      }
    }
  }

  @Override
  public synchronized boolean claim(UUID device, Ipv4Address address, int block) {
    return claim(new Block(device, address, block));
  }

  private boolean claim(Block block) {
    boolean ours = connection.retrying(zooKeeper -> claim(zooKeeper, path(block)));
    if (ours) {
      held.add(block);
    } else {
      held.remove(block);
    }
    return ours;
  }

  private boolean claim(ZooKeeper zooKeeper, String block)
      throws KeeperException, InterruptedException {
    while (true) {
      try {
        return create(zooKeeper, block) || isOurs(zooKeeper, block + TAKEN);
      } catch (KeeperException.NoNodeException e) {
        // Either the device was removed, or somebody has just given the block back.
        connection.ensure(block, CreateMode.PERSISTENT, new byte[0]);
      }
    }
  }

  /** False when somebody holds the block. */
  private boolean create(ZooKeeper zooKeeper, String block)
      throws KeeperException, InterruptedException {
    try {
      if (zooKeeper.exists(block, false) == null) {
        zooKeeper.multi(
            List.of(
                Op.create(block, new byte[0], OPEN, CreateMode.PERSISTENT),
                Op.create(block + TAKEN, host, OPEN, CreateMode.EPHEMERAL)));
      } else {
        zooKeeper.create(block + TAKEN, host, OPEN, CreateMode.EPHEMERAL);
      }
      return true;
    } catch (KeeperException.NodeExistsException e) {
      return false;
    }
  }

  /** What an earlier process of this host holds until its session ends is taken over. */
  private boolean isOurs(ZooKeeper zooKeeper, String taken)
      throws KeeperException, InterruptedException {
    Stat stat = new Stat();
    byte[] holder = zooKeeper.getData(taken, false, stat);
    if (!Arrays.equals(holder, host)) {
      return false;
    }
    if (stat.getEphemeralOwner() != zooKeeper.getSessionId()) {
      zooKeeper.multi(
          List.of(
              Op.delete(taken, stat.getVersion()),
              Op.create(taken, host, OPEN, CreateMode.EPHEMERAL)));
    }
    return true;
  }

  @Override
  public boolean holds(UUID device, Ipv4Address address, int block) {
    return held.contains(new Block(device, address, block));
  }

  @Override
  public synchronized void release(UUID device, Ipv4Address address, int number) {
    Block block = new Block(device, address, number);
    if (held.remove(block)) {
      connection.delete(path(block) + TAKEN);
    }
  }

  @Override
  public Set<UUID> devices() {
    return connection.childrenOf(List.of(root)).values().stream()
        .flatMap(List::stream)
        .map(path -> UUID.fromString(path.substring(root.length() + 1)))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Override
  public synchronized void remove(UUID device) {
    held.removeIf(block -> block.device.equals(device));
    connection.retrying(zooKeeper -> {
      try {
        return ZKUtil.deleteRecursive(zooKeeper, root + "/" + device, DELETED_AT_ONCE);
      } catch (KeeperException.NoNodeException e) {
        return true;
      }
    });
  }

  /** After a loss of the connection: blocks are taken again, unless others have them now. */
  private synchronized void restore() {
    try {
      for (Block block : held) {
        if (!claim(block)) {
          LOG.warn(
              "Block {} of the ports of {} at {} went to another host while this one was cut off",
              block.number,
              block.address,
              block.device);
        }
      }
      dropForgotten();
    } catch (NsdbException e) {
      LOG.info("Port blocks wait for ZooKeeper to be back: {}", e.getMessage());
    }
  }

  /** Gives back what a request took whose answer was lost. */
  private void dropForgotten() {
    Set<String> known = held.stream().map(block -> path(block) + TAKEN).collect(Collectors.toSet());
    connection.retrying(zooKeeper -> zooKeeper.getEphemerals(root)).stream()
        .filter(path -> !known.contains(path))
        .forEach(connection::delete);
  }
}
