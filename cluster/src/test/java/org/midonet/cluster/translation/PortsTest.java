package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.cluster.translation.Site.GROUP;
import static org.midonet.cluster.translation.Site.NET;
import static org.midonet.cluster.translation.Site.SUBNET;
import static org.midonet.cluster.translation.Site.id;
import static org.midonet.cluster.translation.Site.mac;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.DhcpOption;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.IpAddrGroupMember;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.References;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;

/** Updates and deletes of ports, and kinds of ports, that the recordings do not show. */
final class PortsTest {
  private static final UUID VM = id(100);
  private static final UUID HOST = id(0x99);
  private static final String IN_GROUP = "'security_groups':['%s']".formatted(GROUP);

  private final Site site = Site.unjoined();

  @Test
  void anotherAddressMovesSeedsHostsMembersAndAntiSpoofing() {
    site.machine(VM, "10.0.0.10").updatePort(VM, NET, SUBNET, "10.0.0.11", IN_GROUP);
    assertThat(site.arp(NET, "10.0.0.10")).isEqualTo("null");
    assertThat(site.arp(NET, "10.0.0.11")).isEqualTo(mac(VM).toString());
    assertThat(hosts()).extracting(DhcpHost::address).containsExactly(ip("10.0.0.11"));
    assertThat(members()).extracting(IpAddrGroupMember::address).containsExactly(ip("10.0.0.11"));
    assertThat(site.rules(Ids.ANTI_SPOOF_CHAIN.of(VM)))
        .filteredOn(rule -> rule.condition().nwSrc() != null)
        .extracting(rule -> rule.condition().nwSrc())
        .containsOnly(IpPrefix.parse("10.0.0.11/32"));
  }

  @Test
  void anotherMacMovesBothSeedsAndTheHost() {
    site.machine(VM, "10.0.0.10");
    site.neutron.update(
        ObjectType.NEUTRON_PORT,
        Site.portDocument(VM, NET, SUBNET, "10.0.0.10", IN_GROUP)
            .replace(mac(VM).toString(), "fa:16:3e:ff:ff:ff"));
    assertThat(site.macTable(NET, mac(VM))).isEqualTo("null");
    assertThat(site.arp(NET, "10.0.0.10")).isEqualTo("fa:16:3e:ff:ff:ff");
    assertThat(hosts())
        .extracting(host -> host.mac().toString())
        .containsExactly("fa:16:3e:ff:ff:ff");
  }

  @Test
  void anUpdateThatChangesNoRuleLeavesTheRulesAlone() {
    site.machine(VM, "10.0.0.10");
    List<Rule> before = site.rules(Ids.IN_CHAIN.of(VM));
    site.updatePort(VM, NET, SUBNET, "10.0.0.10", IN_GROUP, "'name':'new'");
    assertThat(site.rules(Ids.IN_CHAIN.of(VM))).isEqualTo(before);
  }

  @Test
  void leavingItsGroupsTakesAPortOutOfThem() {
    site.machine(VM, "10.0.0.10").updatePort(VM, NET, SUBNET, "10.0.0.10");
    assertThat(members()).isEmpty();
    assertThat(site.rules(Ids.OUT_CHAIN.of(VM)))
        .noneMatch(rule -> rule.action() instanceof RuleAction.Jump);
  }

  @Test
  void groupsAreAskedInTheOrderOfThePort() {
    UUID other = id(0x60);
    site.neutron.create(ObjectType.SECURITY_GROUP, "{'id':'%s'}".formatted(other));
    site.port(
        VM, NET, SUBNET, "10.0.0.10", "'security_groups':['%s','%s']".formatted(other, GROUP));
    assertThat(site.rules(Ids.OUT_CHAIN.of(VM)))
        .extracting(Rule::action)
        .containsExactly(
            RuleAction.ACCEPT,
            new RuleAction.Jump(Ids.OUT_CHAIN.of(other), null),
            new RuleAction.Jump(Ids.OUT_CHAIN.of(GROUP), null),
            RuleAction.DROP);
  }

