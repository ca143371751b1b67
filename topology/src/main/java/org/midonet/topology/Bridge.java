package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A virtual switch; MidoNet stores it under the name Network. Immutable, safe to share.
 *
 * @param inboundFilterId chain for frames that enter from a port
 * @param outboundFilterId chain for frames that leave to a port
 */
@RecordBuilder
public record Bridge(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    boolean adminStateUp,
    @Nullable UUID inboundFilterId,
    @Nullable UUID outboundFilterId,
    List<UUID> inboundMirrorIds,
    List<UUID> outboundMirrorIds,
    @Nullable UUID qosPolicyId)
    implements TopologyObject, BridgeBuilder.With {
  public Bridge {
    inboundMirrorIds = Values.list(inboundMirrorIds);
    outboundMirrorIds = Values.list(outboundMirrorIds);
  }

  @Override
  public ObjectType<Bridge> type() {
    return ObjectType.BRIDGE;
  }
}
