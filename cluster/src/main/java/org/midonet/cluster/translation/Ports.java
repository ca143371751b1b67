package org.midonet.cluster.translation;

import java.util.Objects;
import org.midonet.cluster.neutron.NeutronNetwork;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronPort.DeviceOwner;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;

/**
 * A port becomes a bridge port of the same id, with what its owner needs around it. Stateless.
 * midonet.md 4.3 and 4.4.
 *
 * <p>Ports of floating IPs and of uplink networks have no bridge port, and what is on a remote site
 * is reached by somebody else's.
 */
final class Ports {
  private Ports() {}

  static void create(Draft draft, NeutronPort port) {
    NeutronNetwork network = draft.network(port.networkId());
    if (port.owner() == DeviceOwner.FLOATINGIP || network.isUplink()) {
      return;
    }
    if (port.owner() == DeviceOwner.REMOTE_SITE) {
      Seeds.add(draft, port);
      return;
    }
    if (PortFilters.isFiltered(port)) {
      PortFilters.create(draft, port);
    }
    draft.create(bridgePort(draft, port));
    Seeds.add(draft, port);
    GroupMembers.add(draft, port);
    switch (port.owner()) {
      case COMPUTE -> DhcpHosts.add(draft, port);
      case DHCP -> port.fixedIps().forEach(ip -> DhcpServers.add(draft, ip));
      case FLOATINGIP, ROUTER_GW, ROUTER_INTF, LOADBALANCER, REMOTE_SITE, LOADBALANCERV2 -> {}
    }
  }

  private static Port bridgePort(Draft draft, NeutronPort port) {
    PortBuilder builder =
        PortBuilder.builder()
            .id(port.id())
            .bridgeId(port.networkId())
            .adminStateUp(port.adminStateUp())
            .qosPolicyId(port.qosPolicyId());
    if (PortFilters.isFiltered(port)) {
      builder.inboundFilterId(PortFilters.inbound(port.id()));
      builder.outboundFilterId(PortFilters.outbound(port.id()));
    }
    if (Hosts.isBound(port)) {
      builder.hostId(Hosts.of(draft, port).id()).interfaceName(Hosts.interfaceName(port));
    }
    return builder.tunnelKey(draft.nextTunnelKey()).build();
  }

  /**
   * What has no bridge port has nothing to update but what is stored of it, and an uplink's host.
   */
  static void update(Draft draft, NeutronPort port) {
    NeutronPort old = draft.port(port.id());
    Port bridgePort = draft.find(ObjectType.PORT, port.id());
    refuseOtherOwner(old, port);
    if (bridgePort == null) {
      if (draft.isUplink(port.networkId()) && !sameBinding(old, port)) {
        RouterInterfaces.rebind(draft, port);
      }
      return;
    }
    if (old.owner() == DeviceOwner.ROUTER_INTF && port.owner() != DeviceOwner.ROUTER_INTF) {
      RouterInterfaces.portIsGone(draft, port.id());
    }
    PortFilters.update(draft, old, port);
    updateBridgePort(draft, old, port);
    GroupMembers.update(draft, old, port);
    Seeds.update(draft, old, port);
    updateDhcp(draft, old, port);
    if (port.owner() == DeviceOwner.ROUTER_GW) {
      Gateways.portChanges(draft, port);
    }
    if (port.owner() == DeviceOwner.ROUTER_INTF && !old.fixedIps().equals(port.fixedIps())) {
      RouterInterfaces.update(draft, old, port);
    }
  }

  /** Only a router may take over a virtual machine's port, and give it back. */
  private static void refuseOtherOwner(NeutronPort old, NeutronPort port) {
    if (old.owner() != port.owner() && !(isChangeable(old) && isChangeable(port))) {
      throw TranslationException.invalid(
          "The device_owner of port "
              + port.id()
              + " cannot change from "
              + old.owner()
              + " to "
              + port.owner());
    }
  }

  private static boolean isChangeable(NeutronPort port) {
    return port.owner() == DeviceOwner.COMPUTE || port.owner() == DeviceOwner.ROUTER_INTF;
  }

  /** Bindings of virtual machines' ports are the agents' to make; an update leaves them alone. */
  private static void updateBridgePort(Draft draft, NeutronPort old, NeutronPort port) {
    Port bridgePort =
        draft
            .get(ObjectType.PORT, port.id())
            .withAdminStateUp(port.adminStateUp())
            .withQosPolicyId(port.qosPolicyId());
    boolean filtered = PortFilters.isFiltered(port);
    bridgePort =
        bridgePort
            .withInboundFilterId(filtered ? PortFilters.inbound(port.id()) : null)
            .withOutboundFilterId(filtered ? PortFilters.outbound(port.id()) : null);
    if (old.owner() != port.owner()) {
      bridgePort = bridgePort.withHostId(null).withInterfaceName(null);
    }
    if (port.owner() == DeviceOwner.ROUTER_INTF && !sameBinding(old, port)) {
      boolean bound = Hosts.isBound(port);
      bridgePort =
          bridgePort
              .withHostId(bound ? Hosts.of(draft, port).id() : null)
              .withInterfaceName(bound ? Hosts.interfaceName(port) : null);
    }
    draft.update(bridgePort);
  }

  private static boolean sameBinding(NeutronPort old, NeutronPort port) {
    return Objects.equals(old.hostId(), port.hostId())
        && Objects.equals(Hosts.interfaceName(old), Hosts.interfaceName(port));
  }

  private static void updateDhcp(Draft draft, NeutronPort old, NeutronPort port) {
    if (port.owner() == DeviceOwner.COMPUTE) {
      DhcpHosts.update(draft, old, port);
    } else if (old.owner() == DeviceOwner.COMPUTE) {
      DhcpHosts.remove(draft, old);
    } else if (port.owner() == DeviceOwner.DHCP) {
      old.fixedIps().stream()
          .filter(ip -> !port.fixedIps().contains(ip))
          .forEach(ip -> DhcpServers.remove(draft, ip));
      port.fixedIps().stream()
          .filter(ip -> !old.fixedIps().contains(ip))
          .forEach(ip -> DhcpServers.add(draft, ip));
    }
  }

  static void delete(Draft draft, NeutronPort port) {
    if (port.owner() == DeviceOwner.FLOATINGIP) {
      return;
    }
    if (draft.isUplink(port.networkId())) {
      if (port.owner() == DeviceOwner.ROUTER_INTF) {
        draft.delete(ObjectType.PORT, Ids.ROUTER_INTERFACE_PORT_PEER.of(port.id()));
      }
      return;
    }
    Seeds.remove(draft, port);
    FloatingIps.portIsGone(draft, port);
    if (port.owner() == DeviceOwner.ROUTER_GW) {
      Gateways.portGoes(draft, port.id());
    }
    draft.delete(ObjectType.PORT, port.id());
    if (PortFilters.isFiltered(port)) {
      PortFilters.delete(draft, port.id());
    }
    switch (port.owner()) {
      case COMPUTE -> DhcpHosts.remove(draft, port);
      case DHCP -> {
        for (FixedIp ip : port.fixedIps()) {
          DhcpServers.remove(draft, ip);
        }
      }
      case ROUTER_INTF -> RouterInterfaces.portIsGone(draft, port.id());
      case FLOATINGIP, ROUTER_GW, LOADBALANCER, REMOTE_SITE, LOADBALANCERV2 -> {}
    }
  }
}
