package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A port that gets a copy of packets that meet one of the conditions. Immutable, safe to share. */
@RecordBuilder
public record Mirror(UUID id, @Nullable UUID toPortId, List<Condition> conditions)
    implements TopologyObject, MirrorBuilder.With {
  public Mirror {
    conditions = Values.list(conditions);
  }

  @Override
  public ObjectType<Mirror> type() {
    return ObjectType.MIRROR;
  }
}
