package org.midonet.neutron.router;

import org.midonet.neutron.error.NeutronException;

/** Refusals about routers, in Neutron's words; stateless. */
final class RouterErrors {
  private RouterErrors() {}

  static NeutronException bad(String reason) {
    return NeutronException.badResourceRequest("router", reason);
  }

  static NeutronException inUse(String router, String reason) {
    return NeutronException.conflict("RouterInUse", "Router " + router + " " + reason);
  }

  static NeutronException gatewayInUse(String router, String network) {
    return NeutronException.conflict(
        "RouterExternalGatewayInUseByFloatingIp",
        "Gateway cannot be updated for router %s, since a gateway to external network %s is required by one or more floating IPs."
            .formatted(router, network));
  }

  static NeutronException noInterface(String router, String port) {
    return new NeutronException(
        404,
        "RouterInterfaceNotFound",
        "Router " + router + " does not have an interface with id " + port);
  }

  static NeutronException noInterfaceOn(String router, String subnet) {
    return new NeutronException(
        404,
        "RouterInterfaceNotFoundForSubnet",
        "Router " + router + " has no interface on subnet " + subnet);
  }

  static NeutronException neededBy(String what, String type, String router, String subnet) {
    return NeutronException.conflict(
        type,
        "Router interface for subnet %s on router %s cannot be deleted, as it is required by one or more %s."
            .formatted(subnet, router, what));
  }

  static NeutronException invalidRoutes(String routes, String reason) {
    return new NeutronException(
        400, "InvalidRoutes", "Invalid format for routes: " + routes + ", " + reason);
  }
}
