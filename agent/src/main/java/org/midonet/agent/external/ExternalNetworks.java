package org.midonet.agent.external;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.References;

/** Finds the external networks that a host may be the gateway of. Stateless. */
final class ExternalNetworks {
  private ExternalNetworks() {}

  /**
   * Those of a topology.
   *
   * @param alone whether other hosts that are alive, one of which may be nearer to the world, keep
   *     this one from all networks
   */
  static List<ExternalNetwork> of(Topology topology, UUID host, boolean alone) {
    List<NeutronObject> external =
        topology.list(ObjectType.NEUTRON_NETWORK).stream()
            .filter(network -> Boolean.TRUE.equals(network.get("router:external")))
            .filter(network -> topology.has(ObjectType.BRIDGE, network.id()))
            .filter(network -> !hasWayOut(topology, network.id()))
            .toList();
    if (external.isEmpty() || (alone && hasOtherHosts(topology, host))) {
      return List.of();
    }
    Set<UUID> ids = new HashSet<>();
    external.forEach(network -> ids.add(network.id()));
    Set<Taken> taken = taken(topology, ids);
    List<ExternalNetwork> found = new ArrayList<>();
    for (NeutronObject network : external) {
      List<IpPrefix> gateways = gateways(topology, network.id(), taken);
      if (!gateways.isEmpty()) {
        String name = network.text("name");
        found.add(
            new ExternalNetwork(
                network.id(),
                name == null || name.isEmpty() ? network.id().toString() : name,
                gateways));
      }
    }
    return found;
  }

  private static boolean hasOtherHosts(Topology topology, UUID host) {
    return topology.list(ObjectType.HOST).stream()
        .anyMatch(other -> !other.id().equals(host) && topology.isAlive(other.id()));
  }

  /** An interface that MidoNet's own API put on the network may lead to the gateway. */
  private static boolean hasWayOut(Topology topology, UUID bridge) {
    return topology.related(References.BRIDGE_PORTS, bridge, ObjectType.PORT).stream()
        .filter(Port::isExterior)
        .anyMatch(port ->
            !topology.has(ObjectType.NEUTRON_PORT, port.id())
                && !ExternalNetwork.isPlug(String.valueOf(port.interfaceName())));
  }

  /** An address that a port of Neutron's has. */
  private record Taken(UUID network, String address) {}

  private static Set<Taken> taken(Topology topology, Set<UUID> networks) {
    Set<Taken> taken = new HashSet<>();
    for (NeutronObject port : topology.list(ObjectType.NEUTRON_PORT)) {
      UUID network = port.uuid("network_id");
      if (network != null
          && networks.contains(network)
          && port.get("fixed_ips") instanceof List<?> addresses) {
        for (Object fixed : addresses) {
          if (fixed instanceof Map<?, ?> map && map.get("ip_address") instanceof String address) {
            taken.add(new Taken(network, address));
          }
        }
      }
    }
    return taken;
  }

  private static List<IpPrefix> gateways(Topology topology, UUID network, Set<Taken> taken) {
    List<IpPrefix> gateways = new ArrayList<>();
    for (NeutronObject subnet : topology.list(ObjectType.NEUTRON_SUBNET)) {
      String gateway = subnet.text("gateway_ip");
      if (network.equals(subnet.uuid("network_id"))
          && gateway != null
          && !taken.contains(new Taken(network, gateway))) {
        IpPrefix prefix = prefix(subnet.text("cidr"), gateway);
        if (prefix != null) {
          gateways.add(prefix);
        }
      }
    }
    return gateways;
  }

  private static @Nullable IpPrefix prefix(@Nullable String cidr, String gateway) {
    Cidr subnet = cidr == null ? null : Cidr.tryParse(cidr).orElse(null);
    if (subnet == null) {
      return null;
    }
    IpAddress address = IpAddress.parse(gateway);
    return subnet.contains(address) ? new IpPrefix(address, subnet.prefixLength()) : null;
  }
}
