package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronPort.DeviceOwner;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.cluster.neutron.NeutronSubnet;
import org.midonet.cluster.neutron.RouterInterface;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.Dhcp;
import org.midonet.topology.Ids;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;
import org.midonet.topology.References;
import org.midonet.topology.Route;

/**
 * A router interface becomes a router port wired to Neutron's port on the bridge, or bound to an
 * interface of a host where the network is an uplink. Stateless. midonet.md 4.6.
 */
final class RouterInterfaces {
  private RouterInterfaces() {}

  /** An address of the router in a subnet. */
  private record Address(NeutronSubnet subnet, IpAddress ip) {
    /** With the subnet's length, host bits kept. */
    IpPrefix prefix() {
      return new IpPrefix(ip, subnet.cidr().prefixLength());
    }

    boolean isGateway() {
      return ip.equals(subnet.gatewayIp());
    }

    boolean isIpv6() {
      return ip.version() == 6;
    }
  }

  static void add(Draft draft, RouterInterface join) {
    NeutronPort port = draft.port(join.portId());
    boolean uplink = draft.network(port.networkId()).isUplink();
    draft.require(ObjectType.ROUTER, join.id());
    if (port.owner() != DeviceOwner.ROUTER_INTF) {
      convert(draft, join, port, uplink);
    }
    List<Address> addresses = addresses(draft, port, join.subnetIds());
    UUID id = peer(port);
    Port present = draft.find(ObjectType.PORT, id);
    if (present != null && join.id().equals(present.routerId())) {
      extend(draft, present, uplink, addresses);
      return;
    }
    PortBuilder builder =
        PortBuilder.builder()
            .id(id)
            .routerId(join.id())
            .adminStateUp(true)
            .portMac(port.macAddress() == null ? draft.newMac() : port.macAddress())
            .portSubnets(addresses.stream().map(Address::prefix).toList())
            .portAddress(addresses.isEmpty() ? null : addresses.getFirst().ip());
    if (uplink) {
      bind(draft, builder, join.id(), port);
    } else {
      wire(draft, builder, join.id(), port, addresses);
    }
    draft.create(builder.build());
    for (Address address : addresses) {
      setUp(draft, join.id(), id, uplink, address);
    }
  }

  /** Neutron puts all IPv6 subnets of a network at one port, and tells of each as it comes. */
  private static void extend(Draft draft, Port present, boolean uplink, List<Address> addresses) {
    List<Address> added =
        addresses.stream()
            .filter(address -> !present.portSubnets().contains(address.prefix()))
            .toList();
    if (added.isEmpty()) {
      throw TranslationException.conflict(
          "Port " + present.id() + " of router " + present.routerId() + " is in these subnets");
    }
    List<IpPrefix> subnets = new ArrayList<>(present.portSubnets());
    added.forEach(address -> subnets.add(address.prefix()));
    Port extended = present.withPortSubnets(subnets).withPortAddress(subnets.getFirst().address());
    boolean needsKey = present.tunnelKey() == 0 && added.stream().anyMatch(Address::isIpv6);
    draft.update(needsKey ? extended.withTunnelKey(draft.nextFip64Key()) : extended);
    for (Address address : added) {
      setUp(draft, Objects.requireNonNull(present.routerId()), present.id(), uplink, address);
    }
  }

  /** The port on the bridge becomes the router's: it is filtered no more, and not asked to boot. */
  private static void convert(Draft draft, RouterInterface join, NeutronPort port, boolean uplink) {
    NeutronObject stored = draft.get(ObjectType.NEUTRON_PORT, port.id());
    draft.update(
        stored
            .with("device_owner", "network:router_interface")
            .with("device_id", join.id().toString()));
    if (!uplink && port.owner() == DeviceOwner.COMPUTE) {
      PortFilters.delete(draft, port.id());
      GroupMembers.remove(draft, port);
      DhcpHosts.remove(draft, port);
    }
  }

  /** An uplink moves to another interface, or to none. */
  static void rebind(Draft draft, NeutronPort port) {
    Port routerPort = draft.find(ObjectType.PORT, peer(port));
    if (routerPort != null) {
      boolean bound = Hosts.isBound(port);
      draft.update(
          routerPort
              .withHostId(bound ? Hosts.of(draft, port).id() : null)
              .withInterfaceName(bound ? Hosts.interfaceName(port) : null));
    }
  }

