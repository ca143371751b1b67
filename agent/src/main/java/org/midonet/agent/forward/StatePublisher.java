package org.midonet.agent.forward;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.MacKey;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.agent.state.StateKey;
import org.midonet.agent.state.StateTimeouts;
import org.midonet.nsdb.ArpEntry;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other hosts, by the topology store, of MACs and neighbours that were learned here, and
 * takes it back. Safe to share; nobody waits for the store.
 */
final class StatePublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatePublisher.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Nsdb nsdb;
  private final StateTimeouts timeouts;
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(1),
          Thread.ofPlatform().name("agent-state").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  /**
   * What is to be told or taken back, the last word for each key: what comes and goes faster than
   * the store can follow is never told. It guards itself.
   */
  private final Map<StateKey, Optional<Told<?, ?>>> wanted = new LinkedHashMap<>();

  /** What was told, so that it can be taken back. The writer's alone. */
  private final Map<StateKey, Told<?, ?>> told = new HashMap<>();

  private boolean failing;

  private record Told<K, V>(StateTable<K, V> table, K key, V value) {
    void learn(Nsdb nsdb) {
      nsdb.learn(table, key, value);
    }

    void forget(Nsdb nsdb) {
      nsdb.forget(table, key, value);
    }
  }

  StatePublisher(Nsdb nsdb, StateTimeouts timeouts) {
    this.nsdb = nsdb;
    this.timeouts = timeouts;
  }

  /** Tells of what is known now, if it is for others. */
  void learned(Effect effect) {
    Told<?, ?> now = told(effect);
    if (now != null) {
      want(effect.changed(), Optional.of(now));
    }
  }

  /** Takes back what is not known any more. */
  void forgotten(StateKey key) {
    if (key instanceof MacKey || key instanceof NeighbourKey) {
      want(key, Optional.empty());
    }
  }

  private void want(StateKey key, Optional<Told<?, ?>> now) {
    synchronized (wanted) {
      wanted.put(key, now);
    }
    writer.execute(this::write); // one that waits already does for this as well
  }

  private void replace(StateKey key, @Nullable Told<?, ?> now) {
    Told<?, ?> before = now == null ? told.remove(key) : told.put(key, now);
    if (now != null) {
      now.learn(nsdb);
    }
    if (before != null && !before.equals(now)) {
      before.forget(nsdb);
    }
  }

  private @Nullable Told<?, ?> told(Effect effect) {
    return switch (effect) {
      case Effect.LearnMac(MacKey key, UUID port) ->
          new Told<>(StateTable.macs(key.bridge(), key.vlan()), key.mac(), port);
      case Effect.LearnNeighbour(NeighbourKey key, Mac mac)
          when key.address() instanceof Ipv4Address address ->
          new Told<>(StateTable.neighbours(key.device()), address, entry(mac));
      case Effect.LearnAnnounced(NeighbourKey key, Mac mac)
          when key.address() instanceof Ipv4Address address ->
          new Told<>(StateTable.arps(key.device()), address, mac);
      case Effect.LearnNeighbour it -> null;
      case Effect.LearnAnnounced it -> null;
      case Effect.Track it -> null;
      case Effect.Bind it -> null;
      case Effect.AskMetadata it -> null;
      case Effect.Serve it -> null;
    };
  }

  private ArpEntry entry(Mac mac) {
    long now = System.currentTimeMillis();
    return new ArpEntry(
        mac,
        now + timeouts.neighbourExpiry().toMillis(),
        now + timeouts.neighbourStale().toMillis(),
        now);
  }

  private void write() {
    for (Map.Entry<StateKey, Optional<Told<?, ?>>> next = next(); next != null; next = next()) {
      try {
        replace(next.getKey(), next.getValue().orElse(null));
        failing = false;
      } catch (NsdbException e) {
        if (!failing) {
          failing = true;
          LOG.warn("Other hosts do not hear what was learned: {}", e.getMessage());
        }
      }
    }
  }

  private Map.@Nullable Entry<StateKey, Optional<Told<?, ?>>> next() {
    synchronized (wanted) {
      Iterator<Map.Entry<StateKey, Optional<Told<?, ?>>>> all = wanted.entrySet().iterator();
      if (!all.hasNext()) {
        return null;
      }
      Map.Entry<StateKey, Optional<Told<?, ?>>> first = Map.Entry.copyOf(all.next());
      all.remove();
      return first;
    }
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