  @Test
  void withoutPortSecurityTheChainsAreEmpty() {
    site.machine(VM, "10.0.0.10")
        .updatePort(VM, NET, SUBNET, "10.0.0.10", "'port_security_enabled':false");
    for (Ids chain : List.of(Ids.IN_CHAIN, Ids.OUT_CHAIN, Ids.ANTI_SPOOF_CHAIN)) {
      assertThat(site.rules(chain.of(VM))).isEmpty();
    }
    assertThat(port(VM).inboundFilterId()).isEqualTo(Ids.IN_CHAIN.of(VM));
  }

  @Test
  void anAllowedPairWithoutAMacHoldsForAnyMac() {
    site.port(
        VM, NET, SUBNET, "10.0.0.10", "'allowed_address_pairs':[{'ip_address':'10.0.0.64/30'}]");
    assertThat(site.rules(Ids.ANTI_SPOOF_CHAIN.of(VM)).get(4).condition())
        .returns(IpPrefix.parse("10.0.0.64/30"), condition -> condition.nwSrc())
        .returns(null, condition -> condition.dlSrc());
  }

  @Test
  void otherDhcpOptionsChangeTheHostInPlace() {
    site.machine(VM, "10.0.0.10")
        .updatePort(
            VM,
            NET,
            SUBNET,
            "10.0.0.10",
            IN_GROUP,
            "'extra_dhcp_opts':[{'opt_name':'mtu','opt_value':'1400'}]");
    assertThat(hosts())
        .extracting(DhcpHost::extraOptions)
        .containsExactly(List.of(new DhcpOption("mtu", "1400")));
  }

  @Test
  void deletingAPortLeavesNothingOfIt() {
    var before = Dump.of(site.neutron.topology());
    site.machine(VM, "10.0.0.10").delete(ObjectType.NEUTRON_PORT, VM);
    assertThat(Dump.of(site.neutron.topology())).isEqualTo(before);
    assertThat(site.neutron.topology().count(ObjectType.NEUTRON_PORT)).isZero();
  }

  @Test
  void aPortThatWasNeverThereCanBeDeleted() {
    assertThat(site.neutron.translate(new NeutronOperation.Delete(ObjectType.NEUTRON_PORT, VM)))
        .isEmpty();
  }

  @Test
  void twoPortsMayShareAnAddressInAGroup() {
    site.machine(VM, "10.0.0.10").machine(id(101), "10.0.0.10");
    assertThat(members()).hasSize(2);
    site.delete(ObjectType.NEUTRON_PORT, VM);
    assertThat(members()).extracting(IpAddrGroupMember::portId).containsExactly(id(101));
  }

  @Test
  void aBindingInTheCreateBindsAndOneInAnUpdateDoesNot() {
    String bound = "'binding:host_id':'h','binding:profile':{'interface_name':'tap0'}";
    site.neutron.with(new Operation.Create(HostBuilder.builder().id(HOST).name("h").build()));
    site.port(VM, NET, SUBNET, "10.0.0.10", bound);
    assertThat(port(VM)).returns(HOST, Port::hostId).returns("tap0", Port::interfaceName);
    site.machine(id(101), "10.0.0.11").updatePort(id(101), NET, SUBNET, "10.0.0.11", bound);
    assertThat(port(id(101)).hostId()).isNull();
  }

