package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hosts that service containers may run on. Immutable, safe to share. */
@RecordBuilder
public record HostGroup(UUID id, @Nullable String name, List<UUID> hostIds)
    implements TopologyObject, HostGroupBuilder.With {
  public HostGroup {
    hostIds = Values.list(hostIds);
  }

  @Override
  public ObjectType<HostGroup> type() {
    return ObjectType.HOST_GROUP;
  }
}
