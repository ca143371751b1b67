package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.cluster.translation.Site.EXT;
import static org.midonet.cluster.translation.Site.EXT_SUBNET;
import static org.midonet.cluster.translation.Site.GATEWAY;
import static org.midonet.cluster.translation.Site.JOIN;
import static org.midonet.cluster.translation.Site.NET;
import static org.midonet.cluster.translation.Site.ROUTER;
import static org.midonet.cluster.translation.Site.SUBNET;
import static org.midonet.cluster.translation.Site.id;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Ids;
import org.midonet.topology.NextHop;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.Route;
import org.midonet.topology.Router;
import org.midonet.topology.Rule;

/** Routers, gateways, interfaces and routes, as far as the recordings do not show them. */
final class RoutersTest {
  private static final UUID VM = id(100);
  private static final String ROUTE = "{'destination':'172.31.0.0/16','nexthop':'10.0.0.99'}";

  @Test
  void whatOthersSetOnARouterStaysWhenItIsUpdated() {
    Site site = Site.unjoined();
    Router changed = site.get(ObjectType.ROUTER, ROUTER).withAsNumber(65000);
    site.neutron.with(new Operation.Update(changed));
    site.neutron.update(ObjectType.NEUTRON_ROUTER, "{'id':'%s','name':'new'}".formatted(ROUTER));
    assertThat(site.get(ObjectType.ROUTER, ROUTER))
        .returns("new", Router::name)
        .returns(65000, Router::asNumber);
  }

  @Test
  void sourceNatGoesOffAndOnAgain() {
    Site site = Site.joined();
    var before = Dump.of(site.neutron.topology());
    site.neutron.update(ObjectType.NEUTRON_ROUTER, Site.routerWithGateway(false, ""));
    assertThat(site.rules(Ids.OUT_CHAIN.of(ROUTER))).hasSize(5);
    assertThat(site.rules(Ids.SKIP_SNAT_CHAIN.of(ROUTER))).hasSize(1);
    site.neutron.update(ObjectType.NEUTRON_ROUTER, Site.routerWithGateway(true, ""));
    assertThat(Dump.of(site.neutron.topology())).isEqualTo(before);
  }

  @Test
  void anotherAddressOfTheGatewayPortReachesTheRouter() {
    Site site = Site.joined();
    site.neutron.update(
        ObjectType.NEUTRON_ROUTER,
        Site.routerWithGateway(true, "{'destination':'9.0.0.0/8','nexthop':'200.0.0.9'}"));
    site.updatePort(
        GATEWAY, EXT, EXT_SUBNET, "200.0.0.7", "'device_owner':'network:router_gateway'");
    assertThat(site.gatewayPort())
        .returns(ip("200.0.0.7"), Port::portAddress)
        .returns(GATEWAY, Port::peerId);
    assertThat(site.get(ObjectType.RULE, Ids.OUT_SNAT_RULE.of(ROUTER)).condition().nwSrc())
        .isEqualTo(IpPrefix.parse("200.0.0.7/32"));
    assertThat(site.routes(site.gatewayPort().id())).hasSize(4);
  }

  @Test
  void theNetworkOfTheGatewayIsLeftWhenItsPortIsDeleted() {
    Site site = Site.unjoined();
    var before = Dump.of(site.neutron.topology());
    site.gateway(true).delete(ObjectType.NEUTRON_PORT, GATEWAY);
    assertThat(Dump.of(site.neutron.topology())).isEqualTo(before);
    assertThat(site.get(ObjectType.NEUTRON_ROUTER, ROUTER).get("gw_port_id")).isNull();
  }

  @Test
  void updatingTheGatewayPortDoesNotCutTheGateway() {
    Site site = Site.joined();
    site.updatePort(
        GATEWAY,
        EXT,
        EXT_SUBNET,
        "200.0.0.2",
        "'device_owner':'network:router_gateway'",
        "'name':'x'");
    assertThat(site.get(ObjectType.NEUTRON_ROUTER, ROUTER).uuid("gw_port_id")).isEqualTo(GATEWAY);
  }

  @Test
  void aSubnetWithoutAGatewayStillGivesADefaultRoute() {
    Site site = Site.unjoined();
    site.neutron.update(
        ObjectType.NEUTRON_SUBNET,
        "{'id':'%s','network_id':'%s','cidr':'200.0.0.0/24'}".formatted(EXT_SUBNET, EXT));
    site.gateway(true);
    assertThat(defaultRoute(site)).returns(null, Route::nextHopGateway);
  }

