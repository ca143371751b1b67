package org.midonet.cluster.translation;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.Dhcp;
import org.midonet.topology.Ids;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.References;
import org.midonet.topology.Route;
import org.midonet.topology.Rule;
import org.midonet.topology.TopologyObject;

/**
 * A small OpenStack: a tenant's network and an external one, a router, a security group; for one
 * thread. Everything else is added in a line.
 */
final class Site {
  static final UUID NET = id(1);
  static final UUID SUBNET = id(2);
  static final UUID EXT = id(3);
  static final UUID EXT_SUBNET = id(4);
  static final UUID ROUTER = id(5);
  static final UUID GROUP = id(6);
  static final UUID GATEWAY = id(7);
  static final UUID JOIN = id(8);

  final Neutron neutron = new Neutron();

  static UUID id(int number) {
    return UUID.fromString("%08x-0000-4000-8000-000000000000".formatted(number));
  }

  /** Networks, subnets, router and group, not yet joined. */
  static Site unjoined() {
    Site site = new Site();
    site.neutron
        .create(ObjectType.NEUTRON_NETWORK, "{'id':'%s','admin_state_up':true}".formatted(NET))
        .create(ObjectType.NEUTRON_NETWORK, "{'id':'%s','router:external':true}".formatted(EXT));
    site.subnet(SUBNET, NET, "10.0.0.0/24", "10.0.0.1");
    site.subnet(EXT_SUBNET, EXT, "200.0.0.0/24", "200.0.0.1");
    site.neutron
        .create(ObjectType.NEUTRON_ROUTER, "{'id':'%s','name':'r'}".formatted(ROUTER))
        .create(ObjectType.SECURITY_GROUP, "{'id':'%s','name':'g'}".formatted(GROUP));
    return site;
  }

  /** The router joins the tenant's network and has a gateway. */
  static Site joined() {
    return unjoined().join().gateway(true);
  }

  Site join() {
    port(JOIN, NET, SUBNET, "10.0.0.1", "'device_owner':'network:router_interface'");
    neutron.create(ObjectType.NEUTRON_ROUTER_INTERFACE, interfaceOf(JOIN, SUBNET));
    return this;
  }

  static String interfaceOf(UUID port, UUID subnet) {
    return "{'id':'%s','port_id':'%s','subnet_ids':['%s']}".formatted(ROUTER, port, subnet);
  }

  Site gateway(boolean snat) {
    port(GATEWAY, EXT, EXT_SUBNET, "200.0.0.2", "'device_owner':'network:router_gateway'");
    neutron.update(ObjectType.NEUTRON_ROUTER, routerWithGateway(snat, ""));
    return this;
  }

  static String routerWithGateway(boolean snat, String routes) {
    return "{'id':'%s','name':'r','gw_port_id':'%s','external_gateway_info':{'network_id':'%s','enable_snat':%s},'routes':[%s]}"
        .formatted(ROUTER, GATEWAY, EXT, snat, routes);
  }

  Site subnet(UUID id, UUID network, String cidr, String gateway) {
    neutron.create(
        ObjectType.NEUTRON_SUBNET,
        "{'id':'%s','network_id':'%s','cidr':'%s','gateway_ip':'%s','enable_dhcp':true}"
            .formatted(id, network, cidr, gateway));
    return this;
  }

  Site port(UUID id, UUID network, UUID subnet, String address, String... more) {
    neutron.create(ObjectType.NEUTRON_PORT, portDocument(id, network, subnet, address, more));
    return this;
  }

  Site updatePort(UUID id, UUID network, UUID subnet, String address, String... more) {
    neutron.update(ObjectType.NEUTRON_PORT, portDocument(id, network, subnet, address, more));
    return this;
  }

  /** A virtual machine's port in the group. */
  Site machine(UUID id, String address) {
    return port(id, NET, SUBNET, address, "'security_groups':['%s']".formatted(GROUP));
  }

  static String portDocument(UUID id, UUID network, UUID subnet, String address, String... more) {
    return Stream.concat(
            Stream.of(
                "'id':'%s'".formatted(id),
                "'network_id':'%s'".formatted(network),
                "'admin_state_up':true",
                "'mac_address':'%s'".formatted(mac(id)),
                "'fixed_ips':[{'ip_address':'%s','subnet_id':'%s'}]".formatted(address, subnet)),
            Stream.of(more))
        .collect(Collectors.joining(",", "{", "}"));
  }

  static Mac mac(UUID id) {
    return new Mac(0xfa163e000000L | id.getMostSignificantBits() >>> 32);
  }

  Site floatingIp(UUID id, String address, UUID port, String fixed) {
    neutron.create(ObjectType.FLOATING_IP, floatingIpDocument(id, address, port, fixed));
    return this;
  }

  static String floatingIpDocument(UUID id, String address, UUID port, String fixed) {
    return "{'id':'%s','floating_ip_address':'%s','floating_network_id':'%s','router_id':'%s','port_id':'%s','fixed_ip_address':'%s'}"
        .formatted(id, address, EXT, ROUTER, port, fixed);
  }

  Site delete(ObjectType<NeutronObject> type, UUID id) {
    neutron.delete(type, id);
    return this;
  }

  <T extends TopologyObject> T get(ObjectType<T> type, UUID id) {
    return neutron.topology().get(type, id);
  }

  boolean has(ObjectType<?> type, UUID id) {
    return neutron.topology().has(type, id);
  }

  Port routerPort(UUID neutronPort) {
    return get(ObjectType.PORT, Ids.ROUTER_INTERFACE_PORT_PEER.of(neutronPort));
  }

  Port gatewayPort() {
    return get(ObjectType.PORT, Ids.TENANT_GW_PORT.of(GATEWAY));
  }

  Dhcp dhcp(UUID subnet) {
    return get(ObjectType.DHCP, subnet);
  }

  /** The rules of a chain, in order. */
  List<Rule> rules(UUID chain) {
    return get(ObjectType.CHAIN, chain).ruleIds().stream()
        .map(id -> get(ObjectType.RULE, id))
        .toList();
  }

  List<Route> routes(UUID port) {
    return neutron.topology().related(References.PORT_ROUTES, port, ObjectType.ROUTE);
  }

  Object arp(UUID network, String address) {
    return String.valueOf(
        neutron.topology().lookUp(StateTable.arps(network), Ipv4Address.parse(address)));
  }

  Object macTable(UUID network, Mac mac) {
    return String.valueOf(neutron.topology().lookUp(StateTable.macs(network, 0), mac));
  }
}
