package org.midonet.nsdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.TopologyObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topology from ZooKeeper: all of it, or what others committed since. Safe to share.
 *
 * <p>A znode that cannot be read as what it should be is named in the log and left out.
 */
final class Loader {
  private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

  /** Znodes that are read and decoded before the next are read. */
  private static final int PAGE = 5_000;

  private static final UUID NOWHERE = new UUID(0, 0);

  private final ZooKeeperConnection connection;
  private final Znodes znodes;

  Loader(ZooKeeperConnection connection, Znodes znodes) {
    this.connection = connection;
    this.znodes = znodes;
  }

  /**
   * Makes what every store expects to be there.
   *
   * @throws NsdbException of kind FOREIGN if there is a topology that is not ours to read
   */
  void prepare() {
    refuseForeign();
    prepareRevision();
    for (Sequence sequence : Sequence.values()) {
      connection.ensure(znodes.sequence(sequence), CreateMode.PERSISTENT, text(sequence.seed()));
    }
    List<String> skeleton = znodes.skeleton();
    Set<String> there = connection.readAll(skeleton).keySet();
    for (String path : skeleton) {
      if (!there.contains(path)) {
        connection.ensure(path, CreateMode.PERSISTENT, new byte[0]);
      }
    }
  }

  /** Half of what MidoNet has lies where ours would: it must be neither read nor made right. */
  private void refuseForeign() {
    if (connection.read(znodes.models()) != null) {
      throw new NsdbException(
          NsdbException.Kind.FOREIGN,
          "below %s in its ZooKeeper is a topology that it cannot read, since there is %s: that of another MidoNet, or of an earlier version. Nothing was changed. zookeeper_root_key in [MIDONET] gives this program a topology of its own; another MidoNet is told by midonet_uri"
              .formatted(znodes.root(), znodes.models()));
    }
  }

  /** If the number of the last commit is lost, the log knows it. */
  private void prepareRevision() {
    String path = znodes.revision();
    ZooKeeperConnection.Node node = connection.read(path);
    if (node != null) {
      try {
        number(node.data());
        return;
      } catch (NumberFormatException e) {
        LOG.error("The znode {} cannot be read and is made anew: {}", path, e.getMessage());
      }
    }
    long last = logged().stream().mapToLong(Long::longValue).max().orElse(0);
    connection.ensure(path, CreateMode.PERSISTENT, text(last));
    if (node != null) {
      connection.write(path, text(last), node.stat().getVersion());
    }
  }

  /** The numbers of the commits that are kept. */
  private List<Long> logged() {
    return below(znodes.log()).stream()
        .map(path -> Long.valueOf(path.substring(path.lastIndexOf('/') + 1)))
        .toList();
  }

  private List<String> below(String path) {
    return connection.childrenOf(List.of(path)).getOrDefault(path, List.of());
  }

  /** The number of the last commit, and the version of the znode that says so. */
  Revision revision() {
    ZooKeeperConnection.Node node = connection.read(znodes.revision());
    if (node == null) {
      throw new NsdbException(
          NsdbException.Kind.UNAVAILABLE, "The znode " + znodes.revision() + " is gone.");
    }
    return new Revision(number(node.data()), node.stat().getVersion(), node.stat().getMzxid());
  }

  /** The commits between two revisions, null when they are no longer kept. */
  @Nullable List<LogEntry> log(long after, long upTo) {
    List<String> paths = new ArrayList<>();
    for (long revision = after + 1; revision <= upTo; revision++) {
      paths.add(znodes.log(revision));
    }
    Map<String, byte[]> found = connection.readAll(paths);
    List<LogEntry> entries = new ArrayList<>();
    for (String path : paths) {
      byte[] data = found.get(path);
      LogEntry entry = data == null ? null : LogEntry.decode(data);
      if (entry == null || entry.lines() == null) {
        return null;
      }
      entries.add(entry);
    }
    return entries;
  }

  /** The number of the oldest commit that is kept, or one more than the given last when none is. */
  long oldestLog(long last) {
    return logged().stream().mapToLong(Long::longValue).min().orElse(last + 1);
  }

  /** Everything, as of one revision. */
  Loaded load() {
    while (true) {
      Revision start = revision();
      TopologyBuilder builder = new TopologyBuilder(Topology.EMPTY);
      Set<String> corrupt = new LinkedHashSet<>();
      loadObjects(builder, corrupt);
      loadSequences(builder, corrupt);
      loadEntries(builder, corrupt);
      loadState(builder, corrupt);
      Revision end = revision();
      List<LogEntry> meanwhile = log(start.number, end.number);
      if (meanwhile != null) {
        // Some of what was read has these commits already; applying them again changes nothing.
        meanwhile.forEach(entry -> entry.apply(builder, znodes));
        return new Loaded(builder.build(), end, corrupt);
      }
    }
  }