  @Test
  void defaultRoutesFollowTheSubnetsGateway() {
    Site site = Site.joined();
    site.neutron.update(
        ObjectType.NEUTRON_SUBNET,
        "{'id':'%s','network_id':'%s','cidr':'200.0.0.0/24','gateway_ip':'200.0.0.254'}"
            .formatted(EXT_SUBNET, EXT));
    assertThat(defaultRoute(site)).returns(ip("200.0.0.254"), Route::nextHopGateway);
  }

  @Test
  void anIpv6GatewayTranslatesToAPoolOfIpv4() {
    Site site = Site.unjoined();
    site.subnet(id(20), EXT, "fd00::/64", "fd00::1");
    site.port(GATEWAY, EXT, id(20), "fd00::2", "'device_owner':'network:router_gateway'");
    site.neutron.update(ObjectType.NEUTRON_ROUTER, Site.routerWithGateway(true, ""));
    assertThat(site.gatewayPort().portSubnets())
        .containsExactly(IpPrefix.parse("fd00::2/64"), IpPrefix.parse("169.254.0.1/30"));
    assertThat(site.gatewayPort().tunnelKey()).isEqualTo(0x200002);
    assertThat(site.rules(Ids.FLOAT_NAT64_CHAIN.of(ROUTER))).hasSize(1);
    assertThat(site.routes(site.gatewayPort().id()))
        .extracting(Route::nextHop)
        .containsExactlyInAnyOrder(NextHop.FIP64, NextHop.LOCAL);
    site.delete(ObjectType.NEUTRON_PORT, GATEWAY);
    assertThat(site.rules(Ids.FLOAT_NAT64_CHAIN.of(ROUTER))).isEmpty();
  }

  @Test
  void extraRoutesComeAndGo() {
    Site site = Site.joined();
    site.neutron.update(ObjectType.NEUTRON_ROUTER, Site.routerWithGateway(true, ROUTE));
    assertThat(site.routes(site.routerPort(JOIN).id())).hasSize(3);
    site.neutron.update(ObjectType.NEUTRON_ROUTER, Site.routerWithGateway(true, ""));
    assertThat(site.routes(site.routerPort(JOIN).id())).hasSize(2);
  }

  @Test
  void anExtraRouteToNowhereIsRefusedWithTheWholeUpdate() {
    Site site = Site.joined();
    for (String nexthop : List.of("11.0.0.1", "10.0.0.1")) {
      String route = "{'destination':'172.31.0.0/16','nexthop':'%s'}".formatted(nexthop);
      assertThatThrownBy(() ->
              site.neutron.update(ObjectType.NEUTRON_ROUTER, Site.routerWithGateway(true, route)))
          .isInstanceOf(TranslationException.class)
          .hasMessageContaining(nexthop);
    }
  }

  @Test
  void anInterfaceWithoutASubnetHasNoAddress() {
    Site site = Site.unjoined();
    site.port(JOIN, NET, SUBNET, "10.0.0.1", "'device_owner':'network:router_interface'");
    site.neutron.create(
        ObjectType.NEUTRON_ROUTER_INTERFACE,
        "{'id':'%s','port_id':'%s','subnet_id':'%s'}".formatted(ROUTER, JOIN, SUBNET));
    assertThat(site.routerPort(JOIN))
        .returns(null, Port::portAddress)
        .returns(List.of(), Port::portSubnets);
    assertThat(site.routes(site.routerPort(JOIN).id())).isEmpty();
  }

