package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;

/**
 * An address in an {@link IpAddrGroup}, on behalf of a port. Immutable, safe to share.
 *
 * <p>MidoNet keeps a list of addresses, each with its ports, inside the group; here each pair is an
 * object that goes with its port, so that a group of ten thousand members is not rewritten for each
 * of them. {@link Ids#ipAddrGroupMember} gives its id.
 *
 * @param portId null for an address that was added by itself
 */
@RecordBuilder
public record IpAddrGroupMember(
    UUID id, @Nullable UUID groupId, IpAddress address, @Nullable UUID portId)
    implements TopologyObject, IpAddrGroupMemberBuilder.With {
  @Override
  public ObjectType<IpAddrGroupMember> type() {
    return ObjectType.IP_ADDR_GROUP_MEMBER;
  }
}
