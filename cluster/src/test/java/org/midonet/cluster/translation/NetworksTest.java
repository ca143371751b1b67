package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.cluster.translation.Site.EXT;
import static org.midonet.cluster.translation.Site.EXT_SUBNET;
import static org.midonet.cluster.translation.Site.JOIN;
import static org.midonet.cluster.translation.Site.NET;
import static org.midonet.cluster.translation.Site.SUBNET;
import static org.midonet.cluster.translation.Site.id;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.Operation;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.topology.Bridge;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpRoute;
import org.midonet.topology.ObjectType;

/** Networks and subnets, as far as the recordings do not show them (midonet.md 4.1 and 4.2). */
final class NetworksTest {
  private static final UUID UPLINK = id(0x70);
  private static final UUID AGENT = id(100);
  private static final String BY_AGENT = "'device_owner':'network:dhcp'";

  private final Site site = Site.unjoined();

  @Test
  void whatOthersSetOnABridgeStaysWhenItsNetworkIsUpdated() {
    UUID chain = id(0x80);
    site.neutron.with(
        new Operation.Create(ChainBuilder.builder().id(chain).name("c").build()),
        new Operation.Update(site.get(ObjectType.BRIDGE, NET).withInboundFilterId(chain)));
    site.neutron.update(
        ObjectType.NEUTRON_NETWORK,
        "{'id':'%s','name':'new','router:external':true,'admin_state_up':false}".formatted(NET));
    assertThat(site.get(ObjectType.BRIDGE, NET))
        .returns("new", Bridge::name)
        .returns(false, Bridge::adminStateUp)
        .returns(chain, Bridge::inboundFilterId);
  }

  @Test
  void portsAndSubnetsGoWithTheirNetworkWhateverNeutronSaysOfThem() {
    var before = Dump.of(site.neutron.topology());
    UUID net = id(30);
    site.neutron.create(ObjectType.NEUTRON_NETWORK, "{'id':'%s'}".formatted(net));
    site.subnet(id(31), net, "10.9.0.0/24", "10.9.0.1")
        .port(AGENT, net, id(31), "10.9.0.2", BY_AGENT);
    site.port(id(101), net, id(31), "10.9.0.3");
    site.delete(ObjectType.NEUTRON_NETWORK, net);
    assertThat(Dump.of(site.neutron.topology())).isEqualTo(before);
    assertThat(site.neutron.topology().count(ObjectType.NEUTRON_PORT)).isZero();
    assertThat(site.has(ObjectType.NEUTRON_SUBNET, id(31))).isFalse();
  }

  @Test
  void ofAnUplinkThereIsNothingButDocuments() {
    var before = Dump.of(site.neutron.topology());
    site.neutron.create(
        ObjectType.NEUTRON_NETWORK,
        "{'id':'%s','provider:network_type':'uplink'}".formatted(UPLINK));
    site.subnet(id(31), UPLINK, "172.19.0.0/30", "172.19.0.1");
    site.port(AGENT, UPLINK, id(31), "172.19.0.2", BY_AGENT);
    assertThat(Dump.of(site.neutron.topology())).isEqualTo(before);
    site.delete(ObjectType.NEUTRON_SUBNET, id(31)).delete(ObjectType.NEUTRON_NETWORK, UPLINK);
    assertThat(site.neutron.topology().count(ObjectType.NEUTRON_PORT)).isZero();
  }

  @Test
  void anUpdatedSubnetKeepsItsServerAndTheWayToMetadata() {
    site.join().port(AGENT, NET, SUBNET, "10.0.0.2", BY_AGENT);
    update(
        "'gateway_ip':'10.0.0.1','enable_dhcp':false,'dns_nameservers':['192.0.2.53'],"
            + "'host_routes':[{'destination':'172.16.0.0/12','nexthop':'10.0.0.9'}]");
    assertThat(site.dhcp(SUBNET))
        .returns(false, Dhcp::enabled)
        .returns(ip("10.0.0.2"), Dhcp::serverAddress)
        .returns(List.of(ip("192.0.2.53")), Dhcp::dnsServers)
        .returns(site.routerPort(JOIN).id(), Dhcp::routerIfPortId)
        .returns(
            List.of(
                new DhcpRoute(Cidr.parse("172.16.0.0/12"), ip("10.0.0.9")),
                new DhcpRoute(Cidr.parse("169.254.169.254/32"), ip("10.0.0.2"))),
            Dhcp::opt121Routes);
    update("'gateway_ip':'10.0.0.1'");
    assertThat(site.dhcp(SUBNET).opt121Routes()).hasSize(1);
  }

  @Test
  void theInterfaceWithTheGatewaysAddressLeadsToMetadata() {
    site.join().port(AGENT, NET, SUBNET, "10.0.0.2", BY_AGENT);
    update("'gateway_ip':null,'enable_dhcp':true");
    assertThat(site.dhcp(SUBNET)).returns(null, Dhcp::routerIfPortId);
    assertThat(site.routes(site.routerPort(JOIN).id())).noneMatch(Routes::isMetadata);
    update("'gateway_ip':'10.0.0.1','enable_dhcp':true");
    assertThat(site.dhcp(SUBNET)).returns(site.routerPort(JOIN).id(), Dhcp::routerIfPortId);
    assertThat(site.routes(site.routerPort(JOIN).id())).filteredOn(Routes::isMetadata).hasSize(1);
  }

  @Test
  void anUplinkIsBeyondNoGatewayAndNeedsAHost() {
    site.neutron.create(
        ObjectType.NEUTRON_NETWORK,
        "{'id':'%s','provider:network_type':'uplink'}".formatted(UPLINK));
    site.subnet(id(31), UPLINK, "172.19.0.0/30", "172.19.0.1");
    site.port(
        Site.GATEWAY, UPLINK, id(31), "172.19.0.2", "'device_owner':'network:router_gateway'");
    assertThatThrownBy(
            () -> site.neutron.update(ObjectType.NEUTRON_ROUTER, Site.routerWithGateway(true, "")))
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining("uplinks are interfaces");
    site.port(JOIN, UPLINK, id(31), "172.19.0.1", "'device_owner':'network:router_interface'");
    assertThatThrownBy(() ->
            site.neutron.create(
                ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(JOIN, id(31))))
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining("binding:host_id");
  }

  @Test
  void withoutAnAgentsPortTheServerIsTheGateway() {
    update("'gateway_ip':'10.0.0.254'");
    assertThat(site.dhcp(SUBNET)).returns(ip("10.0.0.254"), Dhcp::serverAddress);
    update("'gateway_ip':null");
    assertThat(site.dhcp(SUBNET)).returns(null, Dhcp::serverAddress);
  }

  @Test
  void defaultRoutesGoWithTheSubnetThatTheyLeadOutOf() {
    site.gateway(true);
    int routes = site.routes(site.gatewayPort().id()).size();
    site.delete(ObjectType.NEUTRON_SUBNET, EXT_SUBNET);
    assertThat(site.routes(site.gatewayPort().id())).hasSize(routes - 1);
    assertThat(site.has(ObjectType.BRIDGE, EXT)).isTrue();
  }

  private void update(String fields) {
    site.neutron.update(
        ObjectType.NEUTRON_SUBNET,
        "{'id':'%s','network_id':'%s','cidr':'10.0.0.0/24',%s}".formatted(SUBNET, NET, fields));
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text);
  }
}
