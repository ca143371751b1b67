package org.midonet.plugin.midonet;

import java.util.Map;
import java.util.Set;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.port.PortBinder;
import org.midonet.neutron.port.PortBindings;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.plugin.tell.MidonetNetworks;

/**
 * MidoNet plugs the ports of its own networks only, and only on a host (spec section 4.1.1).
 * Stateless, safe to share between threads.
 */
final class Ml2Bindings implements Hook {

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    return settled(session, input.get(Ports.NETWORK_ID), input);
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    return settled(session, current.get(Ports.NETWORK_ID), changes);
  }

  private static Resource settled(Session session, String network, Resource port) {
    boolean isPlugged = HostBindings.VIF.type().equals(port.get(PortBindings.VIF_TYPE, ""));
    if (!isPlugged || MidonetNetworks.isMidonets(session.row(Networks.TYPE, network))) {
      return port;
    }
    return port.toBuilder()
        .set(PortBindings.VIF_TYPE, PortBinder.FAILED)
        .set(PortBindings.VIF_DETAILS, Map.of())
        .build();
  }
}
