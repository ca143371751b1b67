package org.midonet.cluster.translation;

import java.util.List;
import java.util.UUID;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.RuleAction;

/**
 * Lets machines of a subnet reach each other by way of their router, as with floating IPs: the
 * router takes the sender's place, so that the answer comes back to it. Stateless. midonet.md 4.6.
 */
final class SameSubnetNat {
  private SameSubnetNat() {}

  /** Machines know whom they ask for metadata, so their address is left to them there. */
  static void create(Draft draft, UUID router, UUID port, IpAddress address) {
    UUID out = Ids.OUT_CHAIN.of(router);
    UUID in = Ids.IN_CHAIN.of(router);
    if (draft.exists(ObjectType.RULE, Ids.sameSubnetSnatRule(out, port))) {
      throw TranslationException.invalid(
          "A port of router " + router + " cannot be in several IPv4 subnets: port " + port);
    }
    RuleAction translate = Rules.dynamicSnat(address, draft.settings());
    draft.create(
        Rules.rule(
            Ids.sameSubnetSnatRule(out, port),
            out,
            translate,
            Rules.condition()
                .inPorts(List.of(port))
                .outPorts(List.of(port))
                .nwDst(Routes.METADATA)
                .invNwDst(true)
                .matchForwardFlow(true)));
    draft.create(
        Rules.rule(
            Ids.sameSubnetSnatRule(in, port),
            in,
            Rules.reverseSnat(),
            Rules.condition()
                .inPorts(List.of(port))
                .nwDst(IpPrefix.of(address))
                .matchReturnFlow(true)));
  }

  static void delete(Draft draft, UUID router, UUID port) {
    draft.delete(ObjectType.RULE, Ids.sameSubnetSnatRule(Ids.OUT_CHAIN.of(router), port));
    draft.delete(ObjectType.RULE, Ids.sameSubnetSnatRule(Ids.IN_CHAIN.of(router), port));
  }
}
