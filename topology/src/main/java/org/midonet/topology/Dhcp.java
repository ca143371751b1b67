package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;

/**
 * What a DHCP server answers for an IPv4 subnet of a bridge. Immutable, safe to share.
 *
 * @param interfaceMtu bytes, 0 for the default
 * @param opt121Routes classless static routes, RFC 3442
 * @param routerIfPortId the router port that has the default gateway's address
 */
@RecordBuilder
public record Dhcp(
    UUID id,
    @Nullable UUID bridgeId,
    Cidr subnet,
    @Nullable IpAddress defaultGateway,
    @Nullable IpAddress serverAddress,
    List<IpAddress> dnsServers,
    int interfaceMtu,
    List<DhcpRoute> opt121Routes,
    boolean enabled,
    @Nullable UUID routerIfPortId)
    implements TopologyObject, DhcpBuilder.With {
  public Dhcp {
    dnsServers = Values.list(dnsServers);
    opt121Routes = Values.list(opt121Routes);
  }

  @Override
  public ObjectType<Dhcp> type() {
    return ObjectType.DHCP;
  }
}
