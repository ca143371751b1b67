package org.midonet.cluster.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Dhcp;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Route;

/**
 * The addresses of the DHCP ports of each subnet. Where there are several, which of them a subnet
 * answers by depends on which came last, and any is right. Immutable, safe to share.
 */
final class Servers {
  private static final String DHCP = "network:dhcp";
  private static final IpPrefix METADATA = IpPrefix.parse("169.254.169.254/32");

  private final Map<UUID, Set<IpAddress>> bySubnet = new HashMap<>();
  private final Map<UUID, UUID> subnetByGateway = new HashMap<>();

  private Servers() {}

  static Servers of(Topology topology) {
    Servers servers = new Servers();
    for (NeutronObject port : topology.list(ObjectType.NEUTRON_PORT)) {
      if (DHCP.equals(port.text("device_owner"))) {
        for (FixedIp ip : Documents.port(port).fixedIps()) {
          if (ip.subnetId() != null) {
            servers
                .bySubnet
                .computeIfAbsent(ip.subnetId(), id -> new HashSet<>())
                .add(ip.address());
          }
        }
      }
    }
    for (Dhcp dhcp : topology.list(ObjectType.DHCP)) {
      if (dhcp.routerIfPortId() != null) {
        servers.subnetByGateway.put(dhcp.routerIfPortId(), dhcp.id());
      }
    }
    return servers;
  }

  /** Of a subnet. */
  boolean has(UUID subnet, @Nullable IpAddress address) {
    return address != null && bySubnet.getOrDefault(subnet, Set.of()).contains(address);
  }

  /** Of the subnet whose gateway a router port is. */
  Set<IpAddress> behind(UUID routerPort) {
    UUID subnet = subnetByGateway.get(routerPort);
    return subnet == null ? Set.of() : bySubnet.getOrDefault(subnet, Set.of());
  }

  /** Whether a route leads to metadata. */
  boolean isMetadata(Route route) {
    return route.dst().equals(METADATA) && route.nextHopPortId() != null;
  }
}
