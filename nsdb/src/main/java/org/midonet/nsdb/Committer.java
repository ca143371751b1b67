package org.midonet.nsdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooDefs;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.NsdbException.Kind;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TopologyObject;

/**
 * Writes transactions to ZooKeeper. Safe to share.
 *
 * <p>A transaction is one multi: what it changes, the log entry for those who follow, and the
 * revision with the version at which the operations were computed. When somebody else was faster
 * the version does not fit, nothing is written, and the operations are computed again. Threads that
 * commit at once share a multi: whoever holds the lock writes for those who wait for it.
 */
final class Committer {
  /** How many commits a follower may be behind without reading everything again. */
  static final int LOG_LENGTH = 1_000;

  /** How many bytes of commits, for ZooKeeper keeps them in memory. */
  private static final int LOG_BYTES = 4 << 20;

  /** What a commit is taken for that somebody else wrote. */
  private static final int USUAL_LOG = 32 << 10;

  /** A shared multi takes no more transactions, or bytes, than this. */
  private static final int SHARED = 64;

  private static final int SHARED_BYTES = 256 << 10;

  /** Bytes of an operation beside its path and its data; ZooKeeper needs some 40. */
  private static final int OVERHEAD = 64;

  private static final int TRIMMED = 10;

  private final ZooKeeperConfig config;
  private final ZooKeeperConnection connection;
  private final Znodes znodes;
  private final Replica replica;
  private final Queue<Pending> queue = new ConcurrentLinkedQueue<>();

  /** Guarded by the replica's lock. */
  private final Bundle.Writer bundle = new Bundle.Writer();

  /** Bytes of those commits of the log that were written here; guarded by the replica's lock. */
  private final Map<Long, Integer> logged = new HashMap<>();

  /** Holders of table entries that were there when last needed; guarded by the replica's lock. */
  private final Set<String> holders = new HashSet<>();

  Committer(
      ZooKeeperConfig config, ZooKeeperConnection connection, Znodes znodes, Replica replica) {
    this.config = config;
    this.connection = connection;
    this.znodes = znodes;
    this.replica = replica;
  }

  Commit commit(Function<Topology, Commit> plan) {
    Pending mine = new Pending(plan);
    queue.add(mine);
    replica.lock.lock();
    try {
      while (!mine.isDone()) {
        List<Pending> some = new ArrayList<>();
        for (Pending next = queue.poll(); next != null; next = queue.poll()) {
          some.add(next);
          if (some.size() == SHARED) {
            break;
          }
        }
        carryOut(some);
      }
    } finally {
      replica.lock.unlock();
    }
    return mine.result();
  }

  /** Finishes every one of them, well or badly. */
  private void carryOut(List<Pending> some) {
    try {
      Deadline deadline = new Deadline();
      while (!attempt(some, deadline)) {
        deadline.check();
      }
    } catch (RuntimeException | Error e) {
      some.forEach(pending -> pending.fail(e));
    }
  }

  /**
   * Computes and writes.
   *
   * @return whether it is over; otherwise somebody else changed the topology meanwhile
   */
  private boolean attempt(List<Pending> some, Deadline deadline) {
    Plan plan = compute(some);
    if (plan.refused && replicaIsBehind()) {
      return false; // what refused them may be different by now
    }
    if (plan.changes.isEmpty()) {
      some.forEach(Pending::finish);
      return true;
    }
    Write write = write(plan);
    if (some.size() > 1 && write.bytes > Math.min(SHARED_BYTES, config.maxTransaction())) {
      some.forEach(pending -> carryOut(List.of(pending)));
      return true;
    }
    requireFits(write);
    if (!send(write, deadline)) {
      return false;
    }
    if (!write.takenOver) {
      replica.committed(plan.commits, write.zxid, write.oldestLog);
      logged.keySet().removeIf(revision -> revision < write.oldestLog);
    }
    some.forEach(Pending::finish);
    return true;
  }

  private Plan compute(List<Pending> some) {
    Plan plan = new Plan();
    Topology topology = replica.present();
    for (Pending pending : some) {
      Commit commit = pending.compute(topology);
      if (commit == null) {
        plan.refused = true;
      } else if (!commit.changes().isEmpty()) {
        plan.commits.add(commit);
        plan.changes.addAll(commit.changes());
        topology = commit.after();
      }
    }
    return plan;
  }

  private boolean replicaIsBehind() {
    Loader.Revision before = replica.revision();
    replica.catchUp();
    return replica.revision().number() != before.number();
  }

