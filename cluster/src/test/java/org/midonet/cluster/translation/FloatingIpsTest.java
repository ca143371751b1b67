package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.cluster.translation.Site.EXT;
import static org.midonet.cluster.translation.Site.GATEWAY;
import static org.midonet.cluster.translation.Site.NET;
import static org.midonet.cluster.translation.Site.ROUTER;
import static org.midonet.cluster.translation.Site.SUBNET;
import static org.midonet.cluster.translation.Site.id;
import static org.midonet.cluster.translation.Site.mac;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.Ids;
import org.midonet.topology.NatTarget;
import org.midonet.topology.ObjectType;
import org.midonet.topology.RuleAction;

/** Floating IPs as they move, and as their port, router and gateway go. */
final class FloatingIpsTest {
  private static final UUID VM = id(100);
  private static final UUID FIP = id(50);

  private final Site site = Site.joined().machine(VM, "10.0.0.10");

  @Test
  void oneThatLeadsNowhereIsOnlyStored() {
    var before = Dump.of(site.neutron.topology());
    site.neutron.create(
        ObjectType.FLOATING_IP,
        "{'id':'%s','floating_ip_address':'200.0.0.3','floating_network_id':'%s'}"
            .formatted(FIP, id(0xff)));
    assertThat(Dump.of(site.neutron.topology())).isEqualTo(before);
    assertThat(site.has(ObjectType.FLOATING_IP, FIP)).isTrue();
  }

  @Test
  void disassociatingUndoesAssociating() {
    var before = Dump.of(site.neutron.topology());
    site.floatingIp(FIP, "200.0.0.3", VM, "10.0.0.10");
    assertThat(site.arp(EXT, "200.0.0.3")).isEqualTo(mac(GATEWAY).toString());
    site.neutron.update(
        ObjectType.FLOATING_IP,
        "{'id':'%s','floating_ip_address':'200.0.0.3','floating_network_id':'%s'}"
            .formatted(FIP, EXT));
    assertThat(Dump.of(site.neutron.topology())).isEqualTo(before);
  }

  @Test
  void anotherFixedAddressOfTheSamePortIsFollowed() {
    site.floatingIp(FIP, "200.0.0.3", VM, "10.0.0.10");
    site.neutron.update(
        ObjectType.FLOATING_IP, Site.floatingIpDocument(FIP, "200.0.0.3", VM, "10.0.0.11"));
    assertThat(site.get(ObjectType.RULE, Ids.FIP_DNAT_RULE.of(FIP)).action())
        .isEqualTo(
            new RuleAction.Dnat(
                List.of(NatTarget.of(Ipv4Address.parse("10.0.0.11"))),
                RuleAction.FlowAction.ACCEPT));
  }

  @Test
  void oneThatMovesToAnotherPortGoesWithThatOne() {
    site.machine(id(101), "10.0.0.11").floatingIp(FIP, "200.0.0.3", VM, "10.0.0.10");
    site.neutron.update(
        ObjectType.FLOATING_IP, Site.floatingIpDocument(FIP, "200.0.0.3", id(101), "10.0.0.11"));
    site.delete(ObjectType.NEUTRON_PORT, VM);
    assertThat(site.get(ObjectType.RULE, Ids.FIP_SNAT_RULE.of(FIP)).fipPortId()).isEqualTo(id(101));
  }

  @Test
  void deletingThePortMakesItLeadNowhere() {
    site.floatingIp(FIP, "200.0.0.3", VM, "10.0.0.10").delete(ObjectType.NEUTRON_PORT, VM);
    assertThat(site.arp(EXT, "200.0.0.3")).isEqualTo("null");
    assertThat(site.has(ObjectType.RULE, Ids.FIP_DNAT_RULE.of(FIP))).isFalse();
    assertThat(site.get(ObjectType.FLOATING_IP, FIP))
        .returns(null, fip -> fip.get("port_id"))
        .returns(null, fip -> fip.get("router_id"))
        .returns(null, fip -> fip.get("fixed_ip_address"))
        .returns("200.0.0.3", fip -> fip.get("floating_ip_address"));
    site.delete(ObjectType.FLOATING_IP, FIP);
    assertThat(site.has(ObjectType.FLOATING_IP, FIP)).isFalse();
  }

  @Test
  void withTheGatewayGoneItCannotBeDeleted() {
    site.floatingIp(FIP, "200.0.0.3", VM, "10.0.0.10").delete(ObjectType.NEUTRON_PORT, GATEWAY);
    assertThatThrownBy(() -> site.delete(ObjectType.FLOATING_IP, FIP))
        .isInstanceOfSatisfying(
            TranslationException.class,
            e -> assertThat(e.kind()).isEqualTo(TranslationException.Kind.CONFLICT));
  }

