package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.cluster.translation.Site.ROUTER;
import static org.midonet.cluster.translation.Site.id;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.cluster.neutron.Dialect;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.MalformedException;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Topology;
import org.midonet.packets.EtherType;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Condition;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;
import org.midonet.topology.TpRange;

/** A firewall's chain, and the routers that jump to it. */
final class FirewallsTest {
  private static final UUID FIREWALL = id(90);
  private static final UUID CHAIN = Ids.FWD_CHAIN.of(FIREWALL);
  private static final UUID OTHER_ROUTER = id(91);
  private static final String ALLOW =
      "{'id':'%s','enabled':true,'action':'allow','protocol':'tcp','destination_port':'80:90','source_port':'7','ipVersion':4}"
          .formatted(id(92));
  private static final String DENY =
      "{'id':'%s','enabled':true,'action':'deny','source_ip_address':'10.0.0.0/24','ipVersion':4}"
          .formatted(id(93));

  private final Site site = Site.unjoined();

  FirewallsTest() {
    site.neutron.create(
        ObjectType.NEUTRON_ROUTER, "{'id':'%s','name':'o'}".formatted(OTHER_ROUTER));
  }

  @Test
  void rulesStandBetweenReturnFlowsAndTheDropOfAllElse() {
    create(true, ALLOW + "," + DENY, ROUTER);
    List<Rule> rules = site.rules(CHAIN);
    assertThat(rules.stream().map(Rule::action))
        .containsExactly(RuleAction.ACCEPT, RuleAction.RETURN, RuleAction.DROP, RuleAction.DROP);
    assertThat(rules.get(0).condition().matchReturnFlow()).isTrue();
    assertThat(rules.get(1).condition())
        .returns(6, Condition::nwProto)
        .returns(new TpRange(80, 90), Condition::tpDst)
        .returns(TpRange.of(7), Condition::tpSrc)
        .returns(null, Condition::dlType);
    assertThat(rules.get(2).condition().nwSrc()).isEqualTo(IpPrefix.parse("10.0.0.0/24"));
    assertThat(rules.get(3).condition()).isEqualTo(Condition.ALL);
  }

  @Test
  void whatIsDownDropsAllAndWhatIsDisabledIsLeftOut() {
    create(false, ALLOW.replace("'enabled':true", "'enabled':false"), ROUTER);
    assertThat(site.rules(CHAIN).stream().map(Rule::action))
        .containsExactly(RuleAction.DROP, RuleAction.ACCEPT, RuleAction.DROP);
    update(true, ALLOW, "'add-router-ids':['%s']".formatted(ROUTER));
    assertThat(site.rules(CHAIN).stream().map(Rule::action))
        .containsExactly(RuleAction.ACCEPT, RuleAction.RETURN, RuleAction.DROP);
  }

  @Test
  void anUpdateThatChangesNoRuleLeavesThemAlone() {
    create(true, ALLOW, ROUTER);
    List<Rule> before = site.rules(CHAIN);
    update(true, ALLOW, "'name':'other','add-router-ids':['%s']".formatted(ROUTER));
    assertThat(site.rules(CHAIN)).isEqualTo(before);
    assertThat(jump(ROUTER)).isTrue();
  }

  @Test
  void routersComeAndGo() {
    create(true, "", ROUTER);
    update(
        true,
        "",
        "'add-router-ids':['%s'],'del-router-ids':['%s']".formatted(OTHER_ROUTER, ROUTER));
    assertThat(jump(ROUTER)).isFalse();
    assertThat(jump(OTHER_ROUTER)).isTrue();
    update(true, "", "'del-router-ids':['%s'],'last-router':true".formatted(OTHER_ROUTER));
    assertThat(jump(OTHER_ROUTER)).isFalse();
    assertThat(site.has(ObjectType.CHAIN, CHAIN)).isFalse();
    assertThat(site.has(ObjectType.NEUTRON_FIREWALL, FIREWALL)).isFalse();
  }

