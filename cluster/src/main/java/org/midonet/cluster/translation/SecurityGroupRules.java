package org.midonet.cluster.translation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.SecurityGroupRule;
import org.midonet.cluster.neutron.SecurityGroupRule.Direction;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.IpProtocol;
import org.midonet.topology.Condition;
import org.midonet.topology.ConditionBuilder;
import org.midonet.topology.FragmentPolicy;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.RuleAction;
import org.midonet.topology.TpRange;

/**
 * A rule of a security group becomes a rule of the same id that accepts, and a second one where
 * ports matter: later fragments have none. Stateless. midonet.md 4.8.
 */
final class SecurityGroupRules {
  private SecurityGroupRules() {}

  static void create(Draft draft, SecurityGroupRule rule) {
    UUID chain = chain(rule);
    if (rule.portRangeMin() == null && rule.portRangeMax() == null) {
      ConditionBuilder any = condition(rule).fragmentPolicy(FragmentPolicy.ANY);
      draft.create(Rules.rule(rule.id(), chain, RuleAction.ACCEPT, any));
      return;
    }
    ConditionBuilder header = condition(rule).fragmentPolicy(FragmentPolicy.HEADER);
    ConditionBuilder rest = condition(rule).fragmentPolicy(FragmentPolicy.NONHEADER);
    draft.create(Rules.rule(rule.id(), chain, RuleAction.ACCEPT, transport(header, rule)));
    draft.create(Rules.rule(Ids.NON_HEADER_RULE.of(rule.id()), chain, RuleAction.ACCEPT, rest));
  }

  static void delete(Draft draft, UUID rule) {
    draft.delete(ObjectType.RULE, rule);
    draft.delete(ObjectType.RULE, Ids.NON_HEADER_RULE.of(rule));
  }

  /** What a port receives, the network sends out to it. */
  private static UUID chain(SecurityGroupRule rule) {
    return isIngress(rule)
        ? Ids.OUT_CHAIN.of(rule.securityGroupId())
        : Ids.IN_CHAIN.of(rule.securityGroupId());
  }

  private static boolean isIngress(SecurityGroupRule rule) {
    return rule.direction() == Direction.INGRESS;
  }

  private static ConditionBuilder condition(SecurityGroupRule rule) {
    ConditionBuilder condition =
        Condition.builder().nwProto(rule.protocol()).dlType(rule.ethertype());
    IpPrefix remote = rule.remoteIpPrefix() == null ? null : IpPrefix.of(rule.remoteIpPrefix());
    return isIngress(rule)
        ? condition.nwSrc(remote).ipAddrGroupSrc(rule.remoteGroupId())
        : condition.nwDst(remote).ipAddrGroupDst(rule.remoteGroupId());
  }

  /**
   * Of ICMP, the type stands in the place of the lowest port and the code in that of the highest.
   */
  private static ConditionBuilder transport(ConditionBuilder condition, SecurityGroupRule rule) {
    return isIcmp(rule)
        ? condition.tpSrc(one(rule.portRangeMin())).tpDst(one(rule.portRangeMax()))
        : condition.tpDst(new TpRange(rule.portRangeMin(), rule.portRangeMax()));
  }

  private static boolean isIcmp(SecurityGroupRule rule) {
    Integer protocol = rule.protocol();
    return protocol != null
        && (protocol == IpProtocol.ICMP.number() || protocol == IpProtocol.ICMPV6.number());
  }

  private static @Nullable TpRange one(@Nullable Integer value) {
    return value == null ? null : TpRange.of(value);
  }
}
