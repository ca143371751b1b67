package org.midonet.cluster.translation;

import java.util.List;
import java.util.UUID;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.IpProtocol;
import org.midonet.topology.ConditionBuilder;
import org.midonet.topology.FragmentPolicy;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.RuleAction;

/**
 * Translation of tenants' addresses to that of the gateway. Stateless. midonet.md 4.5.
 *
 * <p>The first rules of either chain say nothing of fragments, and so do not meet them: a fragment
 * that lost its ports cannot be translated, and must not leave untranslated.
 */
final class SourceNat {
  private static final List<Ids> RULES =
      List.of(
          Ids.OUT_SNAT_RULE,
          Ids.DST_REWRITTEN_SNAT_RULE,
          Ids.OUT_DROP_UNMATCHED_FRAGMENTS_RULE,
          Ids.IN_REVERSE_SNAT_RULE,
          Ids.IN_DROP_WRONG_PORT_TRAFFIC_RULE,
          Ids.SKIP_SNAT_OUT_GW_PORT_RULE,
          Ids.SKIP_SNAT_IN_GW_PORT_RULE);

  private SourceNat() {}

  static boolean isOn(Draft draft, UUID router) {
    return draft.exists(ObjectType.RULE, Ids.OUT_SNAT_RULE.of(router));
  }

  static void off(Draft draft, UUID router) {
    RULES.forEach(rule -> draft.delete(ObjectType.RULE, rule.of(router)));
  }

  /**
   * Translates what leaves by a port; does nothing if something is translated already.
   *
   * @param address the port's
   */
  static void on(Draft draft, UUID router, UUID port, IpAddress address) {
    if (isOn(draft, router)) {
      return;
    }
    skipFloatingIps(draft, router, port);
    postRouting(draft, router, port, address);
    preRouting(draft, router, address);
  }

  /** What leaves by the gateway goes on to the rules below; what came by it keeps its source. */
  private static void skipFloatingIps(Draft draft, UUID router, UUID port) {
    UUID chain = Ids.SKIP_SNAT_CHAIN.of(router);
    draft.prepend(
        Rules.rule(
            Ids.SKIP_SNAT_OUT_GW_PORT_RULE.of(router),
            chain,
            RuleAction.RETURN,
            Rules.anyFragment().outPorts(List.of(port))));
    draft.create(
        Rules.rule(
            Ids.SKIP_SNAT_IN_GW_PORT_RULE.of(router),
            chain,
            RuleAction.ACCEPT,
            Rules.anyFragment().inPorts(List.of(port))));
  }

  private static void postRouting(Draft draft, UUID router, UUID port, IpAddress address) {
    UUID chain = Ids.OUT_CHAIN.of(router);
    RuleAction translate = Rules.dynamicSnat(address, draft.settings());
    draft.create(
        Rules.rule(Ids.OUT_SNAT_RULE.of(router), chain, translate, foreign(port, address)));
    draft.create(
        Rules.rule(
            Ids.DST_REWRITTEN_SNAT_RULE.of(router),
            chain,
            translate,
            Rules.anyFragment().matchNwDstRewritten(true)));
    draft.create(
        Rules.rule(
            Ids.OUT_DROP_UNMATCHED_FRAGMENTS_RULE.of(router),
            chain,
            RuleAction.DROP,
            foreign(port, address).fragmentPolicy(FragmentPolicy.ANY)));
  }

  /** What leaves by the port under another address than its own. */
  private static ConditionBuilder foreign(UUID port, IpAddress address) {
    return Rules.condition().outPorts(List.of(port)).nwSrc(IpPrefix.of(address)).invNwSrc(true);
  }

  private static void preRouting(Draft draft, UUID router, IpAddress address) {
    UUID chain = Ids.IN_CHAIN.of(router);
    draft.create(
        Rules.rule(
            Ids.IN_REVERSE_SNAT_RULE.of(router),
            chain,
            Rules.reverseSnat(),
            Rules.condition().nwDst(IpPrefix.of(address))));
    draft.create(
        Rules.rule(
            Ids.IN_DROP_WRONG_PORT_TRAFFIC_RULE.of(router),
            chain,
            RuleAction.DROP,
            Rules.condition()
                .nwDst(IpPrefix.of(address))
                .nwProto(IpProtocol.ICMP.number())
                .invNwProto(true)));
  }
}
