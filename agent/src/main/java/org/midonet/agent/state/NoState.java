package org.midonet.agent.state;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Mac;
import org.midonet.topology.NatTarget;

/** The state of an agent that saw nothing. Stateless. */
final class NoState implements StateView {
  @Override
  public boolean isReturn(ConnectionKey key) {
    return false;
  }

  @Override
  public @Nullable NatBinding binding(NatKey key) {
    return null;
  }

  @Override
  public @Nullable NatBinding allocate(NatKey key, List<NatTarget> targets) {
    return null;
  }

  @Override
  public @Nullable UUID learnedPort(MacKey key) {
    return null;
  }

  @Override
  public @Nullable Mac neighbour(NeighbourKey key) {
    return null;
  }

  @Override
  public long turn(UUID pool) {
    return 0;
  }

  @Override
  public @Nullable MetadataClient metadataClient(MetadataKey key) {
    return null;
  }
}
