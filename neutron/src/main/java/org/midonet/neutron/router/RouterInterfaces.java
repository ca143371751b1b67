package org.midonet.neutron.router;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.ipam.FixedIp;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.Operation;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpRange;

/** Connects routers to subnets and takes them off again; stateless. */
public final class RouterInterfaces {
  private RouterInterfaces() {}

  /**
   * Connects by a port that is there, or by a new one with the subnet's gateway address; returns
   * the answer.
   */
  public static Map<String, Object> add(
      Session session, Resource router, @Nullable String portId, @Nullable String subnetId) {
    Resource port;
    List<Resource> subnets;
    if (portId != null) {
      Resource free = session.get(Ports.TYPE, portId);
      session.undoneBy(later -> detach(later, free));
      port = attach(session, router, free);
      subnets = RouterPorts.subnets(session, List.of(port));
    } else {
      Resource subnet = session.get(Subnets.TYPE, String.valueOf(subnetId));
      session.undoneBy(later -> later.composed(() -> remove(later, router, null, subnet.id())));
      port = connect(session, router, subnet);
      subnets = List.of(subnet);
    }
    session.touch(Routers.TYPE, router.id());
    return tell(session, Operation.ADD_INTERFACE, router, port, subnets);
  }

  private static Resource attach(Session session, Resource router, Resource port) {
    String device = port.get(Ports.DEVICE_ID, "");
    if (!device.isEmpty()) {
      throw NeutronException.conflict(
          "PortInUse",
          "Unable to complete operation on port %s for network %s. Port already has an attached device %s."
              .formatted(port.id(), port.get(Ports.NETWORK_ID), device));
    }
    List<Resource> subnets = RouterPorts.subnets(session, List.of(port));
    if (subnets.isEmpty()) {
      throw RouterErrors.bad("Router port must have at least one fixed IP");
    }
    subnets.forEach(RouterInterfaces::checkAddressMode);
    refuseSecondIpv6(session, router, port);
    RouterPorts.refuseOverlap(session, router.id(), subnets, port.id());
    if (subnets.stream().filter(s -> s.get(Subnets.IP_VERSION) == 4).count() > 1) {
      throw RouterErrors.bad("Cannot have multiple IPv4 subnets on router port");
    }
    checkAddresses(session, port, subnets);
    return session
        .elevated()
        .update(
            port,
            session
                .changes(Ports.TYPE)
                .set(Ports.DEVICE_ID, router.id())
                .set(Ports.DEVICE_OWNER, Routers.INTERFACE)
                .build());
  }

  /** Gives a port back as it was. */
  private static void detach(Session session, Resource free) {
    Resource owner =
        session
            .changes(Ports.TYPE)
            .set(Ports.DEVICE_ID, free.get(Ports.DEVICE_ID, ""))
            .set(Ports.DEVICE_OWNER, free.get(Ports.DEVICE_OWNER, ""))
            .build();
    session.composed(
        () -> session.find(Ports.TYPE, free.id()).map(port -> session.update(port, owner)));
  }

  private static void refuseSecondIpv6(Session session, Resource router, Resource port) {
    if (!hasIpv6(port)) {
      return;
    }
    for (Resource present : RouterPorts.all(session, router.id())) {
      if (!present.differs(port, Ports.NETWORK_ID) && hasIpv6(present)) {
        throw RouterErrors.bad(
            "Cannot have multiple router ports with the same network id if both contain IPv6 subnets. Existing port %s has IPv6 subnet(s) and network id %s"
                .formatted(present.id(), present.get(Ports.NETWORK_ID)));
      }
    }
  }

  /** Who owns neither the subnet nor administrator's rights stays within the pools. */
  private static void checkAddresses(Session session, Resource port, List<Resource> subnets) {
    if (session.context().isAdmin()) {
      return;
    }
    for (FixedIp ip : RouterPorts.addresses(port)) {
      for (Resource subnet : subnets) {
        if (subnet.id().equals(ip.subnetId())
            && !subnet.projectId().equals(session.context().projectId())
            && !inPools(subnet, ip.address())) {
          throw RouterErrors.bad(
              "Cannot add interface to router because specified port %s has an IP address out of the allocation pool of subnet %s, which is not owned by the project making the request"
                  .formatted(port.id(), subnet.id()));
        }
      }
    }
  }

  private static boolean inPools(Resource subnet, IpAddress address) {
    return subnet.get(Subnets.ALLOCATION_POOLS, List.of()).stream()
        .map(pool ->
            new IpRange(
                IpAddress.parse(String.valueOf(pool.get("start"))),
                IpAddress.parse(String.valueOf(pool.get("end")))))
        .anyMatch(range -> range.contains(address));
  }

  private static Resource connect(Session session, Resource router, Resource subnet) {
    Object gateway = subnet.raw(Subnets.GATEWAY_IP);
    if (gateway == null) {
      throw RouterErrors.bad("Subnet for router interface must have a gateway IP");
    }
    checkOwner(session, subnet);
    checkAddressMode(subnet);
    RouterPorts.refuseOverlap(session, router.id(), List.of(subnet), "");
    Map<String, Object> address = new LinkedHashMap<>();
    address.put("ip_address", gateway);
    address.put("subnet_id", subnet.id());
    String network = subnet.get(Subnets.NETWORK_ID);
    if (subnet.get(Subnets.IP_VERSION) == 6) {
      Optional<Resource> present = ipv6Port(session, router, network);
      if (present.isPresent()) {
        return extend(session, present.get(), address);
      }
    }
    return session
        .elevated()
        .create(
            Ports.TYPE,
            session
                .draft(Ports.TYPE)
                .set(Standard.PROJECT_ID, router.projectId())
                .set(Ports.NETWORK_ID, network)
                .set(Ports.FIXED_IPS, List.of(address))
                .set(Ports.DEVICE_ID, router.id())
                .set(Ports.DEVICE_OWNER, Routers.INTERFACE)
                .build());
  }

