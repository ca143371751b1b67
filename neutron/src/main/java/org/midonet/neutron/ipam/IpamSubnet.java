package org.midonet.neutron.ipam;

import java.util.List;
import java.util.Set;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.subnet.AllocationPools;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpRange;

/**
 * A subnet as address management sees it; immutable.
 *
 * @param id its identifier
 * @param cidr its prefix
 * @param pools where addresses are taken from when the request names none
 * @param enableDhcp whether DHCP serves it
 * @param automatic whether ports have addresses made from their MAC (SLAAC, stateless DHCPv6)
 * @param serviceTypes the device owners it is reserved for, empty for all
 */
record IpamSubnet(
    String id,
    Cidr cidr,
    List<IpRange> pools,
    boolean enableDhcp,
    boolean automatic,
    List<String> serviceTypes) {
  private static final Set<String> AUTOMATIC_MODES = Set.of("slaac", "dhcpv6-stateless");

  static IpamSubnet of(Resource subnet) {
    return new IpamSubnet(
        subnet.get(Standard.ID),
        subnet.get(Subnets.CIDR),
        AllocationPools.parse(subnet.get(Subnets.ALLOCATION_POOLS)),
        subnet.get(Subnets.ENABLE_DHCP),
        isAutomatic(subnet),
        subnet.get(Subnets.SERVICE_TYPES, List.of()));
  }

  /** Whether ports have addresses made from their MAC on that subnet. */
  static boolean isAutomatic(Resource subnet) {
    return AUTOMATIC_MODES.contains(subnet.get(Subnets.IPV6_RA_MODE, ""))
        || AUTOMATIC_MODES.contains(subnet.get(Subnets.IPV6_ADDRESS_MODE, ""));
  }

  int version() {
    return cidr.version();
  }

  /** Whether ports of that owner may have addresses from it. */
  boolean serves(String deviceOwner) {
    return serviceTypes.isEmpty()
        || serviceTypes.contains(deviceOwner)
        || (enableDhcp && deviceOwner.equals(DeviceOwners.DHCP));
  }

  /**
   * Whether a port of that owner may have the address: neither the network nor the broadcast
   * address in IPv4; in IPv6 the first address is the subnet-router anycast address (RFC 4291,
   * 2.6.1), for routers only.
   */
  boolean admits(IpAddress address, String deviceOwner) {
    if (!cidr.contains(address)) {
      return false;
    }
    boolean first = address.equals(cidr.first());
    if (cidr.version() == 6) {
      return !first || deviceOwner.isEmpty() || DeviceOwners.ROUTER_PORTS.contains(deviceOwner);
    }
    boolean broadcast = cidr.prefixLength() < 31 && address.equals(cidr.last());
    return !first && !broadcast;
  }
}
