package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;

/**
 * A BGP neighbour of a router. Immutable, safe to share.
 *
 * @param keepAlive seconds
 * @param holdTime seconds
 * @param connectRetry seconds
 */
@RecordBuilder
public record BgpPeer(
    UUID id,
    @Nullable UUID routerId,
    int asNumber,
    IpAddress address,
    @Nullable Integer keepAlive,
    @Nullable Integer holdTime,
    @Nullable Integer connectRetry,
    @Nullable String password)
    implements TopologyObject, BgpPeerBuilder.With {
  @Override
  public ObjectType<BgpPeer> type() {
    return ObjectType.BGP_PEER;
  }
}
