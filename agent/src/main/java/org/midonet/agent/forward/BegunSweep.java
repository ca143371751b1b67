package org.midonet.agent.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.flow.BegunFlow;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.Template;
import org.midonet.agent.flow.TemplateCache;
import org.midonet.agent.flow.TemplateTable;
import org.midonet.agent.state.LocalState;
import org.midonet.agent.state.Phase;
import org.midonet.agent.state.StateKey;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpProtocol;

/**
 * Ends the connections that templates have begun, and makes those known that outlive their flows.
 * Confined to the packet loop.
 *
 * <p>A connection that is over goes with its flows and has never been in the agent's state. What is
 * to be known of others becomes so when their flows go: as they are idle, or their template was
 * killed.
 */
final class BegunSweep {
  /** After how long without a packet flows of templates go, as the agent's own do. */
  static final Duration IDLE = Duration.ofSeconds(60);

  private static final long IDLE_NANOS = IDLE.toNanos();

  /** As long as the agent's own state of such connections stays. */
  private static final long CLOSED_NANOS = Duration.ofSeconds(10).toNanos();

  /** How long a template stays of which there are no connections. */
  private static final long UNUSED_NANOS = Duration.ofSeconds(60).toNanos();

  /** The same where half of the templates that a port may have are there. */
  private static final long UNUSED_SCARCE_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

  /** What part of the time sweeps in a hurry may take. */
  private static final int SHARE = 5;

  private final Datapath datapath;
  private final FlowTable flows;
  private final TemplateTable table;
  private final Begun begun;
  private final Credits credits;
  private final StateKeeper keeper;
  private final PeerState peers;
  private final LocalState state;
  private final int most;
  private final Map<Integer, Use> uses = new HashMap<>();
  private long finished = System.nanoTime();
  private long pause = PAUSE_NANOS;
  private final Map<UUID, PoolTally> gone = new HashMap<>();
  private volatile Map<UUID, PoolTally> pools = Map.of();
  private volatile int live;

  /** How a template is used. */
  private static final class Use {
    long begun;
    long last = System.nanoTime();
  }

  /**
   * @param most how many such connections there may be in all
   */
  BegunSweep(
      Datapath datapath,
      FlowTable flows,
      TemplateTable table,
      Begun begun,
      Credits credits,
      StateKeeper keeper,
      PeerState peers,
      LocalState state,
      int most) {
    this.datapath = datapath;
    this.flows = flows;
    this.table = table;
    this.begun = begun;
    this.credits = credits;
    this.keeper = keeper;
    this.peers = peers;
    this.state = state;
    this.most = most;
  }

  /** Gives credit where a template is new. */
  void opened(@Nullable UUID payer, int account) {
    if (payer != null) {
      credits.open(payer, account);
      if (!credits.isOpen(account)) {
        credits.refill(account, 0, state.room(payer));
      }
    }
    if (!credits.isOpen(TemplateCache.ALL)) {
      credits.refill(TemplateCache.ALL, 0, Math.min(most, state.room(null)));
    }
  }

  /** What connections of a pool have carried until the last sweep, and how many there were. */
  PoolTally tally(UUID pool) {
    return pools.getOrDefault(pool, PoolTally.NONE);
  }

  /** Forgets what was counted of other pools than these. */
  void retainPools(Set<UUID> known) {
    gone.keySet().retainAll(known);
  }

  /** How many of the connections there were at the last sweep. */
  int live() {
    return live;
  }

  /** Makes the connections of killed templates known, and frees the slots. */
  void settleKilled(Runnable between) {
    Set<Integer> killed = new HashSet<>(table.takeKilled());
    if (killed.isEmpty()) {
      return;
    }
    List<FlowKey> dead = new ArrayList<>();
    begun
        .connections(killed::contains, between)
        .values()
        .forEach(ones ->
            ones.forEach(one -> {
              count(one, gone);
              makeKnown(one, phase(one));
              addKeys(one, dead);
            }));
    datapath.remove(dead);
    killed.forEach(this::free);
  }

  private static void count(Begun.Connection one, Map<UUID, PoolTally> tallies) {
    UUID pool = one.kind().pool();
    if (pool != null) {
      tallies.merge(pool, PoolTally.of(one), PoolTally::and);
    }
  }

  private void free(int slot) {
    ConnectionKind kind = begun.kind(slot);
    UUID pool = kind == null ? null : kind.pool();
    if (pool != null) {
      gone.merge(pool, PoolTally.served(datapath.templates().begun(slot)), PoolTally::and);
    }
    begun.remove(slot);
    uses.remove(slot);
    table.free(slot);
  }

  private static void addKeys(Begun.Connection one, List<FlowKey> keys) {
    Template template = one.kind().template();
    if (one.there() != null) {
      keys.add(template.there(one.clientPort()));
    }
    if (one.back() != null) {
      keys.add(template.back(one.turn(), one.clientPort()));
    }
  }

  private static Phase phase(Begun.Connection one) {
    BegunFlow there = one.there();
    BegunFlow back = one.back();
    return one.kind().template().key().protocol() == IpProtocol.TCP.number()
        ? TcpPhase.of(there == null ? 0 : there.tcpFlags(), back == null ? 0 : back.tcpFlags())
        : Phase.ACTIVE;
  }

  private static long idleNanos(Begun.Connection one) {
    BegunFlow there = one.there();
    BegunFlow back = one.back();
    return Math.min(
        there == null ? Long.MAX_VALUE : there.idleNanos(),
        back == null ? Long.MAX_VALUE : back.idleNanos());
  }

  /** What is over need not be known. */
  private void makeKnown(Begun.Connection one, Phase phase) {
    if (phase != Phase.CLOSED) {
      keeper.begun(one.known(), one.kind().origin(), phase, flows);
    }
  }

