package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.cluster.neutron.NeutronRouter;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Dhcp;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;

/**
 * A router's gateway: a router port with the addresses of Neutron's gateway port, wired to that
 * port on the external network. Stateless. midonet.md 4.5.
 */
final class Gateways {
  private Gateways() {}

  /**
   * Makes the gateway what the router says.
   *
   * @param old null for a new router
   */
  static void reconcile(Draft draft, @Nullable NeutronRouter old, NeutronRouter router) {
    UUID before = old == null ? null : old.gwPortId();
    UUID after = router.gwPortId();
    if (before != null && !before.equals(after)) {
      detach(draft, before);
    }
    if (after == null) {
      return;
    }
    NeutronPort neutronPort = draft.port(after);
    Port present = draft.find(ObjectType.PORT, Ids.TENANT_GW_PORT.of(after));
    if (present != null && isStale(draft, present, neutronPort)) {
      detach(draft, after);
      present = null;
    }
    if (present == null) {
      attach(draft, router, neutronPort);
    } else {
      reconcileSnat(draft, router, present);
    }
  }

  /** The port on the external network changes; the router port has the addresses that it gets. */
  static void portChanges(Draft draft, NeutronPort port) {
    Port present = draft.find(ObjectType.PORT, Ids.TENANT_GW_PORT.of(port.id()));
    if (present == null || present.routerId() == null || !isStale(draft, present, port)) {
      return;
    }
    NeutronRouter router = draft.router(present.routerId());
    detach(draft, port.id());
    attach(draft, router, port);
    ExtraRoutes.reconcile(draft, router, router);
  }

  /** The port on the external network is to be deleted; what is on the router goes before it. */
  static void portGoes(Draft draft, UUID neutronPort) {
    detach(draft, neutronPort);
  }

  /** Whether the router port has not the addresses that Neutron's port has by now. */
  private static boolean isStale(Draft draft, Port present, NeutronPort port) {
    Set<IpPrefix> addresses = new HashSet<>(present.portSubnets());
    addresses.removeIf(LinkLocal::is);
    return !addresses.equals(Set.copyOf(addresses(draft, port)))
        || (port.macAddress() != null && !Objects.equals(port.macAddress(), present.portMac()));
  }

  private static void attach(Draft draft, NeutronRouter router, NeutronPort neutronPort) {
    if (draft.network(neutronPort.networkId()).isUplink()) {
      throw TranslationException.invalid(
          "Uplink network "
              + neutronPort.networkId()
              + " cannot be beyond the gateway of router "
              + router.id()
              + "; uplinks are interfaces of a router");
    }
    UUID id = Ids.TENANT_GW_PORT.of(neutronPort.id());
    List<IpPrefix> addresses = addresses(draft, neutronPort);
    PortBuilder builder =
        PortBuilder.builder()
            .id(id)
            .routerId(router.id())
            .adminStateUp(true)
            .portMac(neutronPort.macAddress() == null ? draft.newMac() : neutronPort.macAddress())
            .peerId(neutronPort.id())
            .portAddress(addresses.isEmpty() ? null : addresses.getFirst().address());
    IpPrefix internal = null;
    List<IpPrefix> subnets = new ArrayList<>(addresses);
    if (addresses.stream().anyMatch(address -> address.address().version() == 6)) {
      internal = LinkLocal.firstFree(draft.routerPorts(router.id()));
      subnets.add(internal);
      builder.tunnelKey(draft.nextFip64Key());
    }
    draft.create(builder.portSubnets(subnets).build());
    VipSeeds.reconcileAll(draft, router.id());
    for (FixedIp ip : located(neutronPort)) {
      if (ip.address().version() == 4) {
        setUp4(draft, router, id, ip);
      } else {
        Nat64.routePool(draft, id, ip.address());
      }
    }
    if (internal != null) {
      Nat64.acceptPool(draft, router.id(), id);
      draft.create(Routes.local(id, internal.address()));
    }
  }

  private static void setUp4(Draft draft, NeutronRouter router, UUID port, FixedIp ip) {
    Dhcp dhcp = dhcp(draft, ip);
    IpAddress address = ip.address();
    draft.create(Routes.defaultRoute(port, address, dhcp));
    draft.create(Routes.local(port, address));
    draft.create(Routes.connected(port, address, IpPrefix.of(dhcp.subnet())));
    if (router.isSnatEnabled()) {
      SourceNat.on(draft, router.id(), port, address);
    }
  }

  private static void reconcileSnat(Draft draft, NeutronRouter router, Port port) {
    IpAddress address = port.portAddress();
    if (!router.isSnatEnabled()) {
      SourceNat.off(draft, router.id());
    } else if (address != null && address.version() == 4) {
      SourceNat.on(draft, router.id(), port.id(), address);
    }
  }

  /** Routes go with the port, and so does the rule for IPv6. */
  private static void detach(Draft draft, UUID neutronPort) {
    Port port = draft.find(ObjectType.PORT, Ids.TENANT_GW_PORT.of(neutronPort));
    if (port == null) {
      return;
    }
    UUID router = port.routerId();
    draft.delete(ObjectType.PORT, port.id());
    if (router != null) {
      SourceNat.off(draft, router);
      VipSeeds.reconcileAll(draft, router);
    }
  }

  /** The addresses that say where they are. */
  private static List<FixedIp> located(NeutronPort port) {
    return port.fixedIps().stream().filter(ip -> ip.subnetId() != null).toList();
  }

  private static List<IpPrefix> addresses(Draft draft, NeutronPort port) {
    List<IpPrefix> addresses = new ArrayList<>();
    for (FixedIp ip : located(port)) {
      Dhcp dhcp = dhcp(draft, ip);
      if (!dhcp.subnet().contains(ip.address())) {
        throw TranslationException.invalid(
            "The address "
                + ip.address()
                + " of port "
                + port.id()
                + " is not in "
                + dhcp.subnet());
      }
      addresses.add(new IpPrefix(ip.address(), dhcp.subnet().prefixLength()));
    }
    return addresses;
  }

  private static Dhcp dhcp(Draft draft, FixedIp ip) {
    return draft.get(ObjectType.DHCP, Objects.requireNonNull(ip.subnetId()));
  }
}
