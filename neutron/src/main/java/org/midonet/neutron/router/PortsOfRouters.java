package org.midonet.neutron.router;

import java.util.Map;
import java.util.Set;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.floatingip.FloatingIps;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * Ports that routers and floating IPs made are changed through these, not by themselves; stateless.
 */
final class PortsOfRouters implements Hook {
  private static final Set<String> ROUTER_OWNERS = Set.of(Routers.INTERFACE, Routers.GATEWAY_OWNER);

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  /** Alias l3-port-ip-change-not-allowed. */
  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    if (!session.isPart()
        && changes.has(Ports.FIXED_IPS)
        && current.get(Ports.DEVICE_OWNER, "").equals(Routers.INTERFACE)
        && current.merge(changes).differs(current, Ports.FIXED_IPS)) {
      throw NeutronException.badResourceRequest(
          "ports",
          "IP address of port %s with device owner %s cannot be changed"
              .formatted(current.id(), Routers.INTERFACE));
    }
    return changes;
  }

  @Override
  public void updated(Session session, Resource before, Resource after) {
    if (after.get(Ports.DEVICE_OWNER, "").equals(Routers.GATEWAY_OWNER)
        && after.differs(before, Ports.FIXED_IPS)) {
      session
          .tables()
          .find(Routers.TYPE, after.get(Ports.DEVICE_ID, ""))
          .ifPresent(router -> refresh(session, router, after));
    }
  }

  private static void refresh(Session session, Resource router, Resource port) {
    Map<String, Object> info = router.get(Routers.GATEWAY_INFO, Map.of());
    boolean snat = info.get("enable_snat") instanceof Boolean b ? b : true;
    session.store(
        router,
        session.changes(Routers.TYPE).set(Routers.GATEWAY_INFO, Gateways.info(port, snat)).build());
  }

  @Override
  public void deleting(Session session, Resource port) {
    String owner = port.get(Ports.DEVICE_OWNER, "");
    boolean owned = ROUTER_OWNERS.contains(owner) || owner.equals(FloatingIps.OWNER);
    if (session.isPart() || !owned || RouterPorts.addresses(port).isEmpty()) {
      return;
    }
    ResourceType type = owner.equals(FloatingIps.OWNER) ? FloatingIps.TYPE : Routers.TYPE;
    if (session.tables().find(type, port.get(Ports.DEVICE_ID, "")).isPresent()) {
      throw NeutronException.conflict(
          "ServicePortInUse",
          "Port %s cannot be deleted directly via the port API: has device owner %s."
              .formatted(port.id(), owner));
    }
  }
}
