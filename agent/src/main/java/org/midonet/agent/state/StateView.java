package org.midonet.agent.state;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Mac;
import org.midonet.topology.NatTarget;

/** What the simulation may ask of an agent's state. Who implements it says who may share it. */
public interface StateView {
  /** No state at all, and nothing to give out. */
  StateView NONE = new NoState();

  /** Whether packets of this key are a connection's way back. */
  boolean isReturn(ConnectionKey key);

  /** What packets of this key are translated to, null when that is not decided. */
  @Nullable NatBinding binding(NatKey key);

  /**
   * An address and port for a source translation that has none yet, such that the way back is
   * unambiguous. It is the same for the same key until it is bound, or for a while.
   *
   * @return null when all are taken
   */
  @Nullable NatBinding allocate(NatKey key, List<NatTarget> targets);

  /** The port behind which a MAC was seen here, null when it was not. */
  @Nullable UUID learnedPort(MacKey key);

  /** The MAC that a neighbour told a router, or a machine its bridge; null when it did not. */
  @Nullable Mac neighbour(NeighbourKey key);

  /** How many turns members of a pool had here. */
  long turn(UUID pool);

  /** How the machine at a port asked for metadata, null when it did not. */
  @Nullable MetadataClient metadataClient(MetadataKey key);
}
