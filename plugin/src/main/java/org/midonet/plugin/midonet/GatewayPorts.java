package org.midonet.plugin.midonet;

import java.util.List;
import java.util.Set;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * A router's gateway needs an address, so its network needs a subnet (spec section 3.8, rule 1).
 * Stateless, safe to share between threads.
 */
final class GatewayPorts implements Hook {

  private static final String ROUTER_GATEWAY = "network:router_gateway";

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public void created(Session session, Resource created) {
    if (ROUTER_GATEWAY.equals(created.find(Ports.DEVICE_OWNER))
        && created.get(Ports.FIXED_IPS, List.of()).isEmpty()) {
      throw NeutronException.badResourceRequest(
          "router",
          "No IPs assigned to the gateway port for router %s"
              .formatted(created.find(Ports.DEVICE_ID)));
    }
  }
}
