package org.midonet.nsdb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** A store that lives and dies with the process, for tests. Safe to share. */
public final class MemoryNsdb implements Nsdb {
  private final Shared shared;

  // Guarded by shared.
  private final List<Learned<?, ?>> learned = new ArrayList<>();
  private final Set<Published> published = new HashSet<>();
  private final List<Candidate> candidates = new ArrayList<>();

  public MemoryNsdb() {
    this(new Shared());
  }

  private MemoryNsdb(Shared shared) {
    this.shared = shared;
  }

  /** Another store on the same data, as of another process. */
  public MemoryNsdb sibling() {
    return new MemoryNsdb(shared);
  }

  @Override
  public Topology topology() {
    return shared.broadcast.present();
  }

  @Override
  public Commit store(Function<Topology, Commit> plan) {
    synchronized (shared) {
      Commit commit = plan.apply(topology());
      shared.broadcast.publish(commit.after(), commit.changes());
      return commit;
    }
  }

  @Override
  public Subscription watch(Watcher watcher) {
    return shared.broadcast.subscribe(watcher);
  }

  @Override
  public <K, V> void learn(StateTable<K, V> table, K key, V value) {
    synchronized (shared) {
      TableEntry<K, V> entry = new TableEntry<>(key, value, shared.version++);
      learned.add(new Learned<>(table, entry));
      shared.broadcast.apply(List.of(new Change.OfEntry(table, entry, true)));
    }
  }

  @Override
  public <K, V> void forget(StateTable<K, V> table, K key, V value) {
    synchronized (shared) {
      List<Learned<?, ?>> gone =
          learned.stream()
              .filter(each ->
                  each.table.equals(table)
                      && each.entry.key().equals(key)
                      && each.entry.value().equals(value))
              .toList();
      learned.removeAll(gone);
      gone.forEach(each ->
          shared.broadcast.apply(List.of(new Change.OfEntry(each.table, each.entry, false))));
    }
  }

  @Override
  public void publish(Collection<StateKey> keys, UUID owner, String value) {
    synchronized (shared) {
      for (StateKey key : keys) {
        String before = topology().state(key).get(owner);
        published.add(new Published(key, owner));
        if (!value.equals(before)) {
          shared.broadcast.apply(List.of(new Change.OfState(key, owner, before, value)));
        }
      }
    }
  }

  @Override
  public void withdraw(Collection<StateKey> keys, UUID owner) {
    synchronized (shared) {
      for (StateKey key : keys) {
        if (published.remove(new Published(key, owner))) {
          String before = topology().state(key).get(owner);
          shared.broadcast.apply(List.of(new Change.OfState(key, owner, before, null)));
        }
      }
    }
  }

  @Override
  public Candidacy runFor(String role) {
    synchronized (shared) {
      Candidate candidate = new Candidate(role);
      candidates.add(candidate);
      shared.roles.computeIfAbsent(role, each -> new ArrayList<>()).add(candidate);
      return candidate;
    }
  }

  @Override
  public PortBlocks portBlocks(UUID hostId) {
    return new MemoryPortBlocks(shared.blocks, this);
  }

  @Override
  public void close() {
    synchronized (shared) {
      shared.blocks.releaseAll(this);
      List.copyOf(candidates).forEach(Candidate::close);
      List.copyOf(published).forEach(each -> withdraw(each.key, each.owner));
      List.copyOf(learned).forEach(this::forget);
    }
  }

  private <K, V> void forget(Learned<K, V> entry) {
    forget(entry.table, entry.entry.key(), entry.entry.value());
  }

  /** What siblings have in common; also their lock. */
  private static final class Shared {
    final Broadcast broadcast = new Broadcast(Topology.EMPTY);
    final Map<String, List<Candidate>> roles = new HashMap<>();
    final MemoryPortBlocks.Shared blocks = new MemoryPortBlocks.Shared();
    int version;
  }

  private record Learned<K, V>(StateTable<K, V> table, TableEntry<K, V> entry) {}

  private record Published(StateKey key, UUID owner) {}

  private final class Candidate implements Candidacy {
    private final String role;

    Candidate(String role) {
      this.role = role;
    }

    @Override
    public boolean isLeader() {
      synchronized (shared) {
        List<Candidate> queue = shared.roles.getOrDefault(role, List.of());
        return !queue.isEmpty() && queue.getFirst() == this;
      }
    }

    @Override
    public void close() {
      synchronized (shared) {
        candidates.remove(this);
        shared.roles.getOrDefault(role, new ArrayList<>()).remove(this);
      }
    }
  }
}
