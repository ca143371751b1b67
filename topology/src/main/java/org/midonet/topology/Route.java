package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;

/**
 * A route of a router. Immutable, safe to share.
 *
 * @param src host bits kept as given
 * @param dst host bits kept as given
 * @param nextHopPortId for {@link NextHop#NORMAL} and {@link NextHop#LOCAL}
 * @param nextHopGateway null when the destination is on the link
 * @param weight the lowest wins among equal prefixes
 * @param gatewayDhcpId the subnet whose gateway this default route follows
 */
@RecordBuilder
public record Route(
    UUID id,
    @Nullable UUID routerId,
    IpPrefix src,
    IpPrefix dst,
    NextHop nextHop,
    @Nullable UUID nextHopPortId,
    @Nullable IpAddress nextHopGateway,
    int weight,
    @Nullable String attributes,
    @Nullable UUID gatewayDhcpId,
    @Nullable UUID ipsecSiteConnectionId)
    implements TopologyObject, RouteBuilder.With {
  @Override
  public ObjectType<Route> type() {
    return ObjectType.ROUTE;
  }
}
