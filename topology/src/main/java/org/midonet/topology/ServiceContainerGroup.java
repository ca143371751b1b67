package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Service containers that are scheduled alike. Immutable, safe to share. */
@RecordBuilder
public record ServiceContainerGroup(
    UUID id, ContainerPolicy policy, @Nullable UUID hostGroupId, @Nullable UUID portGroupId)
    implements TopologyObject, ServiceContainerGroupBuilder.With {
  @Override
  public ObjectType<ServiceContainerGroup> type() {
    return ObjectType.SERVICE_CONTAINER_GROUP;
  }
}
