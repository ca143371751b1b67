package org.midonet.nsdb;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TopologyObject;

/** One difference between two snapshots of the topology. Immutable, safe to share. */
public sealed interface Change {

  /**
   * An object came, changed or went.
   *
   * @param before null when it came
   * @param after null when it went
   * @param home where in the store it lies, or lay before it went
   */
  record OfObject(
      ObjectType<?> type,
      UUID id,
      @Nullable TopologyObject before,
      @Nullable TopologyObject after,
      UUID home)
      implements Change {}

  /** An entry of a state table came or went. */
  record OfEntry(StateTable<?, ?> table, TableEntry<?, ?> entry, boolean added) implements Change {}

  /** Numbers of a sequence were used up. */
  record OfSequence(Sequence sequence, long before, long after) implements Change {}

  /**
   * What a host publishes came, changed or went.
   *
   * @param owner the host, or the cluster node, that publishes it
   */
  record OfState(StateKey key, UUID owner, @Nullable String before, @Nullable String after)
      implements Change {}
}
