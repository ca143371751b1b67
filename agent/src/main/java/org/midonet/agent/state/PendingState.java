package org.midonet.agent.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Mac;
import org.midonet.topology.NatTarget;

/**
 * State as it will be once some effects are applied. Immutable; safe to share where the state is.
 * So the answer to a packet can be decided before the packet itself is on its way.
 */
public final class PendingState implements StateView {
  private final StateView base;

  // Effects are few: to look through them is faster than to find them by hash.
  private final List<StateKey> keys = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  public PendingState(StateView base, Collection<Effect> effects) {
    this.base = base;
    effects.forEach(this::add);
  }

  private void add(Effect effect) {
    switch (effect) {
      case Effect.LearnMac it -> put(it.key(), it.port());
      case Effect.LearnNeighbour it -> put(it.key(), it.mac());
      case Effect.LearnAnnounced it -> put(it.key(), it.mac());
      case Effect.Track it -> put(it.key(), true);
      case Effect.Bind it -> {
        put(it.key(), it.binding());
        put(it.key().reverse(it.binding()), it.key().original());
      }
      case Effect.AskMetadata it -> put(it.key(), it.client());
      case Effect.Serve it -> {} // an answer is balanced as its connection is
    }
  }

  private void put(StateKey key, Object value) {
    keys.add(key);
    values.add(value);
  }

  /** What was said of a key last. */
  private @Nullable Object pending(StateKey key) {
    int at = keys.lastIndexOf(key);
    return at < 0 ? null : values.get(at);
  }

  @Override
  public boolean isReturn(ConnectionKey key) {
    return pending(key) != null || base.isReturn(key);
  }

  @Override
  public @Nullable NatBinding binding(NatKey key) {
    return pending(key) instanceof NatBinding binding ? binding : base.binding(key);
  }

  @Override
  public @Nullable NatBinding allocate(NatKey key, List<NatTarget> targets) {
    return base.allocate(key, targets);
  }

  @Override
  public @Nullable UUID learnedPort(MacKey key) {
    return pending(key) instanceof UUID port ? port : base.learnedPort(key);
  }

  @Override
  public @Nullable Mac neighbour(NeighbourKey key) {
    return pending(key) instanceof Mac mac ? mac : base.neighbour(key);
  }

  @Override
  public long turn(UUID pool) {
    return base.turn(pool);
  }

  @Override
  public @Nullable MetadataClient metadataClient(MetadataKey key) {
    return pending(key) instanceof MetadataClient client ? client : base.metadataClient(key);
  }
}