  @Test
  void anUpdateOfAnUnknownOneCreatesIt() {
    update(true, ALLOW, "'add-router-ids':['%s']".formatted(ROUTER));
    assertThat(site.rules(CHAIN)).hasSize(3);
    assertThat(jump(ROUTER)).isTrue();
    site.delete(ObjectType.NEUTRON_FIREWALL, FIREWALL);
    assertThat(jump(ROUTER)).isFalse();
    assertThat(site.has(ObjectType.CHAIN, CHAIN)).isFalse();
    assertThat(site.has(ObjectType.RULE, id(92))).isFalse();
  }

  @Test
  void theFirewallOfARouterThatWentCanStillGo() {
    create(true, "", ROUTER);
    site.delete(ObjectType.NEUTRON_ROUTER, ROUTER);
    site.delete(ObjectType.NEUTRON_FIREWALL, FIREWALL);
    assertThat(site.has(ObjectType.CHAIN, CHAIN)).isFalse();
  }

  @Test
  void aRouterThatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> create(true, "", id(0xff))).isInstanceOf(NsdbException.class);
  }

  @Test
  void midonetKnowsNoFirewallOfIpv6() {
    assertThatThrownBy(() -> create(true, ALLOW.replace("'ipVersion':4", "'ipVersion':6"), ROUTER))
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining("IPv4");
  }

  @Test
  void ourAgentsTellTheVersionsApart() {
    var after =
        ours(
            ALLOW
                + ","
                + DENY.replace("10.0.0.0/24", "fd00::/64")
                    .replace("'ipVersion':4", "'ipVersion':6"));
    assertThat(after.get(ObjectType.RULE, id(92)).condition().dlType()).isEqualTo(EtherType.IPV4);
    assertThat(after.get(ObjectType.RULE, id(93)).condition().dlType()).isEqualTo(EtherType.IPV6);
  }

  @Test
  void icmpOfIpv6IsItsOwn() {
    String rule = "{'id':'%s','enabled':true,'action':'allow','protocol':'icmp','ipVersion':%d}";
    var after = ours(rule.formatted(id(92), 4) + "," + rule.formatted(id(93), 6));
    assertThat(after.get(ObjectType.RULE, id(92)).condition().nwProto()).isEqualTo(1);
    assertThat(after.get(ObjectType.RULE, id(93)).condition().nwProto()).isEqualTo(58);
  }

  /** What a firewall of these rules becomes for our own agents. */
  private Topology ours(String rules) {
    Translation ours = new Translation(TranslationSettings.BUILT_IN, Chance.of(new Random(1)));
    String document = document(true, rules, "'add-router-ids':['%s']".formatted(ROUTER));
    Topology topology = site.neutron.topology();
    return topology.apply(
        ours.translate(
            topology,
            new NeutronOperation.Create(
                Documents.read(ObjectType.NEUTRON_FIREWALL, Neutron.map(document), Dialect.REST))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'action':'drop'",
        "'action':'allow','destination_port':'90:80'",
        "'action':'allow','destination_port':'x'",
        "'action':'allow','source_ip_address':'10.0.0.300'",
        "'action':'allow','protocol':'nonsense'"
      })
  void whatCannotBeReadIsRefused(String fields) {
    assertThatThrownBy(
            () -> create(true, "{'id':'%s','enabled':true,%s}".formatted(id(92), fields), ROUTER))
        .isInstanceOf(MalformedException.class);
  }

  private void create(boolean up, String rules, UUID router) {
    site.neutron.create(
        ObjectType.NEUTRON_FIREWALL,
        document(up, rules, "'add-router-ids':['%s']".formatted(router)));
  }

  private void update(boolean up, String rules, String more) {
    site.neutron.update(ObjectType.NEUTRON_FIREWALL, document(up, rules, more));
  }

  private static String document(boolean up, String rules, String more) {
    return "{'id':'%s','admin_state_up':%s,'firewall_rule_list':[%s],%s}"
        .formatted(FIREWALL, up, rules, more);
  }

  private boolean jump(UUID router) {
    return site.rules(Ids.FWD_CHAIN.of(router)).stream()
        .anyMatch(
            rule -> rule.action() instanceof RuleAction.Jump jump && jump.chainId().equals(CHAIN));
  }
}
