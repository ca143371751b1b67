package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A virtual router. Immutable, safe to share.
 *
 * @param inboundFilterId the pre-routing chain
 * @param outboundFilterId the post-routing chain
 * @param forwardChainId evaluated before the post-routing chain
 * @param localRedirectChainId evaluated before the pre-routing chain
 * @param asNumber the local AS of BGP, -1 without BGP
 */
@RecordBuilder
public record Router(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    boolean adminStateUp,
    @Nullable UUID inboundFilterId,
    @Nullable UUID outboundFilterId,
    @Nullable UUID forwardChainId,
    @Nullable UUID localRedirectChainId,
    @Nullable UUID loadBalancerId,
    int asNumber,
    List<UUID> inboundMirrorIds,
    List<UUID> outboundMirrorIds)
    implements TopologyObject, RouterBuilder.With {
  public Router {
    inboundMirrorIds = Values.list(inboundMirrorIds);
    outboundMirrorIds = Values.list(outboundMirrorIds);
  }

  @Override
  public ObjectType<Router> type() {
    return ObjectType.ROUTER;
  }
}