  /** Makes known whatever of these is of a connection that a template began. */
  void use(Set<StateKey> keys) {
    if (begun.isEmpty()) {
      return;
    }
    for (StateKey key : keys) {
      if (key.isOfAConnection() && !state.has(key)) {
        Begun.Connection one = begun.find(key);
        if (one != null) {
          makeKnown(one, phase(one));
        }
      }
    }
  }

  /** Whether credit is needed before the next regular sweep. */
  boolean isUrgent() {
    return !begun.isEmpty() && credits.isLow() && System.nanoTime() - finished >= pause;
  }

  /**
   * Looks at all connections, ends what is due, and gives credit again. Where that is low, what is
   * over makes room at once.
   */
  void run(Topology present, Runnable between, long nowMillis) {
    if (begun.isEmpty() && pools.isEmpty() && gone.isEmpty()) {
      return;
    }
    long started = System.nanoTime();
    boolean isUrgent = credits.isLow();
    Found found = new Found();
    Map<Integer, List<Begun.Connection>> all = begun.connections(slot -> true, between);
    all.forEach((slot, ones) -> {
      ConnectionKind kind = begun.kind(slot);
      if (kind != null) {
        boolean active = false;
        for (Begun.Connection one : ones) {
          long idle = idleNanos(one);
          active |= idle < started - finished;
          found.add(kind, one, isDue(one, idle, isUrgent));
        }
        if (active) {
          kind.uses().forEach(key -> state.touch(key, Phase.ACTIVE, nowMillis));
        }
      }
    });
    end(found.over);
    live = found.live;
    publishPools(found.carried);
    refill(found.used);
    forgetUnused(all.keySet(), present);
    finished = System.nanoTime();
    pause = Math.max(PAUSE_NANOS, SHARE * (finished - started));
  }

  /** What a sweep has found. */
  private static final class Found {
    final List<Begun.Connection> over = new ArrayList<>();

    /** Of each account, by those that are not over. */
    final Map<Integer, Long> used = new HashMap<>();

    final Map<UUID, PoolTally> carried = new HashMap<>();
    int live;

    void add(ConnectionKind kind, Begun.Connection one, boolean isOver) {
      if (isOver) {
        over.add(one);
        return;
      }
      live++;
      used.merge(kind.account(), (long) kind.template().cost(), Long::sum);
      count(one, carried);
    }
  }

  private static boolean isDue(Begun.Connection one, long idle, boolean isUrgent) {
    return idle >= IDLE_NANOS || ((isUrgent || idle >= CLOSED_NANOS) && phase(one) == Phase.CLOSED);
  }

  /**
   * The way back goes first. What still comes by the way there until that is taken out, too, is
   * seen then: the client uses its port again, and the answer is to be let through.
   */
  private void end(List<Begun.Connection> over) {
    List<FlowKey> back = new ArrayList<>();
    for (Begun.Connection one : over) {
      if (one.back() != null) {
        back.add(one.kind().template().back(one.turn(), one.clientPort()));
      }
    }
    datapath.remove(back);
    for (Begun.Connection one : over) {
      BegunFlow there = one.there();
      BegunFlow last = datapath.templates().takeOut(one.kind().template().there(one.clientPort()));
      boolean again = last != null && (there == null || last.packets() > there.packets());
      makeKnown(one, again ? Phase.ACTIVE : phase(one));
      count(one, gone);
    }
  }

  private void publishPools(Map<UUID, PoolTally> carried) {
    Map<UUID, PoolTally> now = new HashMap<>(carried);
    gone.forEach((pool, tally) -> now.merge(pool, tally.closed(), PoolTally::and));
    begun
        .kinds()
        .forEach((slot, kind) -> {
          UUID pool = kind.pool();
          if (pool != null) {
            now.merge(pool, PoolTally.served(datapath.templates().begun(slot)), PoolTally::and);
          }
        });
    pools = Map.copyOf(now);
  }

  private void refill(Map<Integer, Long> used) {
    Map<Integer, UUID> payers = new HashMap<>();
    for (ConnectionKind kind : begun.kinds().values()) {
      UUID payer = kind.payer();
      if (payer != null) {
        payers.put(kind.account(), payer);
      }
    }
    long all = used.values().stream().mapToLong(Long::longValue).sum();
    payers.forEach((account, payer) ->
        credits.refill(account, used.getOrDefault(account, 0L), state.room(payer)));
    credits.refill(TemplateCache.ALL, all, Math.min(most, state.room(null)));
    credits.retain(payers.keySet());
  }

  /** A connection of which peers are to hear is the agent's, too. */
  private void forgetUnused(Set<Integer> active, Topology present) {
    long now = System.nanoTime();
    Map<Integer, ConnectionKind> kinds = begun.kinds();
    Map<Integer, Integer> templates = new HashMap<>();
    kinds.values().forEach(kind -> templates.merge(kind.account(), 1, Integer::sum));
    int slots = datapath.templates().slots();
    kinds.forEach((slot, kind) -> {
      boolean scarce =
          2 * templates.getOrDefault(kind.account(), 0) >= TemplateMaker.share(kind.payer(), slots);
      Use use = uses.computeIfAbsent(slot, _ -> new Use());
      long total = datapath.templates().begun(slot);
      if (total != use.begun || active.contains(slot)) {
        use.begun = total;
        use.last = now;
      } else if (now - use.last >= (scarce ? UNUSED_SCARCE_NANOS : UNUSED_NANOS)) {
        table.kill(slot);
      }
      if (peers.hasAny(present, kind.origin().ports())) {
        table.kill(slot);
      }
    });
  }
}
