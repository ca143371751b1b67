package org.midonet.cluster.translation;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.FloatingIp;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronPort.DeviceOwner;
import org.midonet.cluster.neutron.NeutronRouter;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.Ids;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.References;

/**
 * A floating IP that leads to a port becomes rules of the router, and an entry in the external
 * network's ARP table by which the router's neighbours find it. Stateless. midonet.md 4.7.
 */
final class FloatingIps {
  private FloatingIps() {}

  /**
   * Where a floating IP is: a port of the router, and Neutron's port at the other end of its wire.
   */
  private record Place(NeutronPort neutronPort, UUID routerPort, boolean isGateway) {}

  static void create(Draft draft, FloatingIp floatingIp) {
    if (floatingIp.portId() != null) {
      associate(draft, floatingIp);
    }
  }

  static void update(Draft draft, FloatingIp floatingIp) {
    FloatingIp old = draft.floatingIp(floatingIp.id());
    if (sameWay(old, floatingIp)) {
      return;
    }
    if (old.portId() != null) {
      disassociate(draft, old);
    }
    if (floatingIp.portId() != null) {
      associate(draft, floatingIp);
    }
  }

  static void delete(Draft draft, FloatingIp floatingIp) {
    if (floatingIp.portId() != null) {
      disassociate(draft, floatingIp);
    }
  }

  /** Floating IPs that lead to a port lead nowhere once it is gone. */
  static void portIsGone(Draft draft, NeutronPort port) {
    for (UUID id : draft.references(References.NEUTRON_PORT_FLOATING_IPS, port.id())) {
      FloatingIp floatingIp = draft.floatingIp(id);
      forgetNeighbour(draft, floatingIp);
      FloatingIpRules.delete(draft, id);
      NeutronObject stored = draft.get(ObjectType.FLOATING_IP, id);
      draft.update(
          stored.with("port_id", null).with("fixed_ip_address", null).with("router_id", null));
    }
  }

  private static boolean sameWay(FloatingIp old, FloatingIp floatingIp) {
    return Objects.equals(old.portId(), floatingIp.portId())
        && (old.portId() == null
            || (Objects.equals(old.routerId(), floatingIp.routerId())
                && Objects.equals(old.fixedIpAddress(), floatingIp.fixedIpAddress())
                && Objects.equals(old.floatingIpAddress(), floatingIp.floatingIpAddress())));
  }

  private static void associate(Draft draft, FloatingIp floatingIp) {
    refuseVip(draft, draft.port(Objects.requireNonNull(floatingIp.portId())));
    IpAddress address = required(floatingIp, "floating_ip_address", floatingIp.floatingIpAddress());
    IpAddress fixed = required(floatingIp, "fixed_ip_address", floatingIp.fixedIpAddress());
    NeutronRouter router = draft.router(required(floatingIp, "router_id", floatingIp.routerId()));
    if (address instanceof Ipv4Address ipv4) {
      Place place = place(draft, floatingIp, router, ipv4);
      Mac mac = place.neutronPort().macAddress();
      if (mac != null) {
        draft.addArp(place.neutronPort().networkId(), ipv4, mac);
      }
      FloatingIpRules.create(draft, floatingIp, fixed, place.routerPort(), place.isGateway());
    } else if (router.gwPortId() != null) {
      Fip64.add(draft, floatingIp, router);
    }
  }

  /** A router balances what comes to a VIP's own address, before its rules translate addresses. */
  private static void refuseVip(Draft draft, NeutronPort port) {
    if (port.deviceOwner() == DeviceOwner.LOADBALANCER
        && draft.list(ObjectType.NEUTRON_VIP).stream()
            .anyMatch(vip -> port.id().equals(Documents.vip(vip).portId()))) {
      throw TranslationException.invalid(
          "Port " + port.id() + " is that of a VIP, which no floating IP can lead to");
    }
  }

  private static void disassociate(Draft draft, FloatingIp floatingIp) {
    NeutronRouter router = routerOrNull(draft, floatingIp);
    IpAddress address = floatingIp.floatingIpAddress();
    if (router == null || address == null) {
      forgetNeighbour(draft, floatingIp);
    } else if (address instanceof Ipv4Address ipv4) {
      Place place = place(draft, floatingIp, router, ipv4);
      Mac mac = place.neutronPort().macAddress();
      if (mac != null) {
        draft.removeArp(place.neutronPort().networkId(), ipv4, mac);
      }
    } else if (router.gwPortId() != null) {
      Fip64.remove(draft, floatingIp, router);
    }
    FloatingIpRules.delete(draft, floatingIp.id());
  }

  /** Undoes what {@link #associate} told the network, whether or not the gateway is still there. */
  private static void forgetNeighbour(Draft draft, FloatingIp floatingIp) {
    UUID network = floatingIp.floatingNetworkId();
    NeutronRouter router = routerOrNull(draft, floatingIp);
    if (network != null && floatingIp.floatingIpAddress() instanceof Ipv4Address address) {
      draft.removeArp(network, address);
    } else if (router != null && router.gwPortId() != null) {
      Fip64.remove(draft, floatingIp, router);
    }
  }

  private static @Nullable NeutronRouter routerOrNull(Draft draft, FloatingIp floatingIp) {
    return floatingIp.routerId() != null
            && draft.exists(ObjectType.NEUTRON_ROUTER, floatingIp.routerId())
        ? draft.router(floatingIp.routerId())
        : null;
  }

  /** The gateway if the address is on the network beyond it, else the interface in its subnet. */
  private static Place place(
      Draft draft, FloatingIp floatingIp, NeutronRouter router, Ipv4Address address) {
    UUID network = required(floatingIp, "floating_network_id", floatingIp.floatingNetworkId());
    draft.require(ObjectType.BRIDGE, network);
    List<UUID> subnets =
        draft.references(References.BRIDGE_DHCPS, network).stream()
            .filter(id -> draft.get(ObjectType.DHCP, id).subnet().contains(address))
            .toList();
    UUID gatewayPort = router.gwPortId() == null ? null : Ids.TENANT_GW_PORT.of(router.gwPortId());
    if (router.gwPortId() != null && gatewayPort != null && !subnets.isEmpty()) {
      NeutronPort gateway = draft.port(router.gwPortId());
      draft.require(ObjectType.PORT, gatewayPort);
      if (gateway.networkId().equals(network)) {
        return new Place(gateway, gatewayPort, true);
      }
    }
    for (Port port : draft.routerPorts(router.id())) {
      NeutronPort peer = port.id().equals(gatewayPort) ? null : peer(draft, port);
      if (peer != null && subnets.contains(peer.fixedIps().getFirst().subnetId())) {
        return new Place(peer, port.id(), false);
      }
    }
    throw TranslationException.conflict(
        "Router " + router.id() + " has no port whose subnet contains " + address);
  }

  /** Neutron's port at the other end of a router port that has an address. */
  private static @Nullable NeutronPort peer(Draft draft, Port port) {
    if (port.peerId() == null || port.portSubnets().isEmpty()) {
      return null;
    }
    if (!draft.exists(ObjectType.NEUTRON_PORT, port.peerId())) {
      return null;
    }
    NeutronPort peer = draft.port(port.peerId());
    return peer.fixedIps().isEmpty() ? null : peer;
  }

  private static <T> T required(FloatingIp floatingIp, String field, @Nullable T value) {
    if (value == null) {
      throw TranslationException.invalid(
          "Floating IP " + floatingIp.id() + " leads to a port, but has no " + field);
    }
    return value;
  }
}
