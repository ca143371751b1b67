package org.midonet.neutron.router;

import java.util.List;
import org.midonet.neutron.floatingip.FloatingIps;
import org.midonet.neutron.ipam.FixedIp;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** What floating IPs need of a router; stateless. */
final class FloatingIpUse {
  private FloatingIpUse() {}

  /** Whether any floating IP goes through the router. */
  static boolean ofRouter(Session session, String router) {
    return session.tables().exists(FloatingIps.TYPE, Tables.text(FloatingIps.ROUTER_ID).eq(router));
  }

  /** Refuses to take away the interface on a subnet that a floating IP leads to. */
  static void refuseIfNeeded(Session session, String router, Resource subnet) {
    List<Resource> through =
        session.tables().list(FloatingIps.TYPE, Tables.text(FloatingIps.ROUTER_ID).eq(router));
    for (Resource floating : through) {
      String port = floating.find(FloatingIps.PORT_ID);
      if (port != null
          && session.tables().find(Ports.TYPE, port).stream()
              .flatMap(p -> RouterPorts.addresses(p).stream())
              .map(FixedIp::subnetId)
              .anyMatch(subnet.id()::equals)) {
        throw RouterErrors.neededBy(
            "floating IPs", "RouterInterfaceInUseByFloatingIP", router, subnet.id());
      }
    }
  }
}
