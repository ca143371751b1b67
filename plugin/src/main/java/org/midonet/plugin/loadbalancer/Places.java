package org.midonet.plugin.loadbalancer;

import java.util.Optional;
import org.midonet.neutron.ipam.FixedIp;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;

/** Where subnets are in the network. Stateless, safe to share between threads. */
final class Places {
  private Places() {}

  /** A subnet. Immutable. */
  record Subnet(Resource row, boolean isExternal) {
    String id() {
      return row.id();
    }

    long version() {
      return row.get(Subnets.IP_VERSION);
    }

    /** The router at the subnet's gateway address. */
    Optional<String> router(Session session) {
      Object gateway = row.raw(Subnets.GATEWAY_IP);
      return session
          .tables()
          .list(
              Ports.TYPE,
              Tables.text(Ports.NETWORK_ID)
                  .eq(row.get(Subnets.NETWORK_ID))
                  .and(Tables.text(Ports.DEVICE_OWNER).eq(Routers.INTERFACE)))
          .stream()
          .filter(port ->
              FixedIp.ofRaw(port.get(Ports.FIXED_IPS)).stream()
                  .anyMatch(ip -> ip.address().toString().equals(gateway)))
          .map(port -> port.get(Ports.DEVICE_ID))
          .findFirst();
    }
  }

  /** A subnet that the caller may see; a 404 if there is none. */
  static Subnet subnet(Session session, String id) {
    Resource row = session.row(Subnets.TYPE, id);
    boolean external =
        session
            .tables()
            .find(Networks.TYPE, row.get(Subnets.NETWORK_ID))
            .map(network -> network.get(Networks.EXTERNAL, false))
            .orElse(false);
    return new Subnet(row, external);
  }

  static boolean hasGateway(Session session, String router) {
    return session
        .tables()
        .find(Routers.TYPE, router)
        .filter(row -> !Routers.gatewayNetwork(row).isEmpty())
        .isPresent();
  }
}
