package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Mac;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;

/**
 * What a bridge's subnets have for each machine. Immutable, safe to share.
 *
 * @param ipv4 by MAC, the lowest address first
 * @param ipv6 by MAC
 * @param subnets6 the IPv6 subnets
 * @param mtu of the Neutron network, 0 where it does not say
 */
record DhcpServers(
    Map<Mac, List<Lease>> ipv4, Map<Mac, List<Lease>> ipv6, List<Subnet6> subnets6, int mtu) {

  /** A subnet, and what it has for one machine. */
  record Lease(Dhcp subnet, DhcpHost host) {}

  /**
   * An IPv6 subnet.
   *
   * @param raMode Neutron's ipv6_ra_mode, empty where it is not known
   */
  record Subnet6(Dhcp subnet, String raMode) {}

  static DhcpServers of(Topology topology, UUID bridge) {
    Map<Mac, List<Lease>> ipv4 = new HashMap<>();
    Map<Mac, List<Lease>> ipv6 = new HashMap<>();
    List<Subnet6> subnets6 = new ArrayList<>();
    for (Dhcp dhcp : topology.related(References.BRIDGE_DHCPS, bridge, ObjectType.DHCP)) {
      boolean v6 = dhcp.subnet().version() == 6;
      if (v6) {
        NeutronObject subnet = topology.find(ObjectType.NEUTRON_SUBNET, dhcp.id());
        String mode = subnet == null ? null : subnet.text("ipv6_ra_mode");
        subnets6.add(new Subnet6(dhcp, mode == null ? "" : mode));
      }
      for (DhcpHost host :
          topology.related(References.DHCP_HOSTS, dhcp.id(), ObjectType.DHCP_HOST)) {
        (v6 ? ipv6 : ipv4)
            .computeIfAbsent(host.mac(), it -> new ArrayList<>())
            .add(new Lease(dhcp, host));
      }
    }
    ipv4.values().forEach(it -> it.sort(Comparator.comparing(lease -> lease.host().address())));
    NeutronObject network = topology.find(ObjectType.NEUTRON_NETWORK, bridge);
    int mtu = network != null && network.get("mtu") instanceof Long it ? it.intValue() : 0;
    return new DhcpServers(ipv4, ipv6, subnets6, mtu);
  }
}
