package org.midonet.cluster.neutron;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/** A subnet as Neutron tells of it. Immutable, safe to share. */
public record NeutronSubnet(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    UUID networkId,
    @Nullable Integer ipVersion,
    Cidr cidr,
    @Nullable IpAddress gatewayIp,
    List<AllocationPool> allocationPools,
    List<IpAddress> dnsNameservers,
    List<NeutronRoute> hostRoutes,
    boolean enableDhcp,
    boolean shared)
    implements NeutronModel {
  public NeutronSubnet {
    allocationPools = List.copyOf(allocationPools);
    dnsNameservers = List.copyOf(dnsNameservers);
    hostRoutes = List.copyOf(hostRoutes);
  }

  /** Addresses that Neutron hands out, bounds included. Immutable, safe to share. */
  public record AllocationPool(IpAddress start, IpAddress end) {}

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_SUBNET;
  }
}
