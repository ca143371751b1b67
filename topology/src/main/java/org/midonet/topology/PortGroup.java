package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A set of ports, which list it; stateful groups share connection state. Immutable, safe to share.
 */
@RecordBuilder
public record PortGroup(UUID id, @Nullable String tenantId, @Nullable String name, boolean stateful)
    implements TopologyObject, PortGroupBuilder.With {
  @Override
  public ObjectType<PortGroup> type() {
    return ObjectType.PORT_GROUP;
  }
}