  @Test
  void aPortWithoutAddressesGetsTheGatewaysOfItsSubnets() {
    Site site = Site.unjoined();
    site.neutron.create(
        ObjectType.NEUTRON_PORT,
        "{'id':'%s','network_id':'%s','mac_address':'fa:16:3e:00:00:01','device_owner':'network:router_interface'}"
            .formatted(JOIN, NET));
    site.neutron.create(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, SUBNET));
    assertThat(site.routerPort(JOIN).portAddress()).isEqualTo(ip("10.0.0.1"));
  }

  @Test
  void onlyTheSubnetsGatewayKnowsTheWayToMetadata() {
    Site site = Site.unjoined();
    site.port(VM, NET, SUBNET, "10.0.0.2", "'device_owner':'network:dhcp'");
    site.port(JOIN, NET, SUBNET, "10.0.0.5", "'device_owner':'network:router_interface'");
    site.neutron.create(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, SUBNET));
    assertThat(site.routes(site.routerPort(JOIN).id())).noneMatch(Routes::isMetadata);
    assertThat(site.dhcp(SUBNET).routerIfPortId()).isNull();
  }

  @Test
  void twoIpv4SubnetsAtOnePortAreRefused() {
    Site site = Site.unjoined().subnet(id(20), NET, "10.1.0.0/24", "10.1.0.1");
    site.neutron.create(
        ObjectType.NEUTRON_PORT,
        "{'id':'%s','network_id':'%s','mac_address':'fa:16:3e:00:00:01','device_owner':'network:router_interface','fixed_ips':[{'ip_address':'10.0.0.1','subnet_id':'%s'},{'ip_address':'10.1.0.1','subnet_id':'%s'}]}"
            .formatted(JOIN, NET, SUBNET, id(20)));
    assertThatThrownBy(() ->
            site.neutron.create(
                ObjectType.NEUTRON_ROUTER_INTERFACE,
                "{'id':'%s','port_id':'%s','subnet_ids':['%s','%s']}"
                    .formatted(ROUTER, JOIN, SUBNET, id(20))))
        .isInstanceOfSatisfying(
            TranslationException.class,
            e -> assertThat(e.kind()).isEqualTo(TranslationException.Kind.INVALID));
  }

  @Test
  void oneInterfaceMayBeInSeveralIpv6Subnets() {
    Site site =
        Site.unjoined()
            .subnet(id(20), NET, "fd00::/64", "fd00::1")
            .subnet(id(21), NET, "fd01::/64", "fd01::1");
    site.neutron.create(
        ObjectType.NEUTRON_PORT,
        "{'id':'%s','network_id':'%s','mac_address':'fa:16:3e:00:00:01','device_owner':'network:router_interface','fixed_ips':[{'ip_address':'fd00::1','subnet_id':'%s'},{'ip_address':'fd01::1','subnet_id':'%s'}]}"
            .formatted(JOIN, NET, id(20), id(21)));
    site.neutron.create(
        ObjectType.NEUTRON_ROUTER_INTERFACE,
        "{'id':'%s','port_id':'%s','subnet_ids':['%s','%s']}"
            .formatted(ROUTER, JOIN, id(20), id(21)));
    assertThat(site.rules(Ids.FLOAT_NAT64_CHAIN.of(ROUTER))).hasSize(1);
    assertThat(site.routes(site.routerPort(JOIN).id())).hasSize(4);
    site.neutron.update(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, id(20)));
    assertThat(site.rules(Ids.FLOAT_NAT64_CHAIN.of(ROUTER))).hasSize(1);
    assertThat(site.routerPort(JOIN).portSubnets()).containsExactly(IpPrefix.parse("fd01::1/64"));
    site.neutron.update(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, id(21)));
    assertThat(site.rules(Ids.FLOAT_NAT64_CHAIN.of(ROUTER))).isEmpty();
    assertThat(site.routes(site.routerPort(JOIN).id())).isEmpty();
    assertThat(site.routerPort(JOIN).tunnelKey()).isZero();
  }

  @Test
  void ipv6SubnetsJoinAndLeaveAnInterfaceOneByOne() {
    Site site =
        Site.unjoined()
            .subnet(id(20), NET, "fd00::/64", "fd00::1")
            .subnet(id(21), NET, "fd01::/64", "fd01::1");
    String owner = "'device_owner':'network:router_interface'";
    site.port(JOIN, NET, id(20), "fd00::1", owner);
    site.neutron.create(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, id(20)));
    var one = Dump.of(site.neutron.topology());

    site.neutron.update(ObjectType.NEUTRON_PORT, inBoth());
    site.neutron.create(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, id(21)));
    assertThat(site.routerPort(JOIN).portSubnets())
        .containsExactly(IpPrefix.parse("fd00::1/64"), IpPrefix.parse("fd01::1/64"));
    assertThat(site.routes(site.routerPort(JOIN).id())).hasSize(4);
    assertThatThrownBy(() ->
            site.neutron.create(
                ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, id(21))))
        .isInstanceOfSatisfying(
            TranslationException.class,
            e -> assertThat(e.kind()).isEqualTo(TranslationException.Kind.CONFLICT));

    site.updatePort(JOIN, NET, id(20), "fd00::1", owner);
    site.neutron.update(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, id(21)));
    assertThat(Dump.of(site.neutron.topology())).isEqualTo(one);
  }

  private static String inBoth() {
    return "{'id':'%s','network_id':'%s','mac_address':'%s','admin_state_up':true,'device_owner':'network:router_interface','fixed_ips':[{'ip_address':'fd00::1','subnet_id':'%s'},{'ip_address':'fd01::1','subnet_id':'%s'}]}"
        .formatted(JOIN, NET, Site.mac(JOIN), id(20), id(21));
  }

  @Test
  void aMachinesPortBecomesAnInterface() {
    Site site = Site.unjoined().machine(VM, "10.0.0.1");
    site.neutron.create(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(VM, SUBNET));
    assertThat(site.get(ObjectType.PORT, VM))
        .returns(null, Port::inboundFilterId)
        .returns(site.routerPort(VM).id(), Port::peerId);
    assertThat(site.neutron.topology().count(ObjectType.IP_ADDR_GROUP_MEMBER)).isZero();
    assertThat(site.neutron.topology().count(ObjectType.DHCP_HOST)).isZero();
    assertThat(site.get(ObjectType.NEUTRON_PORT, VM).text("device_owner"))
        .isEqualTo("network:router_interface");
  }

  @Test
  void aPortThatIsNoLongerTheRoutersTakesTheInterfaceAlong() {
    Site site = Site.unjoined();
    var before = Dump.of(site.neutron.topology());
    site.join().updatePort(JOIN, NET, SUBNET, "10.0.0.1").delete(ObjectType.NEUTRON_PORT, JOIN);
    assertThat(Dump.of(site.neutron.topology())).isEqualTo(before);
  }

  @Test
  void removingAnInterfaceBeforeItsPortLeavesAPortWithoutAddress() {
    Site site = Site.unjoined();
    site.port(VM, NET, SUBNET, "10.0.0.2", "'device_owner':'network:dhcp'").join();
    site.neutron.update(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, SUBNET));
    assertThat(site.routerPort(JOIN)).returns(null, Port::portAddress).returns(JOIN, Port::peerId);
    assertThat(site.routes(site.routerPort(JOIN).id())).isEmpty();
    assertThat(site.rules(Ids.OUT_CHAIN.of(ROUTER))).hasSize(4);
    assertThat(site.dhcp(SUBNET).routerIfPortId()).isNull();
  }

  @Test
  void removingAnInterfaceAfterItsPortIsNothing() {
    Site site = Site.unjoined().join().delete(ObjectType.NEUTRON_PORT, JOIN);
    var before = site.neutron.topology();
    site.neutron.update(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, SUBNET));
    assertThat(site.neutron.topology()).isSameAs(before);
  }

  @Test
  void anInterfaceKeepsItsAddress() {
    Site site = Site.unjoined().join();
    assertThatThrownBy(() ->
            site.updatePort(
                JOIN, NET, SUBNET, "10.0.0.3", "'device_owner':'network:router_interface'"))
        .isInstanceOf(NsdbException.class)
        .hasMessageStartingWith("There is no Route with ID ");
  }

  @Test
  void deletingTheRouterTakesItsChainsPortsAndRoutes() {
    Site site = Site.joined();
    site.delete(ObjectType.NEUTRON_ROUTER, ROUTER);
    assertThat(site.neutron.topology().count(ObjectType.ROUTE)).isZero();
    assertThat(site.neutron.topology().count(ObjectType.PORT_GROUP)).isZero();
    assertThat(site.neutron.topology().list(ObjectType.CHAIN)).hasSize(2);
    assertThat(site.neutron.topology().list(ObjectType.RULE)).extracting(Rule::chainId).isEmpty();
  }

  private static Route defaultRoute(Site site) {
    return site.get(
        ObjectType.ROUTE, Ids.GATEWAY_ROUTE.of(site.gatewayPort().id(), ip("200.0.0.2")));
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text);
  }
}
