package org.midonet.agent.state;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Mac;
import org.midonet.topology.NatTarget;

/**
 * An agent's state, in memory. Safe to share.
 *
 * <p>Times are milliseconds of any one clock that does not jump. What is used is {@link #touch
 * touched}, by what the datapath counts; what was not for a while goes at the next {@link #expire}.
 * Each entry waits in the second in which it may expire, and is looked at then alone.
 */
public final class LocalState implements StateView {
  /** How many connections make room at once. */
  private static final int AT_ONCE = 256;

  private static final long ASK_AGAIN = 1000;
  private static final long TELL_AGAIN = 500;

  private final StateTimeouts timeouts;
  private final Lifetimes lifetimes;
  private final ConcurrentMap<StateKey, Entry> entries = new ConcurrentHashMap<>();
  private final PoolTurns turns = new PoolTurns();
  private final Reservations reservations;

  // Guarded by this.
  private final Accounts accounts;
  private final Slots<Entry> expiring = new Slots<>();

  /** What waited long enough and was not looked at yet. */
  private final Queue<Entry> due = new ArrayDeque<>();

  private final Slots<Entry> stale = new Slots<>();
  private final EndedConnections over = new EndedConnections();
  private volatile DatapathConnections others = DatapathConnections.NONE;
  private volatile long now;

  public LocalState(StateTimeouts timeouts, NatBlocks blocks) {
    this(timeouts, blocks, StateLimits.DEFAULT);
  }

  public LocalState(StateTimeouts timeouts, NatBlocks blocks, StateLimits limits) {
    this.timeouts = timeouts;
    this.lifetimes = new Lifetimes(timeouts);
    this.accounts = new Accounts(limits);
    this.reservations = new Reservations(blocks, timeouts.reserved(), limits.connections());
  }

  /** Counts connections that the datapath began, and asks for them, from now on. */
  public void alsoAsk(DatapathConnections connections) {
    others = connections;
  }

  @Override
  public boolean isReturn(ConnectionKey key) {
    return entries.containsKey(key) || others.isReturn(key);
  }

