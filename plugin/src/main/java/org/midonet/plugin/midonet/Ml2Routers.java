package org.midonet.plugin.midonet;

import java.util.Set;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.plugin.tell.MidonetNetworks;

/**
 * MidoNet's routers meet MidoNet's networks only (spec section 5.12). Stateless, safe to share
 * between threads.
 */
final class Ml2Routers implements Hook {

  private static final Set<String> OWNERS =
      Set.of("network:router_interface", "network:router_gateway");

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    check(session, input, input.get(Ports.NETWORK_ID));
    return input;
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    check(session, changes, current.get(Ports.NETWORK_ID));
    return changes;
  }

  private static void check(Session session, Resource port, String network) {
    if (OWNERS.contains(port.get(Ports.DEVICE_OWNER, ""))
        && !MidonetNetworks.isMidonets(session.elevated().row(Networks.TYPE, network))) {
      throw NeutronException.badResourceRequest(
          "router",
          "Incompatible network %s: MidoNet's routers take networks of type midonet or uplink"
              .formatted(network));
    }
  }
}
