package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Members that share the load of VIPs. Immutable, safe to share.
 *
 * @param protocol TCP
 * @param lbMethod ROUND_ROBIN
 */
@RecordBuilder
public record Pool(
    UUID id,
    @Nullable UUID loadBalancerId,
    boolean adminStateUp,
    @Nullable UUID healthMonitorId,
    @Nullable String protocol,
    @Nullable String lbMethod,
    @Nullable LbStatus status,
    @Nullable SessionPersistence sessionPersistence)
    implements TopologyObject, PoolBuilder.With {
  @Override
  public ObjectType<Pool> type() {
    return ObjectType.POOL;
  }
}