  private void loadObjects(TopologyBuilder builder, Set<String> corrupt) {
    List<String> all = below(znodes.objects());
    for (int from = 0; from < all.size(); from += PAGE) {
      List<String> page = all.subList(from, Math.min(all.size(), from + PAGE));
      // Decoding is the larger part of the work, and of one znode has nothing to do with others.
      connection.readAll(page).entrySet().parallelStream()
          .map(entry -> decode(entry.getKey(), entry.getValue()))
          .toList()
          .forEach(decoded -> put(decoded, builder, corrupt));
    }
  }

  private static void put(Decoded decoded, TopologyBuilder builder, Set<String> corrupt) {
    for (TopologyObject object : decoded.objects) {
      if (!builder.home(object.id(), decoded.home).equals(decoded.home)
          || builder.find(object.type(), object.id()) != null) {
        leaveOut(decoded.path, "it has an object that lies elsewhere, " + object.id(), corrupt);
        return;
      }
    }
    if (decoded.objects.isEmpty()) {
      leaveOut(decoded.path, decoded.reason, corrupt);
    }
    decoded.objects.forEach(object -> builder.put(object, decoded.home));
  }

  private static Decoded decode(String path, byte[] content) {
    try {
      UUID home = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
      return new Decoded(path, home, Bundle.read(content), "");
    } catch (RuntimeException e) { // whatever its text makes the decoder stumble over
      return new Decoded(path, NOWHERE, List.of(), String.valueOf(e.getMessage()));
    }
  }

  private void loadSequences(TopologyBuilder builder, Set<String> corrupt) {
    for (Sequence sequence : Sequence.values()) {
      String path = znodes.sequence(sequence);
      ZooKeeperConnection.Node node = connection.read(path);
      try {
        builder.set(sequence, node == null ? sequence.seed() : number(node.data()));
      } catch (IllegalArgumentException e) {
        leaveOut(path, String.valueOf(e.getMessage()), corrupt);
      }
    }
  }

  private void loadEntries(TopologyBuilder builder, Set<String> corrupt) {
    for (String path : connection.below(znodes.tables())) {
      try {
        Znodes.Entry<?, ?> entry = znodes.parseEntry(path);
        if (entry != null) {
          builder.set(entry.table(), entry.entry(), true);
        }
      } catch (IllegalArgumentException e) {
        leaveOut(path, String.valueOf(e.getMessage()), corrupt);
      }
    }
  }

  private void loadState(TopologyBuilder builder, Set<String> corrupt) {
    List<String> paths = connection.below(znodes.state());
    connection
        .readAll(paths)
        .forEach((path, data) -> {
          try {
            Znodes.Published published = znodes.parseState(path);
            if (published != null) {
              builder.set(published.key(), published.owner(), text(data));
            }
          } catch (IllegalArgumentException e) {
            leaveOut(path, String.valueOf(e.getMessage()), corrupt);
          }
        });
  }

  /** A snapshot with the learned entries and the state as they are now, and all else as given. */
  Topology withPresentState(Topology topology) {
    TopologyBuilder live = new TopologyBuilder(Topology.EMPTY);
    loadEntries(live, new LinkedHashSet<>());
    loadState(live, new LinkedHashSet<>());
    TopologyBuilder builder = new TopologyBuilder(topology);
    Changes.between(topology, live.build()).stream()
        .filter(Loader::isState)
        .forEach(builder::apply);
    return builder.build();
  }

  private static boolean isState(Change change) {
    return switch (change) {
      case Change.OfState state -> true;
      case Change.OfEntry entry -> !entry.entry().isPersistent();
      case Change.OfObject object -> false;
      case Change.OfSequence sequence -> false;
    };
  }

  private static void leaveOut(String path, String reason, Set<String> corrupt) {
    LOG.error("The znode {} cannot be read and is left out: {}", path, reason);
    corrupt.add(path);
  }

  static long number(byte[] data) {
    return Long.parseLong(text(data).split(" ", 2)[0].strip());
  }

  static byte[] text(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }

  /**
   * @param number of commits so far
   * @param version of the znode, which the next commit expects to find
   * @param zxid ZooKeeper's number of the transaction that wrote it
   */
  record Revision(long number, int version, long zxid) {}

  /**
   * @param corrupt the znodes that were left out
   */
  record Loaded(Topology topology, Revision revision, Set<String> corrupt) {}

  private record Decoded(String path, UUID home, List<TopologyObject> objects, String reason) {}
}
