package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpRoute;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;
import org.midonet.topology.Route;

/**
 * A DHCP port lends its address to its subnets: they answer DHCP by it, and lead to metadata
 * through it. Stateless. midonet.md 4.4.
 */
final class DhcpServers {
  private static final String DHCP = "network:dhcp";

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

  /** The subnet may be gone already. Another DHCP port in it takes over. */
  static void remove(Draft draft, FixedIp ip) {
    Dhcp dhcp = ip.subnetId() == null ? null : draft.find(ObjectType.DHCP, ip.subnetId());
    if (dhcp == null || dhcp.subnet().version() != 4) {
      return;
    }
    List<IpAddress> others = new ArrayList<>(addresses(draft, dhcp));
    others.remove(ip.address());
    IpAddress server = others.isEmpty() ? dhcp.defaultGateway() : others.getFirst();
    if (others.contains(dhcp.serverAddress())) {
      server = dhcp.serverAddress();
    }
    List<DhcpRoute> routes = new ArrayList<>(dhcp.opt121Routes());
    routes.remove(metadataRoute(ip.address()));
    draft.update(dhcp.withServerAddress(server).withOpt121Routes(routes));
    UUID router = dhcp.routerIfPortId();
    if (router == null) {
      return;
    }
    boolean led = removeRoutes(draft, router, ip.address());
    if (!led && server != null && others.contains(server)) {
      draft.createIfAbsent(Routes.metadata(router, server, IpPrefix.of(dhcp.subnet()), server));
    }
  }

  /** Returns whether requests for metadata of the subnet still find a way. */
  private static boolean removeRoutes(Draft draft, UUID router, IpAddress address) {
    boolean left = false;
    for (UUID id : draft.references(References.PORT_ROUTES, router)) {
      Route route = draft.get(ObjectType.ROUTE, id);
      if (Routes.isMetadata(route) && address.equals(route.nextHopGateway())) {
        draft.delete(ObjectType.ROUTE, id);
      } else {
        left |= Routes.isMetadata(route);
      }
    }
    return left;
  }

  /** The IPv4 addresses that DHCP ports have in a subnet. */
  static List<IpAddress> addresses(Draft draft, Dhcp dhcp) {
    List<IpAddress> addresses = new ArrayList<>();
    if (dhcp.bridgeId() != null) {
      for (UUID id : draft.references(References.BRIDGE_PORTS, dhcp.bridgeId())) {
        NeutronObject stored = draft.find(ObjectType.NEUTRON_PORT, id);
        if (stored != null && DHCP.equals(stored.text("device_owner"))) {
          Documents.port(stored).fixedIps().stream()
              .filter(ip -> dhcp.id().equals(ip.subnetId()))
              .map(FixedIp::address)
              .filter(address -> address.version() == 4)
              .forEach(addresses::add);
        }
      }
    }
    addresses.sort(Comparator.comparing(IpAddress::toBigInteger));
    return addresses;
  }

  private static UUID required(FixedIp ip) {
    if (ip.subnetId() == null) {
      throw TranslationException.invalid("The fixed IP " + ip.address() + " has no subnet_id");
    }
    return ip.subnetId();
  }
}