  @Test
  void withTheRouterGoneItCanBeDeleted() {
    site.floatingIp(FIP, "200.0.0.3", VM, "10.0.0.10");
    site.delete(ObjectType.NEUTRON_ROUTER, ROUTER).delete(ObjectType.FLOATING_IP, FIP);
    assertThat(site.arp(EXT, "200.0.0.3")).isEqualTo("null");
  }

  @Test
  void theSecondComesBeforeTheFirst() {
    site.machine(id(101), "10.0.0.11")
        .floatingIp(FIP, "200.0.0.3", VM, "10.0.0.10")
        .floatingIp(id(51), "200.0.0.4", id(101), "10.0.0.11");
    assertThat(site.get(ObjectType.CHAIN, Ids.FLOAT_SNAT_CHAIN.of(ROUTER)).ruleIds())
        .containsExactly(Ids.FIP_SNAT_RULE.of(id(51)), Ids.FIP_SNAT_RULE.of(FIP));
    assertThat(site.get(ObjectType.CHAIN, Ids.IN_CHAIN.of(ROUTER)).ruleIds().getFirst())
        .isEqualTo(Ids.FIP_DNAT_RULE.of(id(51)));
  }

  @Test
  void oneOnTheNetworkOfAnInterfaceIsReachedByThat() {
    UUID net = id(30);
    UUID subnet = id(31);
    UUID join = id(32);
    site.neutron.create(ObjectType.NEUTRON_NETWORK, "{'id':'%s'}".formatted(net));
    site.subnet(subnet, net, "201.0.0.0/24", "201.0.0.1")
        .port(join, net, subnet, "201.0.0.1", "'device_owner':'network:router_interface'");
    site.neutron.create(ObjectType.NEUTRON_ROUTER_INTERFACE, Site.interfaceOf(join, subnet));
    site.neutron.create(
        ObjectType.FLOATING_IP,
        Site.floatingIpDocument(FIP, "201.0.0.9", VM, "10.0.0.10")
            .replace(EXT.toString(), net.toString()));
    assertThat(site.get(ObjectType.RULE, Ids.FIP_SNAT_EXACT_RULE.of(FIP)).condition().outPorts())
        .containsExactly(site.routerPort(join).id());
    assertThat(site.arp(net, "201.0.0.9")).isEqualTo(mac(join).toString());
  }

  @Test
  void oneWithoutAWayIsAConflictAndOneWithoutAnAddressIsNonsense() {
    assertThatThrownBy(() -> site.floatingIp(FIP, "99.0.0.3", VM, "10.0.0.10"))
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining("no port whose subnet contains 99.0.0.3");
    assertThatThrownBy(() ->
            site.neutron.create(
                ObjectType.FLOATING_IP, "{'id':'%s','port_id':'%s'}".formatted(FIP, VM)))
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining("floating_ip_address");
  }

  @Test
  void oneOfIpv6IsAnEntryInATable() {
    site.neutron.create(
        ObjectType.FLOATING_IP, Site.floatingIpDocument(FIP, "fd00::9", VM, "10.0.0.10"));
    assertThat(site.neutron.topology().entries(StateTable.fip64(EXT))).hasSize(1);
    site.delete(ObjectType.NEUTRON_PORT, VM);
    assertThat(site.neutron.topology().entries(StateTable.fip64(EXT))).isEmpty();
  }

  @Test
  void oneStaysOnAPortThatBecomesARouters() {
    site.floatingIp(FIP, "200.0.0.3", VM, "10.0.0.10");
    site.updatePort(VM, NET, SUBNET, "10.0.0.10", "'device_owner':'network:router_interface'");
    assertThat(site.get(ObjectType.FLOATING_IP, FIP).uuid("port_id")).isEqualTo(VM);
    assertThat(site.has(ObjectType.RULE, Ids.FIP_DNAT_RULE.of(FIP))).isTrue();
  }

  @Test
  void thePortOfAFloatingIpIsNothingElse() {
    String owner = "'device_owner':'network:floatingip'";
    site.port(id(60), NET, SUBNET, "10.0.0.60", owner);
    assertThatThrownBy(() -> site.updatePort(id(60), NET, SUBNET, "10.0.0.60"))
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining("device_owner");
  }

  @Test
  void thePortOfAFloatingIpIsOnlyStored() {
    var before = Dump.of(site.neutron.topology());
    site.port(id(60), NET, SUBNET, "10.0.0.60", "'device_owner':'network:floatingip'");
    site.updatePort(id(60), NET, SUBNET, "10.0.0.61", "'device_owner':'network:floatingip'");
    assertThat(Dump.of(site.neutron.topology())).isEqualTo(before);
    site.delete(ObjectType.NEUTRON_PORT, id(60));
    assertThat(site.has(ObjectType.NEUTRON_PORT, id(60))).isFalse();
  }
}
