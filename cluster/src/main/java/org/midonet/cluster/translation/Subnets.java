package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.cluster.neutron.NeutronSubnet;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpBuilder;
import org.midonet.topology.DhcpRoute;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;
import org.midonet.topology.Route;

/**
 * A subnet becomes the DHCP configuration of its network's bridge, by the same id and for either
 * version of IP. Stateless. midonet.md 4.2.
 */
final class Subnets {
  private static final String DHCP = "network:dhcp";

  private Subnets() {}

  static void create(Draft draft, NeutronSubnet subnet) {
    if (draft.network(subnet.networkId()).isUplink()) {
      return;
    }
    draft.create(
        DhcpBuilder.builder()
            .id(subnet.id())
            .bridgeId(subnet.networkId())
            .subnet(subnet.cidr())
            .defaultGateway(subnet.gatewayIp())
            .serverAddress(subnet.gatewayIp())
            .dnsServers(subnet.dnsNameservers())
            .opt121Routes(hostRoutes(subnet))
            .enabled(subnet.enableDhcp())
            .build());
  }

  static void update(Draft draft, NeutronSubnet subnet) {
    if (draft.network(subnet.networkId()).isUplink()) {
      return;
    }
    Dhcp old = draft.get(ObjectType.DHCP, subnet.id());
    List<DhcpRoute> routes = new ArrayList<>(hostRoutes(subnet));
    routes.addAll(metadataRoutes(draft, subnet));
    draft.update(
        old.withSubnet(subnet.cidr())
            .withDefaultGateway(subnet.gatewayIp())
            .withDnsServers(subnet.dnsNameservers())
            .withOpt121Routes(routes)
            .withEnabled(subnet.enableDhcp()));
    if (!Objects.equals(old.defaultGateway(), subnet.gatewayIp())) {
      for (UUID id : draft.references(References.DHCP_GATEWAY_ROUTES, subnet.id())) {
        Route route = draft.get(ObjectType.ROUTE, id);
        draft.update(route.withNextHopGateway(subnet.gatewayIp()));
      }
    }
  }

  /** Default routes that lead to the subnet's gateway go with it. */
  static void delete(Draft draft, NeutronSubnet subnet) {
    draft.delete(ObjectType.DHCP, subnet.id());
  }

  private static List<DhcpRoute> hostRoutes(NeutronSubnet subnet) {
    return subnet.hostRoutes().stream()
        .map(route -> new DhcpRoute(route.destination(), route.nexthop()))
        .toList();
  }

  /** The ways to metadata that the DHCP ports of this subnet offer. */
  private static List<DhcpRoute> metadataRoutes(Draft draft, NeutronSubnet subnet) {
    List<DhcpRoute> routes = new ArrayList<>();
    for (UUID id : draft.references(References.BRIDGE_PORTS, subnet.networkId())) {
      NeutronObject stored = draft.find(ObjectType.NEUTRON_PORT, id);
      if (stored != null && DHCP.equals(stored.text("device_owner"))) {
        Documents.port(stored).fixedIps().stream()
            .filter(ip -> subnet.id().equals(ip.subnetId()))
            .map(FixedIp::address)
            .filter(address -> address.version() == 4)
            .forEach(address -> routes.add(DhcpServers.metadataRoute(address)));
      }
    }
    return routes;
  }
}
