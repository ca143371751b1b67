package org.midonet.cluster.neutron;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A member of a pool of LBaaS v1 as Neutron tells of it. Immutable, safe to share.
 *
 * @param weight 0 for none of the load
 */
public record NeutronPoolMember(
    UUID id,
    @Nullable String tenantId,
    @Nullable UUID poolId,
    IpAddress address,
    int protocolPort,
    int weight,
    boolean adminStateUp,
    @Nullable String status,
    @Nullable String statusDescription)
    implements NeutronModel {
  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_POOL_MEMBER;
  }
}
