package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;

/**
 * An address and port whose connections a pool serves. Immutable, safe to share.
 *
 * @param gatewayPortId the gateway port whose MAC answers for the address on an external network
 */
@RecordBuilder
public record Vip(
    UUID id,
    @Nullable UUID loadBalancerId,
    @Nullable UUID poolId,
    boolean adminStateUp,
    IpAddress address,
    int protocolPort,
    @Nullable SessionPersistence sessionPersistence,
    @Nullable UUID gatewayPortId)
    implements TopologyObject, VipBuilder.With {
  @Override
  public ObjectType<Vip> type() {
    return ObjectType.VIP;
  }
}
