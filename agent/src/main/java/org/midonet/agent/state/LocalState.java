package org.midonet.agent.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 */
public final class LocalState implements StateView {
  private static final int BLOCK_SWEEPS = 30;

  private final StateTimeouts timeouts;
  private final ConcurrentMap<StateKey, Entry> entries = new ConcurrentHashMap<>();
  private final Object portsLock = new Object();
  // Guarded by portsLock.
  private final NatPorts ports;
  private final ConcurrentMap<NatKey, Reservation> reservations = new ConcurrentHashMap<>();
  private volatile long now;
  private int sweeps;

  /** What is known by a key, or by the two keys of a translation. */
  private static final class Entry {
    final Object value;
    volatile long expiry;

    Entry(Object value, long expiry) {
      this.value = value;
      this.expiry = expiry;
    }
  }

  private record Reservation(NatBinding binding, long expiry) {}

  /** The key by which a translation's way back is known, and what it is translated to. */
  private record WayBack(NatKey key, NatBinding binding) {}

  public LocalState(StateTimeouts timeouts, NatBlocks blocks) {
    this.timeouts = timeouts;
    this.ports = new NatPorts(blocks);
  }

  @Override
  public boolean isReturn(ConnectionKey key) {
    return entries.containsKey(key);
  }

  @Override
  public @Nullable NatBinding binding(NatKey key) {
    Entry entry = entries.get(key);
    return entry != null && entry.value instanceof WayBack way ? way.binding : null;
  }

