package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Packets to be traced at a device. Immutable, safe to share.
 *
 * @param createdMs milliseconds since 1970
 * @param limit packets
 */
@RecordBuilder
public record TraceRequest(
    UUID id,
    @Nullable String name,
    @Nullable UUID bridgeId,
    @Nullable UUID routerId,
    @Nullable UUID portId,
    Condition condition,
    long createdMs,
    long limit,
    boolean enabled)
    implements TopologyObject, TraceRequestBuilder.With {
  @Override
  public ObjectType<TraceRequest> type() {
    return ObjectType.TRACE_REQUEST;
  }
}
