package org.midonet.cluster.neutron;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;
import org.midonet.topology.DhcpOption;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A port as Neutron tells of it. Immutable, safe to share.
 *
 * @param deviceOwner null counts as {@link DeviceOwner#COMPUTE}; see {@link #owner}
 * @param hostId name of the host that it is bound to
 */
public record NeutronPort(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    UUID networkId,
    boolean adminStateUp,
    @Nullable Mac macAddress,
    List<FixedIp> fixedIps,
    @Nullable String deviceId,
    @Nullable DeviceOwner deviceOwner,
    @Nullable String status,
    List<UUID> securityGroups,
    @Nullable String hostId,
    @Nullable BindingProfile profile,
    boolean portSecurityEnabled,
    List<AddressPair> allowedAddressPairs,
    List<DhcpOption> extraDhcpOpts,
    @Nullable UUID qosPolicyId)
    implements NeutronModel {
  public NeutronPort {
    fixedIps = List.copyOf(fixedIps);
    securityGroups = List.copyOf(securityGroups);
    allowedAddressPairs = List.copyOf(allowedAddressPairs);
    extraDhcpOpts = List.copyOf(extraDhcpOpts);
  }

  /** Who uses a port, as far as it makes a difference to MidoNet. */
  public enum DeviceOwner {
    DHCP,
    FLOATINGIP,
    ROUTER_GW,
    ROUTER_INTF,
    /** Virtual machines, and whoever is not named here. */
    COMPUTE,
    LOADBALANCER,
    REMOTE_SITE,
    LOADBALANCERV2
  }

  /**
   * An address of a port. Immutable, safe to share.
   *
   * @param subnetId null only from clients that leave it out
   */
  public record FixedIp(IpAddress address, @Nullable UUID subnetId) {}

  /**
   * Addresses that the port may use besides its own. Immutable, safe to share.
   *
   * @param mac null for any
   */
  public record AddressPair(Cidr addresses, @Nullable Mac mac) {}

  /** The part of binding:profile that MidoNet reads. Immutable, safe to share. */
  public record BindingProfile(@Nullable String interfaceName) {}

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_PORT;
  }

  /** Who uses the port; a port that nobody claims is treated as one of a virtual machine. */
  public DeviceOwner owner() {
    return deviceOwner == null ? DeviceOwner.COMPUTE : deviceOwner;
  }
}
