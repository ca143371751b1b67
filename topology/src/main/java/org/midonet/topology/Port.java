package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * A port of a bridge or of a router. Immutable, safe to share.
 *
 * <p>It is <em>exterior</em> when it is bound to an interface of a host, <em>interior</em> when it
 * has a peer, and unplugged when it has neither (spec/midonet.md 5.1).
 *
 * @param bridgeId the bridge it belongs to, or null
 * @param routerId the router it belongs to, or null
 * @param peerId the port at the other end of the virtual wire
 * @param tunnelKey names the port on the overlay; 0 where none is needed
 * @param previousHostId where the port was before it moved
 * @param vlanId bridge ports: the VLAN that this port carries untagged
 * @param vtepId ports of hardware VTEPs
 * @param portSubnets router ports: addresses with their prefixes, host bits kept
 * @param portAddress router ports
 * @param portMac router ports
 * @param vni router ports that are VTEPs
 * @param tunnelIp router ports that are VTEPs
 */
@RecordBuilder
public record Port(
    UUID id,
    @Nullable UUID bridgeId,
    @Nullable UUID routerId,
    boolean adminStateUp,
    @Nullable UUID peerId,
    @Nullable UUID inboundFilterId,
    @Nullable UUID outboundFilterId,
    long tunnelKey,
    @Nullable UUID vifId,
    @Nullable UUID hostId,
    @Nullable UUID previousHostId,
    @Nullable String interfaceName,
    List<UUID> portGroupIds,
    @Nullable Integer vlanId,
    @Nullable UUID vtepId,
    List<IpPrefix> portSubnets,
    @Nullable IpAddress portAddress,
    @Nullable Mac portMac,
    @Nullable Integer vni,
    @Nullable Ipv4Address tunnelIp,
    boolean offRampVxlan,
    List<UUID> inboundMirrorIds,
    List<UUID> outboundMirrorIds,
    List<UUID> postInFilterMirrorIds,
    List<UUID> preOutFilterMirrorIds,
    @Nullable UUID serviceContainerId,
    @Nullable UUID qosPolicyId)
    implements TopologyObject, PortBuilder.With {
  public Port {
    portGroupIds = Values.list(portGroupIds);
    portSubnets = Values.list(portSubnets);
    inboundMirrorIds = Values.list(inboundMirrorIds);
    outboundMirrorIds = Values.list(outboundMirrorIds);
    postInFilterMirrorIds = Values.list(postInFilterMirrorIds);
    preOutFilterMirrorIds = Values.list(preOutFilterMirrorIds);
  }

  @Override
  public ObjectType<Port> type() {
    return ObjectType.PORT;
  }

  /** Whether an interface of a host is bound to it. */
  public boolean isExterior() {
    return hostId != null && interfaceName != null;
  }

  /** Whether it is wired to another virtual port. */
  public boolean isInterior() {
    return peerId != null;
  }
}
