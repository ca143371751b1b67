package org.midonet.cluster.translation;

import java.util.List;
import java.util.UUID;
import org.midonet.cluster.neutron.FloatingIp;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.ConditionBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;

/**
 * The five rules by which a router translates a floating IP. Stateless. midonet.md 4.7. They go
 * with the port that the floating IP leads to.
 */
final class FloatingIpRules {
  private static final List<Ids> ALL =
      List.of(
          Ids.FIP_SNAT_RULE,
          Ids.FIP_SNAT_EXACT_RULE,
          Ids.FIP_DNAT_RULE,
          Ids.FIP_SKIP_SNAT_OUT_RULE,
          Ids.FIP_SKIP_SNAT_IN_RULE);

  private FloatingIpRules() {}

  static void delete(Draft draft, UUID floatingIp) {
    ALL.forEach(rule -> draft.delete(ObjectType.RULE, rule.of(floatingIp)));
  }

  /**
   * Makes the rules.
   *
   * @param fixed the address that it leads to
   * @param port the router's port by which the floating IP is reached
   * @param isGateway whether that is the gateway, whose floating IPs come before others
   */
  static void create(
      Draft draft, FloatingIp floatingIp, IpAddress fixed, UUID port, boolean isGateway) {
    if (floatingIp.routerId() == null || floatingIp.floatingIpAddress() == null) {
      return;
    }
    UUID router = floatingIp.routerId();
    IpAddress address = floatingIp.floatingIpAddress();
    RuleAction out = Rules.staticSnat(address);
    ConditionBuilder fromFixed = Rules.anyFragment().nwSrc(IpPrefix.of(fixed));
    draft.prepend(
        rule(
            floatingIp,
            Ids.FIP_DNAT_RULE,
            Ids.IN_CHAIN.of(router),
            Rules.staticDnat(fixed),
            Rules.anyFragment().nwDst(IpPrefix.of(address))));
    draft.prepend(
        rule(
            floatingIp,
            Ids.FIP_SNAT_EXACT_RULE,
            Ids.FLOAT_SNAT_EXACT_CHAIN.of(router),
            out,
            Rules.anyFragment().nwSrc(IpPrefix.of(fixed)).outPorts(List.of(port))));
    Rule snat =
        rule(floatingIp, Ids.FIP_SNAT_RULE, Ids.FLOAT_SNAT_CHAIN.of(router), out, fromFixed);
    if (isGateway) {
      draft.prepend(snat);
    } else {
      draft.create(snat);
    }
    skipSnat(draft, floatingIp, Ids.SKIP_SNAT_CHAIN.of(router), port);
  }

  private static void skipSnat(Draft draft, FloatingIp floatingIp, UUID chain, UUID port) {
    draft.prepend(
        rule(
            floatingIp,
            Ids.FIP_SKIP_SNAT_OUT_RULE,
            chain,
            RuleAction.RETURN,
            Rules.anyFragment().outPorts(List.of(port))));
    draft.create(
        rule(
            floatingIp,
            Ids.FIP_SKIP_SNAT_IN_RULE,
            chain,
            RuleAction.ACCEPT,
            Rules.anyFragment().inPorts(List.of(port))));
  }

  private static Rule rule(
      FloatingIp floatingIp, Ids kind, UUID chain, RuleAction action, ConditionBuilder condition) {
    return Rules.rule(kind.of(floatingIp.id()), chain, action)
        .condition(condition.build())
        .fipPortId(floatingIp.portId())
        .build();
  }
}
