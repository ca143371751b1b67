package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.midonet.cluster.neutron.NeutronSubnet;
import org.midonet.packets.IpAddress;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpBuilder;
import org.midonet.topology.DhcpRoute;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;
import org.midonet.topology.Route;

/**
 * A subnet becomes the DHCP configuration of its network's bridge, by the same id and for either
 * version of IP. Stateless. midonet.md 4.2.
 */
final class Subnets {
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
    List<IpAddress> servers = DhcpServers.addresses(draft, old);
    servers.forEach(address -> routes.add(DhcpServers.metadataRoute(address)));
    draft.update(
        old.withSubnet(subnet.cidr())
            .withDefaultGateway(subnet.gatewayIp())
            .withServerAddress(servers.isEmpty() ? subnet.gatewayIp() : old.serverAddress())
            .withDnsServers(subnet.dnsNameservers())
            .withOpt121Routes(routes)
            .withEnabled(subnet.enableDhcp()));
    if (!Objects.equals(old.defaultGateway(), subnet.gatewayIp())) {
      for (UUID id : draft.references(References.DHCP_GATEWAY_ROUTES, subnet.id())) {
        Route route = draft.get(ObjectType.ROUTE, id);
        draft.update(route.withNextHopGateway(subnet.gatewayIp()));
      }
      RouterInterfaces.gatewayChanged(draft, subnet);
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
}
