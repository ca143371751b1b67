package org.midonet.agent.state;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Mac;
import org.midonet.topology.NatTarget;

/**
 * State without any connection or translation, but for who is kept on what member, where some turn
 * of a pool is next. Safe to share where its base is.
 */
public record NextTurn(StateView base, UUID pool, long turn) implements StateView {
  @Override
  public boolean isReturn(ConnectionKey key) {
    return false;
  }

  @Override
  public @Nullable NatBinding binding(NatKey key) {
    return key.kind() == NatKey.Kind.STICKY ? base.binding(key) : null;
  }

  @Override
  public @Nullable NatBinding allocate(NatKey key, List<NatTarget> targets) {
    return null;
  }

  @Override
  public @Nullable UUID learnedPort(MacKey key) {
    return base.learnedPort(key);
  }

  @Override
  public @Nullable Mac neighbour(NeighbourKey key) {
    return base.neighbour(key);
  }

  @Override
  public long turn(UUID of) {
    return of.equals(pool) ? turn : base.turn(of);
  }

  @Override
  public @Nullable MetadataClient metadataClient(MetadataKey key) {
    return base.metadataClient(key);
  }
}
