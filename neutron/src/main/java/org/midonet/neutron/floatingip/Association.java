package org.midonet.neutron.floatingip;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.ipam.FixedIp;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.router.RouterPorts;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.packets.IpAddress;

/** Finds the way from a floating IP to the port it shall lead to; stateless. */
final class Association {
  private Association() {}

  /** The attributes of a floating IP that leads to a port, or to none if {@code portId} is null. */
  static Resource to(
      Session session, Resource floating, @Nullable String portId, @Nullable String fixedAddress) {
    Resource.Builder changes = session.changes(FloatingIps.TYPE);
    if (portId == null) {
      if (fixedAddress != null) {
        throw bad("fixed_ip_address cannot be specified without a port_id");
      }
      return changes
          .set(FloatingIps.PORT_ID, null)
          .set(FloatingIps.FIXED_IP_ADDRESS, null)
          .set(FloatingIps.ROUTER_ID, null)
          .build();
    }
    Resource port = session.get(Ports.TYPE, portId);
    if (!port.projectId().equals(floating.projectId()) && !session.context().isAdmin()) {
      throw bad(
          "Cannot process floating IP association with Port "
              + portId
              + ", since that port is owned by a different tenant");
    }
    FixedIp fixed = fixed(port, fixedAddress);
    String router = router(session, floating, port, fixed);
    refuseTaken(session, floating, port, fixed);
    return changes
        .set(FloatingIps.PORT_ID, portId)
        .set(FloatingIps.FIXED_IP_ADDRESS, fixed.address().toString())
        .set(FloatingIps.ROUTER_ID, router)
        .build();
  }

  private static FixedIp fixed(Resource port, @Nullable String wanted) {
    String owner = port.get(Ports.DEVICE_OWNER, "");
    if (owner.equals(Routers.GATEWAY_OWNER) || owner.equals(FloatingIps.OWNER)) {
      throw bad("Port " + port.id() + " is unable to be assigned a floating IP");
    }
    List<FixedIp> addresses = RouterPorts.addresses(port);
    if (wanted != null) {
      IpAddress address = IpAddress.parse(wanted);
      if (address.version() != 4) {
        throw bad(
            "Cannot process floating IP association with "
                + wanted
                + ", since that is not an IPv4 address");
      }
      return addresses.stream()
          .filter(ip -> ip.address().equals(address))
          .findFirst()
          .orElseThrow(() -> bad("Port " + port.id() + " does not have fixed ip " + wanted));
    }
    List<FixedIp> candidates =
        addresses.stream().filter(ip -> ip.address().version() == 4).toList();
    if (candidates.isEmpty()) {
      throw bad(
          "Cannot add floating IP to port " + port.id() + " that has no fixed IPv4 addresses");
    }
    if (candidates.size() > 1) {
      throw bad(
          "Port "
              + port.id()
              + " has multiple fixed IPv4 addresses.  Must provide a specific IPv4 address when"
              + " assigning a floating IP");
    }
    return candidates.getFirst();
  }

  /**
   * A router that connects the port's subnet with the external network; one at the subnet's gateway
   * address first.
   */
  private static String router(Session session, Resource floating, Resource port, FixedIp fixed) {
    String external = floating.get(FloatingIps.NETWORK_ID);
    Object gatewayIp =
        session
            .tables()
            .find(Subnets.TYPE, fixed.subnetId())
            .map(s -> s.raw(Subnets.GATEWAY_IP))
            .orElse(null);
    Optional<String> first = Optional.empty();
    for (Resource candidate : interfacesOn(session, port.get(Ports.NETWORK_ID))) {
      Optional<IpAddress> address = addressOn(candidate, fixed.subnetId());
      String router = candidate.get(Ports.DEVICE_ID);
      if (address.isPresent() && reaches(session, router, external)) {
        if (address.get().toString().equals(gatewayIp)) {
          return router;
        }
        first = first.or(() -> Optional.of(router));
      }
    }
    return first.orElseThrow(() ->
        new NeutronException(
            404,
            "ExternalGatewayForFloatingIPNotFound",
            "External network %s is not reachable from subnet %s.  Therefore, cannot associate Port %s with a Floating IP."
                .formatted(external, fixed.subnetId(), port.id())));
  }

  private static List<Resource> interfacesOn(Session session, String network) {
    return session
        .tables()
        .list(
            Ports.TYPE,
            Tables.text(Ports.NETWORK_ID)
                .eq(network)
                .and(Tables.text(Ports.DEVICE_OWNER).eq(Routers.INTERFACE)));
  }

  private static Optional<IpAddress> addressOn(Resource port, String subnet) {
    return RouterPorts.addresses(port).stream()
        .filter(ip -> ip.subnetId().equals(subnet))
        .map(FixedIp::address)
        .findFirst();
  }

  private static boolean reaches(Session session, String router, String external) {
    return session
        .tables()
        .find(Routers.TYPE, router)
        .map(Routers::gatewayNetwork)
        .filter(external::equals)
        .isPresent();
  }

  private static void refuseTaken(
      Session session, Resource floating, Resource port, FixedIp fixed) {
    boolean taken =
        session
            .tables()
            .list(
                FloatingIps.TYPE,
                Tables.text(FloatingIps.PORT_ID)
                    .eq(port.id())
                    .and(
                        Tables.text(FloatingIps.NETWORK_ID)
                            .eq(floating.get(FloatingIps.NETWORK_ID)))
                    .and(Tables.text(FloatingIps.FIXED_IP_ADDRESS).eq(fixed.address().toString())))
            .stream()
            .anyMatch(other -> !other.id().equals(floating.id()));
    if (taken) {
      throw NeutronException.conflict(
          "FloatingIPPortAlreadyAssociated",
          "Cannot associate floating IP %s (%s) with port %s using fixed IP %s, as that fixed IP already has a floating IP on external network %s."
              .formatted(
                  floating.raw(FloatingIps.ADDRESS),
                  floating.id(),
                  port.id(),
                  fixed.address(),
                  floating.get(FloatingIps.NETWORK_ID)));
    }
  }

  static NeutronException bad(String reason) {
    return NeutronException.badResourceRequest("floatingip", reason);
  }

  /** What answers tell of the port that a floating IP leads to (alias fip-port-details). */
  static Map<String, @Nullable Object> details(Resource port) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("name", port.raw("name"));
    details.put("network_id", port.raw(Ports.NETWORK_ID));
    details.put("mac_address", port.raw(Ports.MAC_ADDRESS));
    details.put("admin_state_up", port.raw("admin_state_up"));
    details.put("status", port.raw("status"));
    details.put("device_id", port.raw(Ports.DEVICE_ID));
    details.put("device_owner", port.raw(Ports.DEVICE_OWNER));
    return details;
  }
}