  @Test
  void anUplinkFollowsItsBinding() {
    UUID uplink = id(0x70);
    UUID subnet = id(0x71);
    site.neutron.with(new Operation.Create(HostBuilder.builder().id(HOST).name("h").build()));
    site.neutron.create(
        ObjectType.NEUTRON_NETWORK,
        "{'id':'%s','provider:network_type':'uplink','admin_state_up':true}".formatted(uplink));
    site.subnet(subnet, uplink, "172.19.0.0/30", "172.19.0.1");
    site.port(VM, uplink, subnet, "172.19.0.2", uplinkBinding("tap0"));
    site.neutron.create(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(VM, subnet));
    UUID routerPort = Ids.ROUTER_INTERFACE_PORT_PEER.of(VM);
    assertThat(port(routerPort)).returns(HOST, Port::hostId).returns("tap0", Port::interfaceName);
    site.updatePort(VM, uplink, subnet, "172.19.0.2", uplinkBinding("tap1"));
    assertThat(port(routerPort)).returns(HOST, Port::hostId).returns("tap1", Port::interfaceName);
    site.updatePort(VM, uplink, subnet, "172.19.0.2");
    assertThat(port(routerPort)).returns(null, Port::hostId).returns(null, Port::interfaceName);
  }

  private static String uplinkBinding(String device) {
    return "'device_owner':'network:router_interface','binding:host_id':'h',"
        + "'binding:profile':{'interface_name':'"
        + device
        + "'}";
  }

  @Test
  void aHostThatNobodyKnowsIsNotFound() {
    assertThatThrownBy(() ->
            site.port(
                VM,
                NET,
                SUBNET,
                "10.0.0.10",
                "'binding:host_id':'h','binding:profile':{'interface_name':'tap0'}"))
        .isInstanceOf(TranslationException.class)
        .hasMessage("There is no Host with ID h.");
  }

  @Test
  void aDhcpPortServesEachOfItsSubnetsAndFollowsItsAddresses() {
    UUID second = id(20);
    site.join().subnet(second, NET, "10.1.0.0/24", "10.1.0.1");
    site.port(VM, NET, SUBNET, "10.0.0.2", "'device_owner':'network:dhcp'");
    assertThat(site.dhcp(SUBNET).serverAddress()).isEqualTo(ip("10.0.0.2"));
    assertThat(site.routes(site.routerPort(Site.JOIN).id())).anyMatch(Routes::isMetadata);
    site.updatePort(VM, NET, second, "10.1.0.2", "'device_owner':'network:dhcp'");
    assertThat(site.dhcp(SUBNET).serverAddress()).isEqualTo(ip("10.0.0.1"));
    assertThat(site.dhcp(SUBNET).opt121Routes()).isEmpty();
    assertThat(site.dhcp(second).serverAddress()).isEqualTo(ip("10.1.0.2"));
    assertThat(site.routes(site.routerPort(Site.JOIN).id())).noneMatch(Routes::isMetadata);
  }

  @Test
  void anIpv6PortIsNotSeeded() {
    site.subnet(id(20), NET, "fd00::/64", "fd00::1").port(VM, NET, id(20), "fd00::5");
    assertThat(site.macTable(NET, mac(VM))).isEqualTo("null");
    assertThat(hosts(id(20))).hasSize(1);
  }

  @Test
  void theOwnerOfADhcpPortCannotChange() {
    site.port(VM, NET, SUBNET, "10.0.0.2", "'device_owner':'network:dhcp'");
    assertThatThrownBy(() -> site.updatePort(VM, NET, SUBNET, "10.0.0.2"))
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining("device_owner");
  }

  @Test
  void aPortOnANetworkThatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> site.port(VM, id(0xff), SUBNET, "10.0.0.2"))
        .isInstanceOf(NsdbException.class)
        .hasMessage("There is no NeutronNetwork with ID " + id(0xff) + ".");
  }

  private Port port(UUID id) {
    return site.get(ObjectType.PORT, id);
  }

  private List<DhcpHost> hosts() {
    return hosts(SUBNET);
  }

  private List<DhcpHost> hosts(UUID subnet) {
    return site.neutron.topology().related(References.DHCP_HOSTS, subnet, ObjectType.DHCP_HOST);
  }

  private List<IpAddrGroupMember> members() {
    return site.neutron
        .topology()
        .related(References.IP_ADDR_GROUP_MEMBERS, GROUP, ObjectType.IP_ADDR_GROUP_MEMBER);
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text);
  }
}