  private void requireFits(Write write) {
    if (write.bytes > config.maxTransaction()) {
      throw new NsdbException(
          Kind.TOO_LARGE,
          "The transaction changes %d znodes with %d bytes, more than the %d that ZooKeeper takes at once (jute.maxbuffer)."
              .formatted(write.ops.size(), write.bytes, config.maxTransaction()));
    }
  }

  /**
   * Sends until there is an answer.
   *
   * @return whether it is written; otherwise the operations are to be computed again
   */
  private boolean send(Write write, Deadline deadline) {
    boolean lost = false;
    while (true) {
      try {
        write.parents.forEach(this::ensureHolder);
        write.answered(connection.handle().multi(write.ops));
        return true;
      } catch (KeeperException.BadVersionException e) {
        write.takenOver = lost && isOwn(write, e);
        replica.catchUp();
        return write.takenOver;
      } catch (KeeperException e) {
        if (!ZooKeeperConnection.isLoss(e)) {
          notAsExpected(write, e, deadline);
          return false;
        }
        lost = true;
        deadline.check(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw uncertain(e);
      }
      connection.pause();
    }
  }

  /** Whether a multi whose answer was lost is the one that made its revision. */
  private boolean isOwn(Write write, KeeperException refused) {
    ZooKeeperConnection.Node log = connection.read(znodes.log(write.revision));
    if (log == null) {
      throw uncertain(refused);
    }
    return LogEntry.decode(log.data()).commitId().equals(write.commitId);
  }

  /**
   * The znodes are not as the snapshot has them: a holder of entries was empty and went, or
   * somebody wrote past the store.
   */
  private void notAsExpected(Write write, KeeperException e, Deadline deadline) {
    boolean holderGone = e.code() == KeeperException.Code.NONODE && !write.parents.isEmpty();
    holders.clear();
    if (deadline.attempts > 0 || !holderGone) {
      replica.reload();
    }
    if (deadline.attempts++ > 1) {
      throw new NsdbException(
          Kind.UNAVAILABLE,
          "ZooKeeper refused the transaction at the znode %s: %s"
              .formatted(culprit(write, e), e.getMessage()),
          e);
    }
  }

  private static String culprit(Write write, KeeperException e) {
    List<OpResult> results = e.getResults() == null ? List.of() : e.getResults();
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof OpResult.ErrorResult error
          && error.getErr() == e.code().intValue()) {
        return write.ops.get(i).getPath();
      }
    }
    return "?";
  }

  private void ensureHolder(String path) {
    if (holders.add(path)) {
      connection.ensure(path, CreateMode.CONTAINER, new byte[0]);
    }
  }

  private Write write(Plan plan) {
    Write write = new Write();
    Loader.Revision last = replica.revision();
    write.revision = last.number() + 1;
    write.add(Op.setData(znodes.revision(), Loader.text(write.revision), last.version()), 0);
    plan.changes.forEach(change -> add(change, write));
    plan.homes().forEach(home -> addObjects(home, plan, write));
    byte[] log = write.log.encode();
    if (write.bytes + log.length > config.maxTransaction()) {
      log = LogEntry.reload(write.commitId);
    }
    trimLog(write, log.length);
    write.add(create(znodes.log(write.revision), log), log.length);
    return write;
  }

  /** Deletes the oldest commits of the log that are too many with the one to be written. */
  private void trimLog(Write write, int size) {
    logged.put(write.revision, size);
    long bytes = 0;
    for (long each = replica.oldestLog(); each <= write.revision; each++) {
      bytes += logged.getOrDefault(each, USUAL_LOG);
    }
    write.oldestLog = replica.oldestLog();
    while (write.oldestLog < write.revision
        && write.oldestLog < replica.oldestLog() + TRIMMED
        && (bytes > LOG_BYTES || write.oldestLog <= write.revision - LOG_LENGTH)) {
      write.add(Op.delete(znodes.log(write.oldestLog), -1), 0);
      bytes -= logged.getOrDefault(write.oldestLog, USUAL_LOG);
      write.oldestLog++;
    }
  }

  private void add(Change change, Write write) {
    switch (change) {
      case Change.OfObject(ObjectType<?> type, UUID id, var before, var after, UUID home) -> {
        if (after == null) {
          write.log.delete(type, id);
        } else {
          write.log.put(type, id, home, write.encoded(after));
        }
      }
      case Change.OfEntry(var table, var entry, boolean added) -> {
        String holder = znodes.table(table);
        String path = holder + "/" + entry.znode();
        if (added) {
          write.parents.add(holder);
        }
        write.add(added ? create(path, new byte[0]) : Op.delete(path, -1), 0);
        write.log.entry(path, added);
      }
      case Change.OfSequence(Sequence sequence, long before, long after) -> {
        write.add(Op.setData(znodes.sequence(sequence), Loader.text(after), -1), 0);
        write.log.sequence(sequence, after);
      }
      case Change.OfState state -> throw new IllegalArgumentException(state + " is no commit's");
    }
  }

  /** Writes all that lies at a home. */
  private void addObjects(UUID home, Plan plan, Write write) {
    String path = znodes.objects(home);
    boolean there = plan.before().groups.containsKey(home) || replica.corrupt().contains(path);
    Group group = plan.after().groups.get(home);
    if (group != null) {
      group.forEach((type, id) -> bundle.add(type, id, write.encoded(plan.after().get(type, id))));
      byte[] data = bundle.finish();
      write.add(there ? Op.setData(path, data, -1) : create(path, data), data.length);
    } else if (there) {
      write.add(Op.delete(path, -1), 0);
    }
  }

  private static Op create(String path, byte[] data) {
    return Op.create(path, data, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
  }

  private NsdbException uncertain(Exception cause) {
    return new NsdbException(
        Kind.UNAVAILABLE,
        "ZooKeeper at %s did not answer; the change may have been stored or not: %s"
            .formatted(config.hosts(), cause.getMessage()),
        cause);
  }

  /** When to give up. */
  private final class Deadline {
    private final long nanos = System.nanoTime() + config.timeout().toNanos();

    /** How often the znodes were not as expected. */
    private int attempts;

    private boolean isOver() {
      return System.nanoTime() - nanos > 0;
    }

    void check() {
      if (isOver()) {
        throw new NsdbException(
            Kind.UNAVAILABLE, "The topology changes too fast; nothing was stored.");
      }
    }

    void check(KeeperException loss) {
      if (isOver()) {
        throw uncertain(loss);
      }
    }
  }

  /** What some transactions come to. */
  private static final class Plan {
    final List<Commit> commits = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    boolean refused;

    Topology before() {
      return commits.getFirst().before();
    }

    Topology after() {
      return commits.getLast().after();
    }

    /** Where something is other than it was. */
    Set<UUID> homes() {
      Set<UUID> homes = new LinkedHashSet<>();
      for (Change change : changes) {
        if (change instanceof Change.OfObject object) {
          homes.add(object.home());
          if (before().has(object.type(), object.id())) {
            homes.add(before().home(object.id()));
          }
        }
      }
      return homes;
    }
  }

  /** A multi. */
  private static final class Write {
    final String commitId = UUID.randomUUID().toString();
    final LogEntry.Text log = new LogEntry.Text(commitId);
    final List<Op> ops = new ArrayList<>();
    final Set<String> parents = new HashSet<>();
    private final IdentityHashMap<TopologyObject, byte[]> encoded = new IdentityHashMap<>();
    long bytes;
    long revision;
    long oldestLog;

    /** ZooKeeper's number of the transaction. */
    long zxid;

    /** Whether it came back by the log, its own answer being lost. */
    boolean takenOver;

    /** An object as JSON, which the log and the znode both need. */
    byte[] encoded(TopologyObject object) {
      return encoded.computeIfAbsent(object, each -> each.type().encodeObject(each));
    }

    void answered(List<OpResult> results) {
      if (results.getFirst() instanceof OpResult.SetDataResult result) {
        zxid = result.getStat().getMzxid();
      }
    }

    void add(Op op, int data) {
      ops.add(op);
      bytes += OVERHEAD + op.getPath().length() + data;
    }
  }

  /** A transaction of a thread that waits. */
  private static final class Pending {
    private final Function<Topology, Commit> plan;
    private @Nullable Commit commit;
    private @Nullable Throwable failure;

    // Written under the replica's lock, which the waiting thread takes before it reads.
    private boolean done;

    Pending(Function<Topology, Commit> plan) {
      this.plan = plan;
    }

    @Nullable Commit compute(Topology topology) {
      commit = null;
      failure = null;
      try {
        commit = plan.apply(topology);
      } catch (RuntimeException | Error e) { // for the thread that waits, not for this one
        failure = e;
      }
      return commit;
    }

    void finish() {
      done = true;
    }

    void fail(Throwable e) {
      if (!done) {
        failure = e;
        done = true;
      }
    }

    boolean isDone() {
      return done;
    }

    Commit result() {
      return switch (failure) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> Objects.requireNonNull(commit);
      };
    }
  }
}
