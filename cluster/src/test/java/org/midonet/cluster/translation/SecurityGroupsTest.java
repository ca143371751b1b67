package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.cluster.translation.Site.GROUP;
import static org.midonet.cluster.translation.Site.id;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.NsdbException;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Condition;
import org.midonet.topology.FragmentPolicy;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.RuleAction;
import org.midonet.topology.TpRange;

/** Rules of security groups, and what becomes of those who name a group that is deleted. */
final class SecurityGroupsTest {
  private static final UUID RULE = id(70);
  private static final UUID VM = id(100);

  private final Site site = Site.unjoined();

  @Test
  void aRuleWithPortsIsTwoRules() {
    rule(
        "'direction':'egress','ethertype':'IPv4','protocol':'udp','port_range_min':53,'port_range_max':54,'remote_ip_prefix':'10.0.0.0/8'");
    assertThat(condition(RULE))
        .returns(new TpRange(53, 54), Condition::tpDst)
        .returns(FragmentPolicy.HEADER, Condition::fragmentPolicy)
        .returns(IpPrefix.parse("10.0.0.0/8"), Condition::nwDst);
    assertThat(condition(Ids.NON_HEADER_RULE.of(RULE)))
        .returns(null, Condition::tpDst)
        .returns(FragmentPolicy.NONHEADER, Condition::fragmentPolicy);
    assertThat(site.get(ObjectType.CHAIN, Ids.IN_CHAIN.of(GROUP)).ruleIds())
        .containsExactly(RULE, Ids.NON_HEADER_RULE.of(RULE));
  }

  @Test
  void anOpenRangeKeepsItsOneBound() {
    rule("'direction':'ingress','protocol':'tcp','port_range_min':1024");
    assertThat(condition(RULE).tpDst()).isEqualTo(new TpRange(1024, null));
  }

  @Test
  void icmpHasATypeAndACode() {
    rule(
        "'direction':'ingress','protocol':'icmpv6','ethertype':'IPv6','port_range_min':128,'port_range_max':0");
    assertThat(condition(RULE))
        .returns(TpRange.of(128), Condition::tpSrc)
        .returns(TpRange.of(0), Condition::tpDst);
  }

  @Test
  void aGroupThatIsNotThereYetMayBeNamed() {
    rule("'direction':'ingress','remote_group_id':'%s'".formatted(id(0xff)));
    assertThat(condition(RULE).ipAddrGroupSrc()).isEqualTo(id(0xff));
  }

  @Test
  void aRuleOfAGroupThatIsNotThereIsNotFound() {
    assertThatThrownBy(() ->
            site.neutron.create(
                ObjectType.SECURITY_GROUP_RULE,
                "{'id':'%s','security_group_id':'%s'}".formatted(RULE, id(0xff))))
        .isInstanceOf(NsdbException.class)
        .hasMessage("There is no SecurityGroup with ID " + id(0xff) + ".");
  }

  @Test
  void deletingARuleTakesBoth() {
    rule("'direction':'ingress','protocol':'tcp','port_range_min':22,'port_range_max':22");
    site.delete(ObjectType.SECURITY_GROUP_RULE, RULE);
    assertThat(site.neutron.topology().count(ObjectType.RULE)).isEqualTo(5);
    assertThat(site.get(ObjectType.CHAIN, Ids.OUT_CHAIN.of(GROUP)).ruleIds()).isEmpty();
  }

  @Test
  void anUpdateChangesNameAndDescriptionAlone() {
    rule("'direction':'ingress'");
    site.neutron.update(
        ObjectType.SECURITY_GROUP,
        "{'id':'%s','name':'new','description':'d','security_group_rules':[]}".formatted(GROUP));
    assertThat(site.get(ObjectType.IP_ADDR_GROUP, GROUP).name()).isEqualTo("new");
    assertThat(site.get(ObjectType.SECURITY_GROUP, GROUP).text("description")).isEqualTo("d");
    assertThat(site.has(ObjectType.SECURITY_GROUP_RULE, RULE)).isTrue();
  }

  @Test
  void deletingAGroupTakesItOutOfItsMembersAndOfOtherGroupsRules() {
    UUID other = id(0x60);
    site.machine(VM, "10.0.0.10");
    site.neutron.create(
        ObjectType.SECURITY_GROUP,
        "{'id':'%s','security_group_rules':[{'id':'%s','direction':'ingress','remote_group_id':'%s'}]}"
            .formatted(other, RULE, GROUP));
    site.delete(ObjectType.SECURITY_GROUP, GROUP);
    assertThat(site.has(ObjectType.RULE, RULE)).isFalse();
    assertThat(site.has(ObjectType.SECURITY_GROUP_RULE, RULE)).isFalse();
    assertThat(site.get(ObjectType.NEUTRON_PORT, VM).uuids("security_groups")).isEmpty();
    assertThat(site.rules(Ids.IN_CHAIN.of(VM)))
        .filteredOn(rule -> rule.action() instanceof RuleAction.Jump)
        .hasSize(1);
    assertThat(site.neutron.topology().count(ObjectType.IP_ADDR_GROUP_MEMBER)).isZero();
  }

  private void rule(String fields) {
    site.neutron.create(
        ObjectType.SECURITY_GROUP_RULE,
        "{'id':'%s','security_group_id':'%s',%s}".formatted(RULE, GROUP, fields));
  }

  private Condition condition(UUID rule) {
    return site.get(ObjectType.RULE, rule).condition();
  }
}