  @Override
  public @Nullable NatBinding binding(NatKey key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return others.binding(key);
    }
    return entry.value instanceof Entry.WayBack way ? way.binding() : null;
  }

  /** Whether a piece of state is kept here. */
  public boolean has(StateKey key) {
    return entries.containsKey(key);
  }

  /**
   * How many connections there is room for, of a port or, with null, in all; those that the
   * datapath began apart.
   */
  public synchronized int room(@Nullable UUID payer) {
    return accounts.room(payer);
  }

  @Override
  public @Nullable NatBinding allocate(NatKey key, List<NatTarget> targets) {
    return reservations.allocate(key, targets, now);
  }

  @Override
  public @Nullable UUID learnedPort(MacKey key) {
    Entry entry = entries.get(key);
    return entry == null ? null : (UUID) entry.value;
  }

  @Override
  public @Nullable Mac neighbour(NeighbourKey key) {
    Entry entry = entries.get(key);
    return entry == null ? null : (Mac) entry.value;
  }

  @Override
  public long turn(UUID pool) {
    return turns.turn(pool);
  }

  /** How many connections members of a pool got by packets that entered here. */
  public long served(UUID pool) {
    return turns.served(pool);
  }

  /** Forgets pools that are no more. */
  public void retainPools(Set<UUID> pools) {
    turns.retain(pools);
  }

  @Override
  public @Nullable MetadataClient metadataClient(MetadataKey key) {
    Entry entry = entries.get(key);
    return entry == null ? null : (MetadataClient) entry.value;
  }

  /**
   * Whether a connection can be kept. One that cannot is counted, and its packet must not pass: the
   * answer would not be let through.
   *
   * @param payer as {@link Origin} has it
   */
  public synchronized boolean hasRoom(Effect effect, @Nullable UUID payer) {
    StateKey key = effect.changed();
    if (entries.containsKey(key) || hasRoom(key, payer)) {
      return true;
    }
    accounts.refuse(key);
    return false;
  }

  private boolean hasRoom(StateKey key, @Nullable UUID payer) {
    return accounts.hasRoom(key, payer) && accounts.room(payer) > others.count(payer);
  }

  /**
   * Forgets connections of a port that are over, the oldest first, where it has as many as it may
   * have; some at once, so that this is not done for each.
   *
   * @param effect that would have no room
   * @return what is forgotten; flows that were decided by it are to go
   */
  public synchronized List<StateKey> makeRoom(Effect effect, UUID payer) {
    StateKey key = effect.changed();
    return entries.containsKey(key) || hasRoom(key, payer)
        ? List.of()
        : forgetAll(over.oldest(payer, AT_ONCE));
  }

  /** What is forgotten with both ways of translations. */
  private List<StateKey> forgetAll(List<StateKey> keys) {
    List<StateKey> gone = new ArrayList<>(keys);
    for (StateKey key : keys) {
      StateKey other = otherWay(key);
      if (other != null) {
        gone.add(other);
      }
      forget(key);
    }
    return gone;
  }

  /** What was refused since the beginning. */
  public synchronized Refused refused() {
    return accounts.refused();
  }

  /** Like {@link #apply(Effect, Origin, long)}, of no origin. */
  public boolean apply(Effect effect, long at) {
    return apply(effect, Origin.NONE, at);
  }

  /**
   * Makes an effect of the simulation true. Where {@link StateLimits} are reached nothing happens.
   *
   * @return whether anything is known now that was not, or otherwise: then flows that were decided
   *     by {@link Effect#changed} are to be decided anew
   */
  public boolean apply(Effect effect, Origin origin, long at) {
    return apply(effect, origin, at, timeouts.idle());
  }

  /** Like {@link #importState(Effect, Origin, long)}, of no origin. */
  public boolean importState(Effect effect, long at) {
    return importState(effect, Origin.NONE, at);
  }

  /** Like {@link #apply}, for what a peer told of. */
  public boolean importState(Effect effect, Origin origin, long at) {
    return apply(effect, origin, at, timeouts.imported());
  }

  /** Like {@link #importState}, for what this host knew before: its ports are its own again. */
  public boolean restore(Effect effect, Origin origin, long at) {
    boolean changed = importState(effect, origin, at);
    if (effect instanceof Effect.Bind bind) {
      reservations.claim(bind.key().reverse(bind.binding()));
    }
    return changed;
  }

  private synchronized boolean apply(Effect effect, Origin origin, long at, Duration flowState) {
    advance(at);
    return switch (effect) {
      case Effect.LearnMac it ->
          put(it.key(), it.port(), origin, at + timeouts.mac().toMillis(), false);
      case Effect.LearnNeighbour it ->
          put(it.key(), it.mac(), origin, at + timeouts.neighbourExpiry().toMillis(), false);
      // A machine that announced itself keeps its address until another one does, or its port goes.
      case Effect.LearnAnnounced it -> put(it.key(), it.mac(), origin, Entry.NEVER, true);
      case Effect.Track it -> put(it.key(), true, origin, at + flowState.toMillis(), false);
      case Effect.AskMetadata it -> put(it.key(), it.client(), origin, Entry.NEVER, false);
      case Effect.Serve it -> {
        turns.serve(it);
        yield false;
      }
      case Effect.Bind it -> {
        boolean sticky = it.key().kind() == NatKey.Kind.STICKY;
        yield bind(it, origin, at + (sticky ? Lifetimes.STICKY : flowState).toMillis());
      }
    };
  }

  private boolean put(StateKey key, Object value, Origin origin, long expiry, boolean announced) {
    Entry before = entries.get(key);
    if (before != null && before.value.equals(value)) {
      before.prolong(expiry);
      return false;
    }
    if (before != null) {
      accounts.remove(key, before.origin.payer());
    } else if (!accounts.hasRoom(key, origin.payer())) {
      accounts.refuse(key);
      return false;
    }
    accounts.add(key, origin.payer(), announced);
    insert(new Entry(key, value, origin, expiry));
    return true;
  }

  private void insert(Entry entry) {
    entry.told = now;
    entries.put(entry.key, entry);
    await(entry);
    if (entry.key instanceof NeighbourKey && entry.expiry != Entry.NEVER) {
      stale.add(Slots.slot(lifetimes.staleAt(entry.expiry)), entry);
    }
  }

  private void await(Entry entry) {
    if (entry.expiry != Entry.NEVER) {
      entry.slot = Slots.slot(entry.expiry);
      expiring.add(entry.slot, entry);
    }
  }

  private boolean bind(Effect.Bind effect, Origin origin, long expiry) {
    NatKey key = effect.key();
    NatKey back = key.reverse(effect.binding());
    Entry before = entries.get(key);
    if (before != null && before.value.equals(new Entry.WayBack(back, effect.binding()))) {
      before.prolong(expiry);
      touchBack(back, before.expiry);
      return false;
    }
    if (before == null && !accounts.hasRoom(key, origin.payer())) {
      accounts.refuse(key);
      return false;
    }
    forget(key);
    reservations.bound(key, back);
    accounts.add(key, origin.payer(), false);
    insert(new Entry(key, new Entry.WayBack(back, effect.binding()), origin, expiry));
    insert(new Entry(back, new Entry.WayBack(key, key.original()), origin, expiry));
    return true;
  }

  private void touchBack(NatKey back, long expiry) {
    Entry entry = entries.get(back);
    if (entry != null) {
      entry.prolong(expiry);
    }
  }

  /** Notes that packets flow that were decided by a key. */
  public synchronized void touch(StateKey key, Phase phase, long at) {
    advance(at);
    Entry entry = entries.get(key);
    if (entry == null) {
      return;
    }
    long expiry = at + lifetimes.of(key, phase).toMillis();
    boolean ending = phase == Phase.HALF_CLOSED || phase == Phase.CLOSED;
    long then = ending && key.isOfAConnection() ? expiry : Math.max(entry.expiry, expiry);
    over.note(entry, phase == Phase.CLOSED && key.isOfAConnection());
    entry.expiry = then;
    if (Slots.slot(then) < entry.slot && then != Entry.NEVER) {
      await(entry);
    }
    if (entry.value instanceof Entry.WayBack(NatKey back, NatBinding binding)) {
      Entry other = entries.get(back);
      if (other != null) {
        other.expiry = then;
      }
    }
  }

  /** The key by which the other way of a translation is known; null of anything else. */
  public @Nullable StateKey otherWay(StateKey key) {
    Entry entry = entries.get(key);
    return entry != null && entry.value instanceof Entry.WayBack way ? way.key() : null;
  }

  /** Forgets one piece of state, whatever its expiry. */
  public synchronized void forget(StateKey key) {
    Entry entry = entries.remove(key);
    if (entry == null) {
      return;
    }
    over.note(entry, false);
    if (entry.value instanceof Entry.WayBack(NatKey back, NatBinding binding)) {
      Entry other = entries.remove(back);
      if (other != null) {
        over.note(other, false);
      }
      accounts.remove(key, entry.origin.payer());
      reservations.free(back, (NatKey) key);
    } else {
      accounts.remove(key, entry.origin.payer());
    }
  }

  /**
   * Forgets what the machine at a port told of itself, as it is there no more.
   *
   * @return what is forgotten
   */
  public synchronized List<StateKey> forgetAnnounced(UUID port) {
    List<StateKey> gone = new ArrayList<>(accounts.announcedBy(port));
    StateKey metadata = new MetadataKey(port);
    if (entries.containsKey(metadata)) {
      gone.add(metadata);
    }
    gone.forEach(this::forget);
    return gone;
  }

  /**
   * Forgets what was not used for too long.
   *
   * @return what is forgotten; flows that were decided by it are to go
   */
  public synchronized List<StateKey> expire(long at) {
    List<StateKey> gone = expireSome(at, Integer.MAX_VALUE);
    reservations.expire(at);
    return gone;
  }

  /**
   * The same in parts, for a thread that has other things to do; {@link #expireReservations} is to
   * follow. What is used between two parts stays.
   *
   * @param most how many pieces of state, of translations those of one way
   * @return what is forgotten with the other ways of translations, empty when nothing is left
   */
  public synchronized List<StateKey> expireSome(long at, int most) {
    advance(at);
    expiring.take(
        at,
        (slot, entry) -> {
          if (entry.slot == slot) {
            due.add(entry);
          }
        });
    List<StateKey> keys = new ArrayList<>();
    while (!due.isEmpty() && keys.size() < most) {
      Entry entry = due.remove();
      if (entries.get(entry.key) == entry) {
        if (entry.expiry <= at) {
          keys.add(entry.key);
        } else {
          await(entry);
        }
      }
    }
    return forgetAll(keys);
  }

  /** Frees ports that were given out for packets that did not go on. */
  public void expireReservations(long at) {
    reservations.expire(at);
  }

  /** The neighbours that ought to be asked again whether they are there. */
  public synchronized List<NeighbourKey> staleNeighbours(long at) {
    List<NeighbourKey> asked = new ArrayList<>();
    stale.take(
        at,
        (slot, entry) -> {
          if (entries.get(entry.key) != entry || !(entry.key instanceof NeighbourKey neighbour)) {
            return;
          }
          long due = lifetimes.staleAt(entry.expiry);
          if (due <= at) {
            asked.add(neighbour);
            due = at + ASK_AGAIN;
          }
          stale.add(Slots.slot(due), entry);
        });
    return asked;
  }

  /** What flow state there is, for the agent after this one. */
  public List<FlowState> flowState() {
    List<FlowState> all = new ArrayList<>();
    entries.forEach((key, entry) -> {
      Effect effect = effect(entry);
      if (effect != null && effect.changed().equals(key)) {
        all.add(new FlowState(List.of(effect), entry.origin.ports()));
      }
    });
    return all;
  }

  /** What flow state there is of connections by some ports, for a peer that takes one over. */
  public List<FlowState> flowStateOf(Set<UUID> ports) {
    return flowState().stream()
        .filter(known -> known.ports().stream().anyMatch(ports::contains))
        .toList();
  }

  /**
   * The flow state of a key, if peers were not told of it for a while; from now on they were. The
   * first time that is soon after they were told first, which may have been lost.
   *
   * @return null if there is nothing to tell
   */
  public synchronized @Nullable FlowState retell(StateKey key, long at, Duration interval) {
    Entry entry = entries.get(key);
    Effect effect = entry == null ? null : effect(entry);
    Entry first = effect == null ? null : entries.get(effect.changed());
    if (effect == null || first == null) {
      return null;
    }
    long pause = first.retold ? interval.toMillis() : TELL_AGAIN;
    if (at - first.told < pause) {
      return null;
    }
    first.told = at;
    first.retold = true;
    return new FlowState(List.of(effect), first.origin.ports());
  }

  /** The effect that made an entry, null if it is no flow state. */
  private @Nullable Effect effect(Entry entry) {
    if (entry.key instanceof ConnectionKey connection) {
      return new Effect.Track(connection);
    }
    if (!(entry.key instanceof NatKey nat) || !(entry.value instanceof Entry.WayBack way)) {
      return null;
    }
    if (nat.kind().isThere()) {
      return new Effect.Bind(nat, way.binding());
    }
    NatBinding binding = binding(way.key());
    return binding == null ? null : new Effect.Bind(way.key(), binding);
  }

  /** How much of what there is. Immutable, safe to share. */
  public record Counts(int connections, int translations, int macs, int neighbours) {}

  /** Counts what there is. Looks at everything, so it is for people, not for packets. */
  public Counts counts() {
    int[] counts = new int[4];
    entries.forEach((key, _) -> {
      if (key instanceof ConnectionKey) {
        counts[0]++;
      } else if (key instanceof NatKey nat && nat.kind().isThere()) {
        counts[1]++;
      } else if (key instanceof MacKey) {
        counts[2]++;
      } else if (key instanceof NeighbourKey) {
        counts[3]++;
      }
    });
    return new Counts(counts[0], counts[1], counts[2], counts[3]);
  }

  /** The number of pieces of state. */
  public int size() {
    return entries.size();
  }

  /** The number of ways back of source translation that are taken. */
  public int portsInUse() {
    return reservations.inUse();
  }

  private void advance(long at) {
    now = Math.max(now, at);
  }
}
