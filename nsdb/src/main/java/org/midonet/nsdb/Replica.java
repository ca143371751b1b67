package org.midonet.nsdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology in memory as ZooKeeper has it. Safe to share.
 *
 * <p>One thread follows: a watch on the revision tells that others committed, and the log tells
 * what; persistent recursive watches tell of learned entries and published state. After each
 * reconnection it looks for what was missed. Whoever changes the replica holds {@link #lock}, so
 * that commits of this process and of others come in one order.
 */
final class Replica implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
  private static final int EVENTS = 10_000;
  private static final long NOTHING = -1;

  /** Held while the revision and the snapshot change together. */
  final ReentrantLock lock = new ReentrantLock();

  private final ZooKeeperConnection connection;
  private final Znodes znodes;
  private final Loader loader;
  private final Ephemerals ephemerals;
  private final Broadcast broadcast = new Broadcast(Topology.EMPTY);
  private final Inbox inbox = new Inbox();
  private final Thread follower = Thread.ofVirtual().name("nsdb-follow").unstarted(this::follow);

  // Guarded by lock.
  private Loader.Revision revision = new Loader.Revision(0, 0, 0);
  private long oldestLog = NOTHING;
  private volatile Set<String> corrupt = Set.of();

  Replica(ZooKeeperConnection connection, Znodes znodes, Loader loader, Ephemerals ephemerals) {
    this.connection = connection;
    this.znodes = znodes;
    this.loader = loader;
    this.ephemerals = ephemerals;
  }

  /** Reads everything and begins to follow. */
  void start() {
    connection
        .curator()
        .getConnectionStateListenable()
        .addListener((curator, state) -> connectionChanged(state));
    lock.lock();
    try {
      watch();
      reload();
    } finally {
      lock.unlock();
    }
    follower.start();
  }

  Topology present() {
    return broadcast.present();
  }

  Subscription watch(Watcher watcher) {
    return broadcast.subscribe(watcher);
  }

  Set<String> corrupt() {
    return corrupt;
  }

  /** The revision of the present snapshot; for who holds the lock. */
  Loader.Revision revision() {
    return revision;
  }

  /** The number of the oldest commit in the log; for who holds the lock. */
  long oldestLog() {
    if (oldestLog == NOTHING) {
      oldestLog = loader.oldestLog(revision.number());
    }
    return oldestLog;
  }

  /** Takes over commits that this process wrote as the next revision; for who holds the lock. */
  void committed(List<Commit> commits, long zxid, long oldest) {
    revision = new Loader.Revision(revision.number() + 1, revision.version() + 1, zxid);
    oldestLog = oldest;
    commits.forEach(broadcast::publish);
  }

  /** Takes over what others committed since the present revision; for who holds the lock. */
  void catchUp() {
    Loader.Revision last = loader.revision();
    if (last.number() == revision.number()) {
      revision = last;
      return;
    }
    List<LogEntry> log =
        last.number() < revision.number() ? null : loader.log(revision.number(), last.number());
    if (log == null) {
      reload();
      return;
    }
    for (LogEntry entry : log) {
      TopologyBuilder builder = new TopologyBuilder(present());
      List<Change> changes = entry.apply(builder, znodes);
      broadcast.publish(builder.build(), changes);
    }
    revision = last;
    oldestLog = NOTHING; // others may have deleted any number
  }

  /** Reads everything again and tells what differs; for who holds the lock. */
  void reload() {
    Loader.Loaded loaded = loader.load();
    revision = loaded.revision();
    oldestLog = loader.oldestLog(revision.number());
    corrupt = loaded.corrupt();
    broadcast.publish(loaded.topology(), Changes.between(present(), loaded.topology()));
  }

  private void watch() {
    connection.watch(znodes.revision(), AddWatchMode.PERSISTENT, inbox::take);
    connection.watch(znodes.tables(), AddWatchMode.PERSISTENT_RECURSIVE, inbox::take);
    connection.watch(znodes.state(), AddWatchMode.PERSISTENT_RECURSIVE, inbox::take);
  }

  private void connectionChanged(ConnectionState state) {
    LOG.info("The connection to ZooKeeper is {}", state);
    if (state == ConnectionState.RECONNECTED) {
      inbox.reconnected();
    }
  }

  private void follow() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Work work = inbox.next();
        lock.lock();
        try {
          carryOut(work);
        } catch (NsdbException e) {
          LOG.warn("Following the topology waits for ZooKeeper: {}", e.getMessage());
          inbox.reconnected();
        } catch (RuntimeException e) {
          LOG.error("Following the topology failed and starts again", e);
          inbox.reconnected();
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carryOut(Work work) {
    if (work.reconnected) {
      watch();
      ephemerals.restore();
      catchUp();
      Topology present = present();
      Topology live = loader.withPresentState(present);
      broadcast.publish(live, Changes.between(present, live));
    } else if (work.committed > revision.zxid()) {
      catchUp();
    }
    work.events.forEach(this::carryOut);
  }

  private void carryOut(WatchedEvent event) {
    try {
      Change change =
          event.getPath().startsWith(znodes.state() + "/") ? stateOf(event) : entryOf(event);
      if (change != null) {
        broadcast.apply(List.of(change));
      }
    } catch (IllegalArgumentException e) {
      LOG.error("The znode {} cannot be read and is left out: {}", event.getPath(), e.getMessage());
    }
  }

  private @Nullable Change entryOf(WatchedEvent event) {
    boolean added = event.getType() == EventType.NodeCreated;
    Znodes.Entry<?, ?> parsed = znodes.parseEntry(event.getPath());
    if (parsed == null || parsed.entry().isPersistent()) {
      return null; // persistent ones come with their commit
    }
    boolean there = new TopologyBuilder(present()).contains(parsed.table(), parsed.entry());
    return there == added ? null : new Change.OfEntry(parsed.table(), parsed.entry(), added);
  }

  private @Nullable Change stateOf(WatchedEvent event) {
    Znodes.Published state = znodes.parseState(event.getPath());
    if (state == null) {
      return null;
    }
    ZooKeeperConnection.Node node =
        event.getType() == EventType.NodeDeleted ? null : connection.read(event.getPath());
    String after = node == null ? null : Loader.text(node.data());
    String before = present().state(state.key()).get(state.owner());
    return Objects.equals(before, after)
        ? null
        : new Change.OfState(state.key(), state.owner(), before, after);
  }

  @Override
  public void close() {
    follower.interrupt();
    broadcast.close();
  }

  /** What the watches told and was not yet looked at. */
  private static final class Inbox {
    private final Deque<WatchedEvent> events = new ArrayDeque<>();
    private long committed = NOTHING;
    private boolean reconnected;

    synchronized void take(WatchedEvent event) {
      switch (event.getType()) {
        case NodeCreated, NodeDeleted -> add(event);
        case NodeDataChanged -> {
          if (event.getPath().endsWith("/revision")) {
            // Servers before 3.9 do not say which transaction it was.
            committed = event.getZxid() == WatchedEvent.NO_ZXID ? Long.MAX_VALUE : event.getZxid();
          } else {
            add(event);
          }
        }
        default -> {
          return; // the state of the connection comes by Curator
        }
      }
      notifyAll();
    }

    private void add(WatchedEvent event) {
      if (events.size() == EVENTS) {
        reconnected(); // reading all is quicker now
      } else {
        events.add(event);
      }
    }

    /** What was told before is of no more use, for everything is read again. */
    synchronized void reconnected() {
      events.clear();
      reconnected = true;
      notifyAll();
    }

    synchronized Work next() throws InterruptedException {
      while (events.isEmpty() && committed == NOTHING && !reconnected) {
        wait();
      }
      Work work = new Work(committed, reconnected, new ArrayList<>(events));
      events.clear();
      committed = NOTHING;
      reconnected = false;
      return work;
    }
  }

  /**
   * @param committed the last transaction on the revision, as far as it is known
   */
  private record Work(long committed, boolean reconnected, List<WatchedEvent> events) {}
}
