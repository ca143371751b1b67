package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;

/**
 * An address that serves a pool. Immutable, safe to share.
 *
 * @param weight 0 for none of the load
 */
@RecordBuilder
public record PoolMember(
    UUID id,
    @Nullable UUID poolId,
    boolean adminStateUp,
    @Nullable LbStatus status,
    IpAddress address,
    int protocolPort,
    int weight)
    implements TopologyObject, PoolMemberBuilder.With {
  @Override
  public ObjectType<PoolMember> type() {
    return ObjectType.POOL_MEMBER;
  }
}
