package org.midonet.agent.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Mac;
import org.midonet.topology.NatTarget;

/**
 * State as it will be once some effects are applied. Not safe to share. So the answer to a packet
 * can be decided before the packet itself is on its way.
 */
public final class PendingState implements StateView {
  private final StateView base;
  private final Map<StateKey, Object> pending = new HashMap<>();

  public PendingState(StateView base, Collection<Effect> effects) {
    this.base = base;
    effects.forEach(this::add);
  }

  private void add(Effect effect) {
    switch (effect) {
      case Effect.LearnMac it -> pending.put(it.key(), it.port());
      case Effect.LearnNeighbour it -> pending.put(it.key(), it.mac());
      case Effect.LearnAnnounced it -> pending.put(it.key(), it.mac());
      case Effect.Track it -> pending.put(it.key(), true);
      case Effect.Bind it -> {
        pending.put(it.key(), it.binding());
        pending.put(it.key().reverse(it.binding()), it.key().original());
      }
      case Effect.AskMetadata it -> pending.put(it.key(), it.client());
      case Effect.Serve it -> {} // an answer is balanced as its connection is
    }
  }

  @Override
  public boolean isReturn(ConnectionKey key) {
    return pending.containsKey(key) || base.isReturn(key);
  }

  @Override
  public @Nullable NatBinding binding(NatKey key) {
    return pending.get(key) instanceof NatBinding binding ? binding : base.binding(key);
  }

  @Override
  public @Nullable NatBinding allocate(NatKey key, List<NatTarget> targets) {
    return base.allocate(key, targets);
  }

  @Override
  public @Nullable UUID learnedPort(MacKey key) {
    return pending.get(key) instanceof UUID port ? port : base.learnedPort(key);
  }

  @Override
  public @Nullable Mac neighbour(NeighbourKey key) {
    return pending.get(key) instanceof Mac mac ? mac : base.neighbour(key);
  }

  @Override
  public long turn(UUID pool) {
    return base.turn(pool);
  }

  @Override
  public @Nullable MetadataClient metadataClient(MetadataKey key) {
    return pending.get(key) instanceof MetadataClient client ? client : base.metadataClient(key);
  }
}