  @Override
  public @Nullable NatBinding allocate(NatKey key, List<NatTarget> targets) {
    Reservation reservation = reservations.get(key);
    if (reservation != null) {
      return reservation.binding;
    }
    synchronized (portsLock) {
      NatBinding binding = ports.take(key, targets);
      if (binding != null) {
        long expiry = now + timeouts.reserved().toMillis();
        reservations.put(key, new Reservation(binding, expiry));
      }
      return binding;
    }
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
  public @Nullable MetadataClient metadataClient(MetadataKey key) {
    Entry entry = entries.get(key);
    return entry == null ? null : (MetadataClient) entry.value;
  }

  /**
   * Makes an effect of the simulation true.
   *
   * @return whether anything is known now that was not, or otherwise: then flows that were decided
   *     by {@link Effect#changed} are to be decided anew
   */
  public boolean apply(Effect effect, long at) {
    return apply(effect, at, false);
  }

  /** Like {@link #apply}, for what a peer told of. */
  public boolean importState(Effect effect, long at) {
    return apply(effect, at, true);
  }

  private boolean apply(Effect effect, long at, boolean imported) {
    advance(at);
    Duration flowState = imported ? timeouts.imported() : timeouts.idle();
    return switch (effect) {
      case Effect.LearnMac it -> put(it.key(), it.port(), at + timeouts.mac().toMillis());
      case Effect.LearnNeighbour it ->
          put(it.key(), it.mac(), at + timeouts.neighbourExpiry().toMillis());
      // A machine that announced itself keeps its address until another one does, or its MAC goes.
      case Effect.LearnAnnounced it -> put(it.key(), it.mac(), Long.MAX_VALUE);
      case Effect.Track it -> put(it.key(), true, at + flowState.toMillis());
      case Effect.AskMetadata it -> put(it.key(), it.client(), Long.MAX_VALUE);
      case Effect.Bind it -> bind(it, at + flowState.toMillis());
    };
  }

  private boolean put(StateKey key, Object value, long expiry) {
    Entry before = entries.get(key);
    if (before != null && before.value.equals(value)) {
      before.expiry = Math.max(before.expiry, expiry);
      return false;
    }
    entries.put(key, new Entry(value, expiry));
    return true;
  }

  private boolean bind(Effect.Bind effect, long expiry) {
    NatKey key = effect.key();
    NatKey back = key.reverse(effect.binding());
    Entry before = entries.get(key);
    if (before != null && before.value.equals(new WayBack(back, effect.binding()))) {
      before.expiry = Math.max(before.expiry, expiry);
      touchBack(back, before.expiry);
      return false;
    }
    synchronized (portsLock) {
      ports.took(back);
    }
    reservations.remove(key);
    entries.put(key, new Entry(new WayBack(back, effect.binding()), expiry));
    entries.put(back, new Entry(new WayBack(key, key.original()), expiry));
    return true;
  }

  private void touchBack(NatKey back, long expiry) {
    Entry entry = entries.get(back);
    if (entry != null) {
      entry.expiry = Math.max(entry.expiry, expiry);
    }
  }

  /** Notes that packets flow that were decided by a key. */
  public void touch(StateKey key, Phase phase, long at) {
    advance(at);
    Entry entry = entries.get(key);
    if (entry == null) {
      return;
    }
    long expiry = at + lifetime(key, phase).toMillis();
    boolean shorter = phase == Phase.CLOSING;
    long then = shorter ? Math.min(entry.expiry, expiry) : Math.max(entry.expiry, expiry);
    entry.expiry = then;
    if (entry.value instanceof WayBack(NatKey back, NatBinding binding)) {
      Entry other = entries.get(back);
      if (other != null) {
        other.expiry = then;
      }
    }
  }

  private Duration lifetime(StateKey key, Phase phase) {
    return switch (key) {
      case MacKey mac -> timeouts.mac();
      // That packets reach a neighbour does not prove that it is still there.
      case NeighbourKey neighbour -> Duration.ZERO;
      case MetadataKey metadata -> Duration.ZERO;
      case ConnectionKey connection -> lifetime(phase);
      case NatKey nat -> lifetime(phase);
    };
  }

  private Duration lifetime(Phase phase) {
    return switch (phase) {
      case ACTIVE -> timeouts.idle();
      case ESTABLISHED -> timeouts.established();
      case CLOSING -> timeouts.closing();
    };
  }

  /** Forgets one piece of state, whatever its expiry. */
  public void forget(StateKey key) {
    Entry entry = entries.remove(key);
    if (entry != null && entry.value instanceof WayBack(NatKey back, NatBinding binding)) {
      entries.remove(back);
      synchronized (portsLock) {
        ports.free(back);
        ports.free((NatKey) key);
      }
    }
  }

  /**
   * Forgets what was not used for too long.
   *
   * @return what is forgotten; flows that were decided by it are to go
   */
  public List<StateKey> expire(long at) {
    advance(at);
    List<StateKey> gone = new ArrayList<>();
    entries.forEach((key, entry) -> {
      if (entry.expiry <= at) {
        gone.add(key);
      }
    });
    gone.forEach(this::forget);
    reservations.forEach((key, reservation) -> {
      if (reservation.expiry <= at && reservations.remove(key, reservation)) {
        synchronized (portsLock) {
          ports.free(key.reverse(reservation.binding));
        }
      }
    });
    synchronized (portsLock) {
      if (++sweeps % BLOCK_SWEEPS == 0) {
        ports.releaseIdleBlocks();
      }
    }
    return gone;
  }

  /** The neighbours that ought to be asked again whether they are there. */
  public List<NeighbourKey> staleNeighbours(long at) {
    long asked = timeouts.neighbourExpiry().minus(timeouts.neighbourStale()).toMillis();
    List<NeighbourKey> stale = new ArrayList<>();
    entries.forEach((key, entry) -> {
      if (key instanceof NeighbourKey neighbour && entry.expiry - asked <= at) {
        stale.add(neighbour);
      }
    });
    return stale;
  }

  /** What flow state there is, for peers that take over a port. */
  public List<Effect> flowState() {
    List<Effect> effects = new ArrayList<>();
    entries.forEach((key, entry) -> {
      if (key instanceof ConnectionKey connection) {
        effects.add(new Effect.Track(connection));
      } else if (key instanceof NatKey nat
          && entry.value instanceof WayBack way
          && (nat.kind() == NatKey.Kind.SNAT || nat.kind() == NatKey.Kind.DNAT)) {
        effects.add(new Effect.Bind(nat, way.binding));
      }
    });
    return effects;
  }

  /** How much of what there is. Immutable, safe to share. */
  public record Counts(int connections, int translations, int macs, int neighbours) {}

  /** Counts what there is. Looks at everything, so it is for people, not for packets. */
  public Counts counts() {
    int[] counts = new int[4];
    entries.forEach((key, _) -> {
      if (key instanceof ConnectionKey) {
        counts[0]++;
      } else if (key instanceof NatKey nat
          && (nat.kind() == NatKey.Kind.SNAT || nat.kind() == NatKey.Kind.DNAT)) {
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
    synchronized (portsLock) {
      return ports.inUse();
    }
  }

  private void advance(long at) {
    now = Math.max(now, at);
  }
}
