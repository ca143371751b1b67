package org.midonet.neutron.port;

import java.util.Set;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;

/** Keeps projects from giving their ports to the routers of others; stateless. */
final class RouterOwnership {
  private static final Set<String> INTERFACE_OWNERS =
      Set.of(
          "network:router_interface",
          "network:router_interface_distributed",
          "network:ha_router_replicated_interface");

  private RouterOwnership() {}

  /** Refuses a router's interface whose router belongs to another project than the port. */
  static void check(Session session, Resource port) {
    String router = port.get(Ports.DEVICE_ID, "");
    if (session.context().isAdmin()
        || router.isEmpty()
        || !INTERFACE_OWNERS.contains(port.get(Ports.DEVICE_OWNER, ""))) {
      return;
    }
    session
        .elevated()
        .findNamed("router", router)
        .filter(found -> !found.projectId().equals(port.projectId()))
        .ifPresent(found -> {
          throw NeutronException.conflict(
              "DeviceIDNotOwnedByTenant",
              "The following device_id "
                  + router
                  + " is not owned by your tenant or matches"
                  + " another tenants router.");
        });
  }
}
