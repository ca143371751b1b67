package org.midonet.neutron.router;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.floatingip.FloatingIps;
import org.midonet.neutron.ipam.FixedIp;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.packets.IpAddress;

/**
 * Ports that routers and floating IPs made are changed through these, not by themselves; stateless.
 */
final class PortsOfRouters implements Hook {
  private static final Set<String> ROUTER_OWNERS = Set.of(Routers.INTERFACE, Routers.GATEWAY_OWNER);

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  /** IPv4 addresses stay as they are (alias l3-port-ip-change-not-allowed). */
  private static void refuseMove(Session session, Resource before, Resource after) {
    if (!session.isPart()
        && ROUTER_OWNERS.contains(after.get(Ports.DEVICE_OWNER, ""))
        && !ipv4(before).equals(ipv4(after))
        && session.tables().find(Routers.TYPE, after.get(Ports.DEVICE_ID, "")).isPresent()) {
      throw NeutronException.badResourceRequest(
          "ports", "IP updates for port " + after.id() + " are not allowed");
    }
  }

  private static Set<IpAddress> ipv4(Resource port) {
    return RouterPorts.addresses(port).stream()
        .map(FixedIp::address)
        .filter(address -> address.version() == 4)
        .collect(Collectors.toSet());
  }

  @Override
  public void updated(Session session, Resource before, Resource after) {
    refuseMove(session, before, after);
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
