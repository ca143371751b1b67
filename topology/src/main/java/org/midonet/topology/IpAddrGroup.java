package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A named set of addresses that conditions match against, such as the members of a security group.
 * Immutable, safe to share. The addresses are {@link IpAddrGroupMember}s.
 */
@RecordBuilder
public record IpAddrGroup(
    UUID id, @Nullable String name, @Nullable UUID inboundChainId, @Nullable UUID outboundChainId)
    implements TopologyObject, IpAddrGroupBuilder.With {
  @Override
  public ObjectType<IpAddrGroup> type() {
    return ObjectType.IP_ADDR_GROUP;
  }
}
