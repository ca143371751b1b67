package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Mac;

/** A service that the traffic of a port is led through. Immutable, safe to share. */
@RecordBuilder
public record L2Insertion(
    UUID id,
    @Nullable UUID portId,
    @Nullable UUID srvPortId,
    @Nullable Integer vlan,
    int position,
    boolean failOpen,
    Mac mac)
    implements TopologyObject, L2InsertionBuilder.With {
  @Override
  public ObjectType<L2Insertion> type() {
    return ObjectType.L2_INSERTION;
  }
}
