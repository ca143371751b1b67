package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A quality of service policy for ports and networks. Immutable, safe to share. */
@RecordBuilder
public record QosPolicy(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    @Nullable String description,
    boolean shared)
    implements TopologyObject, QosPolicyBuilder.With {
  @Override
  public ObjectType<QosPolicy> type() {
    return ObjectType.QOS_POLICY;
  }
}
