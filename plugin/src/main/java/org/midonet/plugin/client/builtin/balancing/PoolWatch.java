package org.midonet.plugin.client.builtin.balancing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.loadbalancer.Outcomes;
import org.midonet.neutron.service.Sessions;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Subscription;
import org.midonet.nsdb.Topology;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.topology.LbStatus;
import org.midonet.topology.ObjectType;
import org.midonet.topology.PoolMember;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what agents find of members and count of pools, and writes it down. Its methods are safe
 * to share between threads; the rest is one thread's.
 *
 * <p>Of several API servers one does this. A member that died or came to life shows at once. Counts
 * are written when their host goes or starts anew, and otherwise every half minute: what a host
 * counted after that is lost if it dies while no server runs.
 */
final class PoolWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PoolWatch.class);
  private static final String ROLE = "neutron-pools";
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration KEEPING = Duration.ofSeconds(30);

  /** Rows in one transaction: long ones make requests wait. */
  private static final int AT_ONCE = 100;

  private final BuiltInMidonet midonet;
  private final Sessions sessions;
  private final Thread thread;

  private final Object lock = new Object();

  /** Whether members are alive that changed; guarded by {@link #lock}. */
  private final Map<UUID, Boolean> members = new HashMap<>();

  /** Counts that ended; guarded likewise. */
  private final Map<Counted.Key, Counted> ended = new HashMap<>();

  /** Counts that went on; guarded likewise. */
  private final Map<Counted.Key, Counted> growing = new HashMap<>();

  private volatile boolean closed;
  private boolean led;
  private long kept = System.nanoTime();

  private PoolWatch(BuiltInMidonet midonet, Sessions sessions) {
    this.midonet = midonet;
    this.sessions = sessions;
    this.thread = Thread.ofVirtual().name("pool-watch").unstarted(this::run);
  }

  /** Follows in the background, from when the topology is there. */
  static PoolWatch start(BuiltInMidonet midonet, Sessions sessions) {
    PoolWatch watch = new PoolWatch(midonet, sessions);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      Nsdb nsdb = awaitNsdb();
      try (Subscription subscription =
              nsdb.watch((before, after, changes) -> changes.forEach(this::note));
          Nsdb.Candidacy candidacy = nsdb.runFor(ROLE)) {
        LOG.debug("following pools from {}", subscription.start().count(ObjectType.POOL));
        while (!closed) {
          step(nsdb.topology(), candidacy.isLeader());
          await();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("following pools no more");
    } catch (NsdbException e) {
      LOG.warn("The status of members no longer follows their health: {}", e.getMessage());
    }
  }

  private Nsdb awaitNsdb() throws InterruptedException {
    while (true) {
      try {
        return midonet.nsdb();
      } catch (NeutronException e) {
        Thread.sleep(MOMENT);
      }
    }
  }

  private void note(Change change) {
    synchronized (lock) {
      switch (change) {
        case Change.OfObject object when object.after() instanceof PoolMember member ->
            members.put(member.id(), isAlive(member));
        case Change.OfState state when state.key().key().equals(Counted.KEY) -> note(state);
        default -> {
          return;
        }
      }
      lock.notifyAll();
    }
  }

  private void note(Change.OfState state) {
    UUID pool = state.key().id();
    String before = state.before();
    if (before != null) {
      Counted.parse(pool, state.owner(), before).ifPresent(count -> ended.put(count.key(), count));
    }
    String after = state.after();
    if (after != null) {
      Counted.parse(pool, state.owner(), after)
          .ifPresent(count -> {
            ended.remove(count.key());
            growing.put(count.key(), count);
          });
    }
  }

  private static boolean isAlive(PoolMember member) {
    return member.status() != LbStatus.INACTIVE;
  }

  /** Waits for something to write at once, or until it is time for the rest. */
  private void await() throws InterruptedException {
    synchronized (lock) {
      while (!closed && members.isEmpty() && ended.isEmpty()) {
        if (growing.isEmpty()) {
          lock.wait(KEEPING.toMillis());
          break;
        }
        long left = KEEPING.minusNanos(System.nanoTime() - kept).toMillis();
        if (left <= 0) {
          break;
        }
        lock.wait(left);
      }
    }
  }

  private void step(Topology topology, boolean leads) throws InterruptedException {
    Map<UUID, Boolean> found;
    List<Counted> counts;
    synchronized (lock) {
      if (leads && !led) {
        topology
            .list(ObjectType.POOL_MEMBER)
            .forEach(member -> members.putIfAbsent(member.id(), isAlive(member)));
      }
      led = leads;
      found = Map.copyOf(members);
      members.clear();
      growing.keySet().removeAll(ended.keySet());
      counts = new ArrayList<>(ended.values());
      ended.clear();
      if (System.nanoTime() - kept >= KEEPING.toNanos()) {
        counts.addAll(growing.values());
        growing.clear();
        kept = System.nanoTime();
      }
    }
    if (leads) {
      noteMembers(found);
      noteTraffic(counts);
    }
  }

  private void noteMembers(Map<UUID, Boolean> found) throws InterruptedException {
    List<Map.Entry<UUID, Boolean>> all = List.copyOf(found.entrySet());
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      List<Map.Entry<UUID, Boolean>> part = all.subList(i, Math.min(all.size(), i + AT_ONCE));
      if (!attempt(() -> noteMembers(part))) {
        synchronized (lock) {
          part.forEach(one -> members.putIfAbsent(one.getKey(), one.getValue()));
        }
      }
    }
  }

  private void noteMembers(List<Map.Entry<UUID, Boolean>> part) {
    RequestContext admin = admin();
    boolean differs =
        sessions.read(
            admin,
            session ->
                part.stream()
                    .anyMatch(
                        one -> Outcomes.isNews(session, one.getKey().toString(), one.getValue())));
    if (differs) {
      sessions.write(
          admin,
          session -> {
            part.forEach(one -> Outcomes.member(session, one.getKey().toString(), one.getValue()));
            return true;
          });
    }
  }

  private void noteTraffic(List<Counted> counts) throws InterruptedException {
    for (int i = 0; i < counts.size(); i += AT_ONCE) {
      List<Counted> part = counts.subList(i, Math.min(counts.size(), i + AT_ONCE));
      boolean noted =
          attempt(() ->
              sessions.write(
                  admin(),
                  session -> {
                    TrafficTable.keep(session, part);
                    return true;
                  }));
      if (!noted) {
        synchronized (lock) {
          part.forEach(count -> ended.putIfAbsent(count.key(), count));
        }
      }
    }
  }

  private static RequestContext admin() {
    return RequestContext.admin("req-" + UUID.randomUUID());
  }

  /** Whether it could be written; if not, a moment later. */
  private static boolean attempt(Runnable writing) throws InterruptedException {
    try {
      writing.run();
      return true;
    } catch (RuntimeException e) {
      LOG.warn("What agents say of pools could not be noted, and will be: {}", e.toString());
      Thread.sleep(MOMENT);
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
