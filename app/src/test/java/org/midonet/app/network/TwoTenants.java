package org.midonet.app.network;

import java.util.List;
import java.util.UUID;
import org.midonet.packets.Cidr;

/**
 * A site with two networks of a tenant, a router between them with a gateway to an external
 * network, and a host on that. For one thread.
 *
 * <pre>
 *   one, two -- NET 10.0.0.0/24 --+
 *                                 ROUTER -- 200.0.0.2 -- EXT 200.0.0.0/24 -- outside 200.0.0.50
 *   three ----- NET2 10.1.0.0/24 -+
 * </pre>
 */
final class TwoTenants {
  static final UUID NET = Site.id(1);
  static final UUID SUBNET = Site.id(2);
  static final UUID EXT = Site.id(3);
  static final UUID EXT_SUBNET = Site.id(4);
  static final UUID ROUTER = Site.id(5);
  static final UUID GROUP = Site.id(6);
  static final UUID GATEWAY = Site.id(7);
  static final UUID JOIN = Site.id(8);
  static final UUID NET2 = Site.id(9);
  static final UUID SUBNET2 = Site.id(10);
  static final UUID JOIN2 = Site.id(11);

  final Site site = new Site();
  final Machine one;
  final Machine two;
  final Machine three;
  final Machine outside;

  TwoTenants(boolean snat) {
    site.network(NET)
        .network(NET2)
        .network(EXT, "'router:external':true")
        .subnet(SUBNET, NET, "10.0.0.0/24", "10.0.0.1")
        .subnet(SUBNET2, NET2, "10.1.0.0/24", "10.1.0.1")
        .subnet(EXT_SUBNET, EXT, "200.0.0.0/24", "200.0.0.1")
        .group(GROUP)
        .allow(Site.id(60), GROUP, "egress")
        .allow(Site.id(61), GROUP, "ingress", "'remote_group_id':'" + GROUP + "'")
        .router(ROUTER)
        .join(ROUTER, JOIN, NET, 2, "10.0.0.1")
        .join(ROUTER, JOIN2, NET2, 10, "10.1.0.1")
        .gateway(ROUTER, GATEWAY, EXT, List.of("4=200.0.0.2"), snat);
    one = machine(100, NET, "2=10.0.0.10");
    two = machine(101, NET, "2=10.0.0.11");
    three = machine(102, NET2, "10=10.1.0.10");
    outside =
        site.machine(Site.id(200), EXT, List.of("4=200.0.0.50"), "'port_security_enabled':false")
            .route("200.0.0.0/24", "200.0.0.1");
  }

  /** A machine in the group, with the default route of its subnet. */
  Machine machine(int number, UUID network, String fixedIp) {
    Machine machine =
        site.machine(
            Site.id(number),
            network,
            List.of(fixedIp),
            "'security_groups':['%s']".formatted(GROUP));
    Cidr subnet = new Cidr(machine.address(4), 24);
    return machine.route(subnet.toString(), subnet.network().plus(1).toString());
  }

  void allowPing() {
    site.allow(Site.id(62), GROUP, "ingress", "'protocol':'icmp'");
  }

  void floatingIp(int number, String address, Machine machine) {
    site.floatingIp(
        Site.id(number), address, EXT, ROUTER, machine.port(), machine.address(4).toString());
  }
}