  private static void bind(Draft draft, PortBuilder builder, UUID router, NeutronPort port) {
    if (port.hostId() == null || port.hostId().isEmpty()) {
      throw TranslationException.notFound(
          "Port " + port.id() + " of an uplink network needs the name of a host, binding:host_id");
    }
    if (Hosts.interfaceName(port) == null) {
      throw TranslationException.invalid(
          "Port " + port.id() + " of an uplink network needs an interface_name in binding:profile");
    }
    builder
        .hostId(Hosts.of(draft, port).id())
        .interfaceName(Hosts.interfaceName(port))
        .portGroupIds(List.of(Ids.PORT_GROUP.of(router)))
        .tunnelKey(draft.nextTunnelKey());
  }

  private static void wire(
      Draft draft, PortBuilder builder, UUID router, NeutronPort port, List<Address> addresses) {
    builder.peerId(port.id()).portGroupIds(List.of(Ids.ROUTER_INTERFACE_PORT_GROUP.of(router)));
    if (addresses.stream().anyMatch(Address::isIpv6)) {
      builder.tunnelKey(draft.nextFip64Key());
    }
  }

  private static void setUp(Draft draft, UUID router, UUID port, boolean uplink, Address address) {
    if (address.isIpv6()) {
      if (!uplink) {
        Nat64.acceptPool(draft, router, port);
        Nat64.routePool(draft, port, address.ip());
      }
    } else {
      if (!uplink) {
        SameSubnetNat.create(draft, router, port, address.ip());
        linkDhcp(draft, port, address);
      }
      draft.create(Routes.connected(port, address.ip(), address.prefix()));
    }
    draft.create(Routes.local(port, address.ip()));
  }

  /** The subnet's gateway knows the way to metadata, if a DHCP port offers one. */
  private static void linkDhcp(Draft draft, UUID port, Address address) {
    if (!address.isGateway()) {
      return;
    }
    Dhcp dhcp = draft.get(ObjectType.DHCP, address.subnet().id());
    if (dhcp.routerIfPortId() != null && !dhcp.routerIfPortId().equals(port)) {
      throw TranslationException.conflict(
          "Subnet " + dhcp.id() + " has its gateway at port " + dhcp.routerIfPortId() + " already");
    }
    draft.update(dhcp.withRouterIfPortId(port));
    IpAddress server = dhcp.serverAddress();
    if (server != null && !server.equals(dhcp.defaultGateway())) {
      draft.create(Routes.metadata(port, address.ip(), address.prefix(), server));
    }
  }

  /** Takes subnets away from an interface. If its port is deleted first, nothing is left to do. */
  static void remove(Draft draft, RouterInterface leave) {
    if (!draft.exists(ObjectType.NEUTRON_PORT, leave.portId())) {
      return;
    }
    NeutronPort port = draft.port(leave.portId());
    Port routerPort = draft.get(ObjectType.PORT, peer(port));
    boolean uplink = draft.network(port.networkId()).isUplink();
    take(draft, routerPort, uplink, addresses(draft, port, leave.subnetIds()));
  }

  private static void take(Draft draft, Port routerPort, boolean uplink, List<Address> gone) {
    List<IpPrefix> kept = new ArrayList<>(routerPort.portSubnets());
    kept.removeAll(gone.stream().map(Address::prefix).toList());
    boolean ipv6 = kept.stream().anyMatch(subnet -> subnet.address().version() == 6);
    if (!ipv6) {
      Nat64.forgetPool(draft, routerPort.id());
    }
    draft.update(
        routerPort
            .withPortSubnets(kept)
            .withPortAddress(kept.isEmpty() ? null : kept.getFirst().address())
            .withTunnelKey(uplink || ipv6 ? routerPort.tunnelKey() : 0));
    for (Address address : gone) {
      tearDown(
          draft, Objects.requireNonNull(routerPort.routerId()), routerPort.id(), uplink, address);
    }
  }

  private static void tearDown(
      Draft draft, UUID router, UUID port, boolean uplink, Address address) {
    draft.delete(ObjectType.ROUTE, Ids.ROUTER_INTERFACE_ROUTE.of(port, address.ip()));
    draft.delete(ObjectType.ROUTE, Ids.LOCAL_ROUTE.of(port, address.ip()));
    if (uplink || address.isIpv6()) {
      return;
    }
    SameSubnetNat.delete(draft, router, port);
    Dhcp dhcp = draft.find(ObjectType.DHCP, address.subnet().id());
    if (dhcp != null && port.equals(dhcp.routerIfPortId())) {
      unlinkDhcp(draft, dhcp, port);
    }
  }

  private static void unlinkDhcp(Draft draft, Dhcp dhcp, UUID port) {
    draft.update(dhcp.withRouterIfPortId(null));
    for (UUID id : List.copyOf(draft.references(References.PORT_ROUTES, port))) {
      Route route = draft.get(ObjectType.ROUTE, id);
      if (Routes.isMetadata(route) && route.src().cidr().equals(dhcp.subnet())) {
        draft.delete(ObjectType.ROUTE, id);
      }
    }
  }

