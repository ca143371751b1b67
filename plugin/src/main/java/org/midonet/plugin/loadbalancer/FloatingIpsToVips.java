package org.midonet.plugin.loadbalancer;

import java.util.Optional;
import java.util.Set;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.floatingip.FloatingIps;
import org.midonet.neutron.loadbalancer.Vips;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/**
 * No floating IP leads to a VIP: MidoNet's routers balance what comes to the VIP's own address,
 * before they translate addresses (midonet.md 4.7). Stateless, safe to share between threads.
 */
final class FloatingIpsToVips implements Hook {
  @Override
  public Set<ResourceType> types() {
    return Set.of(FloatingIps.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    check(session, input);
    return input;
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    check(session, changes);
    return changes;
  }

  private static void check(Session session, Resource floatingIp) {
    String port = floatingIp.find(FloatingIps.PORT_ID);
    if (port == null) {
      return;
    }
    Optional<Resource> vip =
        session.tables().list(Vips.TYPE, Tables.text(Vips.PORT_ID).eq(port)).stream().findFirst();
    vip.ifPresent(it -> {
      throw NeutronException.badResourceRequest(
          "floatingip",
          "port %s holds the address of vip %s, and MidoNet's load balancers are not reached by floating IPs. Make the vip on a subnet of the external network instead"
              .formatted(port, it.id()));
    });
  }
}
