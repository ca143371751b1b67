package org.midonet.cluster.neutron;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A floating IP as Neutron tells of it. Immutable, safe to share.
 *
 * @param portId the port it leads to, null while it leads nowhere
 * @param fixedIpAddress the address of that port
 */
public record FloatingIp(
    UUID id,
    @Nullable String tenantId,
    @Nullable IpAddress floatingIpAddress,
    @Nullable UUID floatingNetworkId,
    @Nullable UUID routerId,
    @Nullable UUID portId,
    @Nullable IpAddress fixedIpAddress)
    implements NeutronModel {
  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.FLOATING_IP;
  }
}
