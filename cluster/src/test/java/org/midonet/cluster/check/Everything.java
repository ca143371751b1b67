package org.midonet.cluster.check;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.midonet.cluster.importer.ImportTask;

/**
 * What Neutron tells an empty MidoNet of a small cloud: a tenant's network with two machines and a
 * DHCP port, an external one, a router between them with an extra route, a floating IP, two
 * security groups, a firewall, a pool with a member, a VIP and a health monitor, and a host in the
 * tunnel zone. Immutable.
 */
final class Everything {
  static final UUID NET = id(1);
  static final UUID SUBNET = id(2);
  static final UUID EXT = id(3);
  static final UUID EXT_SUBNET = id(4);
  static final UUID ROUTER = id(5);
  static final UUID GROUP = id(6);
  static final UUID OTHER_GROUP = id(7);
  static final UUID GATEWAY = id(8);
  static final UUID JOIN = id(9);
  static final UUID MACHINE = id(10);
  static final UUID OTHER_MACHINE = id(11);
  static final UUID DHCP_PORT = id(12);
  static final UUID FLOATING_IP = id(13);
  static final UUID RULE = id(14);
  static final UUID HOST = id(15);
  static final UUID FIREWALL = id(16);
  static final UUID FIREWALL_RULE = id(17);
  static final UUID POOL = id(18);
  static final UUID MEMBER = id(19);
  static final UUID VIP = id(20);
  static final UUID MONITOR = id(21);
  static final UUID CONFIG = new UUID(0, 1);

  private final List<ImportTask> tasks = new ArrayList<>();

  private Everything() {}

  static UUID id(int number) {
    return UUID.fromString("%08x-0000-4000-8000-000000000000".formatted(number));
  }

  static List<ImportTask> tasks() {
    Everything all = new Everything();
    all.create("CONFIG", CONFIG, "'tunnel_protocol':'vxlan'");
    all.create("AGENTMEMBERSHIP", HOST, "'ip_address':'192.168.0.1'");
    all.groups();
    all.create("NETWORK", NET, "'name':'net','admin_state_up':true,'tenant_id':'t'");
    all.create("NETWORK", EXT, "'name':'ext','admin_state_up':true,'router:external':true");
    all.subnet(SUBNET, NET, "10.0.0");
    all.subnet(EXT_SUBNET, EXT, "200.0.0");
    all.ports();
    String routes = "'routes':[{'destination':'8.0.0.0/8','nexthop':'200.0.0.77'}]";
    String router =
        "'name':'r','admin_state_up':true,'gw_port_id':'%s','external_gateway_info':{'network_id':'%s','enable_snat':true},"
            .formatted(GATEWAY, EXT);
    all.create("ROUTER", ROUTER, router + routes);
    all.add(
        "CREATE",
        "ROUTERINTERFACE",
        ROUTER,
        "'port_id':'%s','subnet_ids':['%s']".formatted(JOIN, SUBNET));
    all.add("UPDATE", "ROUTER", ROUTER, router + routes);
    all.create(
        "FLOATINGIP",
        FLOATING_IP,
        "'floating_ip_address':'200.0.0.50','floating_network_id':'%s','router_id':'%s','port_id':'%s','fixed_ip_address':'10.0.0.10'"
            .formatted(EXT, ROUTER, MACHINE));
    all.create(
        "FIREWALL",
        FIREWALL,
        "'admin_state_up':true,'add-router-ids':['%s'],'firewall_rule_list':[{'id':'%s','action':'allow','enabled':true,'ip_version':4,'protocol':'tcp','destination_port':'80'}]"
            .formatted(ROUTER, FIREWALL_RULE));
    all.loadBalancer();
    return List.copyOf(all.tasks);
  }

  private void loadBalancer() {
    create(
        "POOL",
        POOL,
        "'name':'p','admin_state_up':true,'protocol':'TCP','lb_method':'ROUND_ROBIN','router_id':'%s','subnet_id':'%s'"
            .formatted(ROUTER, SUBNET));
    create(
        "MEMBER",
        MEMBER,
        "'pool_id':'%s','address':'10.0.0.10','protocol_port':80,'weight':2,'admin_state_up':true"
            .formatted(POOL));
    create(
        "VIP",
        VIP,
        "'name':'v','pool_id':'%s','subnet_id':'%s','address':'200.0.0.60','protocol':'TCP','protocol_port':80,'session_persistence':{'type':'SOURCE_IP'},'connection_limit':-1,'admin_state_up':true"
            .formatted(POOL, EXT_SUBNET));
    create(
        "HEALTHMONITOR",
        MONITOR,
        "'type':'HTTP','delay':5,'timeout':3,'max_retries':2,'url_path':'/','http_method':'GET','expected_codes':'200','admin_state_up':true,'pools':[{'pool_id':'%s'}]"
            .formatted(POOL));
  }

  private void groups() {
    create(
        "SECURITYGROUP",
        GROUP,
        "'name':'g','security_group_rules':[{'id':'%s','security_group_id':'%s','direction':'ingress','protocol':'tcp','port_range_min':22,'port_range_max':22,'remote_group_id':'%s'}]"
            .formatted(RULE, GROUP, GROUP));
    create("SECURITYGROUP", OTHER_GROUP, "'name':'h','security_group_rules':[]");
  }

  private void ports() {
    String groups = "'security_groups':['%s','%s']".formatted(GROUP, OTHER_GROUP);
    String pairs = "'allowed_address_pairs':[{'ip_address':'9.9.9.0/24'}]";
    port(MACHINE, NET, SUBNET, "10.0.0.10", groups + "," + pairs);
    port(OTHER_MACHINE, NET, SUBNET, "10.0.0.11", groups);
    port(DHCP_PORT, NET, SUBNET, "10.0.0.2", "'device_owner':'network:dhcp'");
    port(JOIN, NET, SUBNET, "10.0.0.1", "'device_owner':'network:router_interface'");
    port(GATEWAY, EXT, EXT_SUBNET, "200.0.0.2", "'device_owner':'network:router_gateway'");
  }

  private void subnet(UUID id, UUID network, String prefix) {
    create(
        "SUBNET",
        id,
        "'network_id':'%s','cidr':'%s.0/24','gateway_ip':'%s.1','enable_dhcp':true,'dns_nameservers':['8.8.8.8'],'host_routes':[{'destination':'7.0.0.0/8','nexthop':'%s.9'}]"
            .formatted(network, prefix, prefix, prefix));
  }

  private void port(UUID id, UUID network, UUID subnet, String address, String more) {
    create(
        "PORT",
        id,
        "'network_id':'%s','admin_state_up':true,'port_security_enabled':true,'mac_address':'fa:16:3e:00:00:%02x','fixed_ips':[{'ip_address':'%s','subnet_id':'%s'}],%s"
            .formatted(network, id.getMostSignificantBits() >>> 32, address, subnet, more));
  }

  private void create(String dataType, UUID id, String fields) {
    add("CREATE", dataType, id, fields);
  }

  private void add(String type, String dataType, UUID id, String fields) {
    String json = "{'id':'%s',%s}".formatted(id, fields).replace('\'', '"');
    tasks.add(new ImportTask(tasks.size() + 1, type, dataType, json, id.toString(), ""));
  }
}
