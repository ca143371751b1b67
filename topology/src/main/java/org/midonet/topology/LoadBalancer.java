package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A load balancer on a router. Immutable, safe to share. */
@RecordBuilder
public record LoadBalancer(UUID id, @Nullable UUID routerId, boolean adminStateUp)
    implements TopologyObject, LoadBalancerBuilder.With {
  @Override
  public ObjectType<LoadBalancer> type() {
    return ObjectType.LOAD_BALANCER;
  }
}