  private static void checkOwner(Session session, Resource subnet) {
    if (session.context().isAdmin() || subnet.projectId().equals(session.context().projectId())) {
      return;
    }
    String network = subnet.get(Subnets.NETWORK_ID);
    if (!Sharing.sharedWith(session, "network", Sharing.SHARED, Sharing.OBJECT_ID.eq(network))
        .contains(network)) {
      throw RouterErrors.bad(
          "Cannot add interface to router because subnet %s is not owned by project making the request"
              .formatted(subnet.id()));
    }
  }

  /** An address mode without a router's advertisements means that some other router is there. */
  private static void checkAddressMode(Resource subnet) {
    if (subnet.get(Subnets.IP_VERSION) == 6
        && subnet.find(Subnets.IPV6_RA_MODE) == null
        && subnet.find(Subnets.IPV6_ADDRESS_MODE) != null) {
      throw RouterErrors.bad(
          "IPv6 subnet %s configured to receive RAs from an external router cannot be added to Neutron Router."
              .formatted(subnet.id()));
    }
  }

  private static Optional<Resource> ipv6Port(Session session, Resource router, String network) {
    return RouterPorts.interfaces(session, router.id()).stream()
        .filter(p -> p.get(Ports.NETWORK_ID).equals(network) && hasIpv6(p))
        .findFirst();
  }

  private static Resource extend(Session session, Resource port, Map<String, Object> address) {
    List<Map<String, Object>> more = new ArrayList<>(port.get(Ports.FIXED_IPS, List.of()));
    more.add(address);
    return session
        .elevated()
        .update(session.view(port), session.changes(Ports.TYPE).set(Ports.FIXED_IPS, more).build());
  }

  private static boolean hasIpv6(Resource port) {
    return RouterPorts.addresses(port).stream().anyMatch(ip -> ip.address().version() == 6);
  }

  /**
   * Takes the router off a port, a subnet, or a port that must be on the subnet; returns the
   * answer.
   */
  public static Map<String, Object> remove(
      Session session, Resource router, @Nullable String portId, @Nullable String subnetId) {
    List<Resource> interfaces = RouterPorts.interfaces(session, router.id());
    Resource port =
        portId != null
            ? named(router, interfaces, portId, subnetId)
            : on(session, router, interfaces, String.valueOf(subnetId));
    List<Resource> subnets = RouterPorts.subnets(session, List.of(port));
    List<Resource> leaving =
        subnetId == null ? subnets : subnets.stream().filter(s -> s.id().equals(subnetId)).toList();
    for (Resource subnet : leaving) {
      FloatingIpUse.refuseIfNeeded(session, router.id(), subnet);
      ExtraRoutes.refuseIfNeeded(router, subnet);
    }
    if (portId == null && leaving.size() < subnets.size()) {
      shrink(session, port, String.valueOf(subnetId));
    } else {
      session.elevated().delete(session.view(port));
    }
    session.touch(Routers.TYPE, router.id());
    return tell(session, Operation.REMOVE_INTERFACE, router, port, leaving);
  }

  private static Resource named(
      Resource router, List<Resource> interfaces, String portId, @Nullable String subnetId) {
    Resource port =
        interfaces.stream()
            .filter(p -> p.id().equals(portId))
            .findFirst()
            .orElseThrow(() -> RouterErrors.noInterface(router.id(), portId));
    if (subnetId != null
        && RouterPorts.addresses(port).stream().noneMatch(ip -> ip.subnetId().equals(subnetId))) {
      throw new NeutronException(
          400,
          "SubnetMismatchForPort",
          "Subnet on port " + portId + " does not match the requested subnet " + subnetId + ".");
    }
    return port;
  }

  private static Resource on(
      Session session, Resource router, List<Resource> interfaces, String subnetId) {
    session.get(Subnets.TYPE, subnetId);
    return interfaces.stream()
        .filter(
            p -> RouterPorts.addresses(p).stream().anyMatch(ip -> ip.subnetId().equals(subnetId)))
        .findFirst()
        .orElseThrow(() -> RouterErrors.noInterfaceOn(router.id(), subnetId));
  }

  private static void shrink(Session session, Resource port, String subnetId) {
    List<Map<String, Object>> rest = new ArrayList<>(port.get(Ports.FIXED_IPS, List.of()));
    rest.removeIf(ip -> subnetId.equals(ip.get("subnet_id")));
    session
        .elevated()
        .update(session.view(port), session.changes(Ports.TYPE).set(Ports.FIXED_IPS, rest).build());
  }

  private static Map<String, Object> tell(
      Session session,
      Operation operation,
      Resource router,
      Resource port,
      List<Resource> subnets) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", router.id());
    answer.put("tenant_id", port.projectId());
    answer.put("port_id", port.id());
    answer.put("network_id", port.get(Ports.NETWORK_ID));
    if (!subnets.isEmpty()) {
      answer.put("subnet_id", subnets.getLast().id());
    }
    answer.put("subnet_ids", subnets.stream().map(Resource::id).toList());
    Resource now = session.elevated().find(Routers.TYPE, router.id()).orElse(router);
    session.changed(new Change(operation, Routers.TYPE, router, now, answer));
    return answer;
  }
}