  /** The subnet has another gateway, or none: another interface may be the one that has it. */
  static void gatewayChanged(Draft draft, NeutronSubnet subnet) {
    Dhcp dhcp = draft.get(ObjectType.DHCP, subnet.id());
    if (dhcp.routerIfPortId() != null) {
      unlinkDhcp(draft, dhcp, dhcp.routerIfPortId());
    }
    if (!(subnet.gatewayIp() instanceof Ipv4Address gateway)) {
      return;
    }
    Address address = new Address(subnet, gateway);
    for (UUID id : draft.references(References.BRIDGE_PORTS, subnet.networkId())) {
      Port port = draft.find(ObjectType.PORT, Ids.ROUTER_INTERFACE_PORT_PEER.of(id));
      if (port != null && port.portSubnets().contains(address.prefix())) {
        linkDhcp(draft, port.id(), address);
      }
    }
  }

  /** The port on the bridge is deleted; what is on the router goes too, routes included. */
  static void portIsGone(Draft draft, UUID neutronPort) {
    UUID id = Ids.ROUTER_INTERFACE_PORT_PEER.of(neutronPort);
    Port port = draft.find(ObjectType.PORT, id);
    if (port != null && port.routerId() != null) {
      SameSubnetNat.delete(draft, port.routerId(), id);
    }
    draft.delete(ObjectType.PORT, id);
  }

  /**
   * The port has other addresses. A router's address in a subnet is what the subnet's machines know
   * it by; another one is refused, in MidoNet's words. Addresses of further subnets may go; those
   * that come are told by themselves.
   */
  static void update(Draft draft, NeutronPort old, NeutronPort port) {
    Port routerPort = draft.find(ObjectType.PORT, peer(port));
    if (routerPort == null || old.fixedIps().isEmpty()) {
      return;
    }
    refuseOtherAddress(draft, routerPort, old, port);
    List<Address> gone = new ArrayList<>();
    for (FixedIp ip : old.fixedIps()) {
      if (ip.subnetId() != null && !port.fixedIps().contains(ip)) {
        gone.add(new Address(draft.subnet(ip.subnetId()), ip.address()));
      }
    }
    take(draft, routerPort, false, gone);
  }

  private static void refuseOtherAddress(
      Draft draft, Port routerPort, NeutronPort old, NeutronPort port) {
    boolean moves = Collections.disjoint(old.fixedIps(), port.fixedIps());
    for (FixedIp ip : port.fixedIps()) {
      boolean replaces =
          !old.fixedIps().contains(ip)
              && old.fixedIps().stream()
                  .filter(was -> !port.fixedIps().contains(was))
                  .anyMatch(was -> Objects.equals(was.subnetId(), ip.subnetId()));
      if (moves || replaces) {
        draft.require(
            ObjectType.ROUTE, Ids.ROUTER_INTERFACE_ROUTE.of(routerPort.id(), ip.address()));
      }
    }
  }

  /**
   * The port's addresses in these subnets; a port that has no address at all gets each subnet's
   * gateway.
   */
  private static List<Address> addresses(Draft draft, NeutronPort port, List<UUID> subnets) {
    List<Address> addresses = new ArrayList<>();
    for (UUID subnet : subnets) {
      draft.require(ObjectType.NEUTRON_SUBNET, subnet);
    }
    for (FixedIp ip : port.fixedIps()) {
      if (ip.subnetId() != null && subnets.contains(ip.subnetId())) {
        addresses.add(checked(port, new Address(draft.subnet(ip.subnetId()), ip.address())));
      }
    }
    if (port.fixedIps().isEmpty()) {
      for (UUID subnet : subnets) {
        addresses.add(gatewayOf(port, draft.subnet(subnet)));
      }
    }
    return addresses;
  }

  private static Address gatewayOf(NeutronPort port, NeutronSubnet subnet) {
    if (subnet.gatewayIp() == null) {
      throw TranslationException.invalid(
          "Port " + port.id() + " has no fixed IPs, and subnet " + subnet.id() + " no gateway_ip");
    }
    return checked(port, new Address(subnet, subnet.gatewayIp()));
  }

  private static Address checked(NeutronPort port, Address address) {
    if (!address.subnet().cidr().contains(address.ip())) {
      throw TranslationException.invalid(
          "The address "
              + address.ip()
              + " of port "
              + port.id()
              + " is not in subnet "
              + address.subnet().id()
              + ", "
              + address.subnet().cidr());
    }
    return address;
  }

  private static UUID peer(NeutronPort port) {
    return Ids.ROUTER_INTERFACE_PORT_PEER.of(port.id());
  }
}
