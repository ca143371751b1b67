package org.midonet.neutron.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.midonet.neutron.ipam.FixedIp;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;

/** The ports of a router, the subnets they are on and the addresses they have; stateless. */
public final class RouterPorts {
  private RouterPorts() {}

  /** All ports of the router. */
  public static List<Resource> all(Session session, String router) {
    return session
        .tables()
        .list(
            Ports.TYPE,
            Tables.text(Ports.DEVICE_ID)
                .eq(router)
                .and(Tables.text(Ports.DEVICE_OWNER).in(Routers.INTERFACE, Routers.GATEWAY_OWNER)));
  }

  /** Its interfaces. */
  public static List<Resource> interfaces(Session session, String router) {
    return all(session, router).stream().filter(RouterPorts::isInterface).toList();
  }

  static boolean isInterface(Resource port) {
    return port.get(Ports.DEVICE_OWNER, "").equals(Routers.INTERFACE);
  }

  /** The addresses of a port. */
  public static List<FixedIp> addresses(Resource port) {
    return FixedIp.ofRaw(port.get(Ports.FIXED_IPS, List.of()));
  }

  static List<IpAddress> addresses(List<Resource> ports) {
    return ports.stream().flatMap(p -> addresses(p).stream()).map(FixedIp::address).toList();
  }

  /** The subnets that the ports have addresses of. */
  static List<Resource> subnets(Session session, List<Resource> ports) {
    Set<String> ids =
        ports.stream()
            .flatMap(p -> addresses(p).stream())
            .map(FixedIp::subnetId)
            .collect(Collectors.toSet());
    return ids.isEmpty()
        ? List.of()
        : session.tables().list(Subnets.TYPE, Tables.text(Standard.ID).in(ids));
  }

  static List<Resource> subnetsOf(Session session, String network) {
    return session.tables().list(Subnets.TYPE, Subnets.NETWORK_ID, network);
  }

  static Cidr cidr(Resource subnet) {
    return subnet.get(Subnets.CIDR);
  }

  /** Refuses new subnets that the router is on already, or whose addresses it has on another. */
  static void refuseOverlap(
      Session session, String router, List<Resource> added, String exceptPort) {
    List<Resource> ports = new ArrayList<>(all(session, router));
    ports.removeIf(p -> p.id().equals(exceptPort));
    Set<String> addedIds = added.stream().map(Resource::id).collect(Collectors.toSet());
    for (Resource port : ports) {
      for (FixedIp ip : addresses(port)) {
        if (addedIds.contains(ip.subnetId())) {
          throw RouterErrors.bad("Router already has a port on subnet " + ip.subnetId());
        }
      }
    }
    for (Resource present : presentSubnets(session, ports)) {
      for (Resource subnet : added) {
        if (cidr(present).overlaps(cidr(subnet))) {
          throw RouterErrors.bad(
              "Cidr %s of subnet %s overlaps with cidr %s of subnet %s"
                  .formatted(cidr(subnet), subnet.id(), cidr(present), present.id()));
        }
      }
    }
  }

  /** Of a gateway every subnet of the network counts, for any may give it an address. */
  private static List<Resource> presentSubnets(Session session, List<Resource> ports) {
    List<Resource> present =
        new ArrayList<>(subnets(session, ports.stream().filter(RouterPorts::isInterface).toList()));
    ports.stream()
        .filter(p -> !isInterface(p))
        .forEach(p -> present.addAll(subnetsOf(session, p.get(Ports.NETWORK_ID))));
    return present;
  }
}
