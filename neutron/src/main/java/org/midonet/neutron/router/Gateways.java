package org.midonet.neutron.router;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.subnet.Subnets;

/** Sets, changes and clears the gateway of a router (aliases router, ext-gw-mode); stateless. */
final class Gateways {
  private final boolean snatByDefault;

  /** Translates addresses at new gateways or not ([DEFAULT] enable_snat_by_default). */
  Gateways(boolean snatByDefault) {
    this.snatByDefault = snatByDefault;
  }

  /**
   * Makes the router's gateway what the request asks for and returns the router's attributes about
   * it.
   */
  Resource apply(Session session, Resource router, @Nullable Map<String, Object> wanted) {
    String network = wanted == null ? "" : String.valueOf(wanted.get("network_id"));
    List<Map<String, Object>> addresses = addresses(wanted);
    if (wanted != null) {
      check(session, router, network, addresses);
    }
    Resource present = present(session, router);
    Resource port;
    if (present != null && present.get(Ports.NETWORK_ID).equals(network)) {
      port = differs(present, addresses) ? move(session, present, addresses) : present;
    } else {
      if (present != null) {
        clear(session, router, present);
      }
      port = wanted == null ? null : create(session, router, network, addresses);
    }
    return session
        .changes(Routers.TYPE)
        .set(Routers.GATEWAY_PORT, port == null ? null : port.id())
        .set(Routers.GATEWAY_INFO, port == null ? null : info(port, snat(router, wanted)))
        .build();
  }

  /** Gives a router back the gateway that it had, or none. */
  static void restore(Session session, Resource before) {
    Resource gateway =
        session
            .changes(Routers.TYPE)
            .set(Routers.GATEWAY_INFO, before.find(Routers.GATEWAY_INFO))
            .build();
    session.find(Routers.TYPE, before.id()).ifPresent(router -> session.update(router, gateway));
  }

  private boolean snat(Resource router, @Nullable Map<String, Object> wanted) {
    if (wanted != null && wanted.get("enable_snat") instanceof Boolean asked) {
      return asked;
    }
    Map<String, Object> before = router.find(Routers.GATEWAY_INFO);
    if (before != null && before.get("enable_snat") instanceof Boolean present) {
      return present;
    }
    return snatByDefault;
  }

  /** The gateway of a router as answers show it. */
  static Map<String, Object> info(Resource port, boolean snat) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("network_id", port.get(Ports.NETWORK_ID));
    info.put("external_fixed_ips", port.get(Ports.FIXED_IPS, List.of()));
    info.put("enable_snat", snat);
    return info;
  }

  static @Nullable Resource present(Session session, Resource router) {
    String port = router.find(Routers.GATEWAY_PORT);
    return port == null ? null : session.elevated().find(Ports.TYPE, port).orElse(null);
  }

  @SuppressWarnings("unchecked") // the attribute's validator admits a list of objects only
  private static List<Map<String, Object>> addresses(@Nullable Map<String, Object> wanted) {
    Object asked = wanted == null ? null : wanted.get("external_fixed_ips");
    return asked instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
  }

  private static void check(
      Session session, Resource router, String network, List<Map<String, Object>> addresses) {
    Resource external = session.get(Networks.TYPE, network);
    if (!external.get(Networks.EXTERNAL, false)) {
      throw RouterErrors.bad("Network " + network + " is not an external network");
    }
    List<Resource> subnets = RouterPorts.subnetsOf(session, network);
    for (Map<String, Object> address : addresses) {
      for (Resource subnet : subnets) {
        Object gateway = subnet.raw(Subnets.GATEWAY_IP);
        if (gateway != null && gateway.equals(address.get("ip_address"))) {
          throw RouterErrors.bad("External IP " + gateway + " is the same as the gateway IP");
        }
      }
    }
    List<Map<String, Object>> routes = router.get(Routers.ROUTES, List.of());
    if (!routes.isEmpty()) {
      List<Resource> interfaces = RouterPorts.interfaces(session, router.id());
      List<Resource> links = new ArrayList<>(RouterPorts.subnets(session, interfaces));
      links.addAll(subnets);
      ExtraRoutes.check(
          routes,
          links.stream().map(RouterPorts::cidr).toList(),
          RouterPorts.addresses(interfaces));
    }
  }

  private static boolean differs(Resource port, List<Map<String, Object>> addresses) {
    if (addresses.isEmpty()) {
      return false;
    }
    List<Map<String, Object>> has = port.get(Ports.FIXED_IPS, List.of());
    return !values(has, "subnet_id").equals(values(addresses, "subnet_id"))
        || !values(has, "ip_address").equals(values(addresses, "ip_address"));
  }

  private static Set<Object> values(List<Map<String, Object>> addresses, String key) {
    return addresses.stream()
        .map(address -> address.get(key))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static Resource move(
      Session session, Resource port, List<Map<String, Object>> addresses) {
    return session
        .elevated()
        .update(port, session.changes(Ports.TYPE).set(Ports.FIXED_IPS, addresses).build());
  }

  private static void clear(Session session, Resource router, Resource port) {
    if (FloatingIpUse.ofRouter(session, router.id())) {
      throw RouterErrors.gatewayInUse(router.id(), port.get(Ports.NETWORK_ID));
    }
    release(session, router, port);
  }

  /** Takes the gateway port away; the router's row must let go of it first. */
  static void release(Session session, Resource router, Resource port) {
    session
        .tables()
        .find(Routers.TYPE, router.id())
        .ifPresent(row ->
            session.store(
                row, session.changes(Routers.TYPE).set(Routers.GATEWAY_PORT, null).build()));
    session.elevated().delete(port);
  }

  private static Resource create(
      Session session, Resource router, String network, List<Map<String, Object>> addresses) {
    RouterPorts.refuseOverlap(session, router.id(), RouterPorts.subnetsOf(session, network), "");
    Resource.Builder port =
        session
            .draft(Ports.TYPE)
            .set(Standard.PROJECT_ID, "")
            .set(Ports.NETWORK_ID, network)
            .set(Ports.DEVICE_ID, router.id())
            .set(Ports.DEVICE_OWNER, Routers.GATEWAY_OWNER);
    if (!addresses.isEmpty()) {
      port.set(Ports.FIXED_IPS, addresses);
    }
    return session.elevated().create(Ports.TYPE, port.build());
  }
}
