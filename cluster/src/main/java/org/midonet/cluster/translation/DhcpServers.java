package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpRoute;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;
import org.midonet.topology.Route;

/**
 * A DHCP port lends its address to its subnets: they answer DHCP by it, and lead to metadata
 * through it. Stateless. midonet.md 4.4.
 */
final class DhcpServers {
  private DhcpServers() {}

  /** The classless static route to metadata by way of a DHCP port. */
  static DhcpRoute metadataRoute(IpAddress address) {
    return new DhcpRoute(Routes.METADATA.cidr(), address);
  }

  static void add(Draft draft, FixedIp ip) {
    Dhcp dhcp = draft.get(ObjectType.DHCP, required(ip));
    if (dhcp.subnet().version() != 4) {
      return;
    }
    List<DhcpRoute> routes = new ArrayList<>(dhcp.opt121Routes());
    routes.add(metadataRoute(ip.address()));
    draft.update(dhcp.withServerAddress(ip.address()).withOpt121Routes(routes));
    UUID router = dhcp.routerIfPortId();
    if (router != null) {
      Route route = Routes.metadata(router, ip.address(), IpPrefix.of(dhcp.subnet()), ip.address());
      draft.createIfAbsent(route);
    }
  }

  /** The subnet may be gone already. */
  static void remove(Draft draft, FixedIp ip) {
    Dhcp dhcp = ip.subnetId() == null ? null : draft.find(ObjectType.DHCP, ip.subnetId());
    if (dhcp == null || dhcp.subnet().version() != 4) {
      return;
    }
    List<DhcpRoute> routes = new ArrayList<>(dhcp.opt121Routes());
    routes.remove(metadataRoute(ip.address()));
    draft.update(dhcp.withServerAddress(dhcp.defaultGateway()).withOpt121Routes(routes));
    if (dhcp.routerIfPortId() != null) {
      for (UUID id : draft.references(References.PORT_ROUTES, dhcp.routerIfPortId())) {
        Route route = draft.get(ObjectType.ROUTE, id);
        if (Routes.isMetadata(route) && ip.address().equals(route.nextHopGateway())) {
          draft.delete(ObjectType.ROUTE, id);
        }
      }
    }
  }

  private static UUID required(FixedIp ip) {
    if (ip.subnetId() == null) {
      throw TranslationException.invalid("The fixed IP " + ip.address() + " has no subnet_id");
    }
    return ip.subnetId();
  }
}
