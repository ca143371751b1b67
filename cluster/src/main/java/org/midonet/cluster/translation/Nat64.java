package org.midonet.cluster.translation;

import java.util.List;
import java.util.UUID;
import org.midonet.packets.IpAddress;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.RuleAction;
import org.midonet.topology.RuleBuilder;

/**
 * What a router port with an IPv6 address needs so that IPv6 clients reach floating IPs: their
 * packets come out of a pool of IPv4 addresses, and go back to it. Stateless. midonet.md 4.5.
 */
final class Nat64 {
  private Nat64() {}

  /** Keeps what goes to the pool from being translated again. The rule goes with the port. */
  static void acceptPool(Draft draft, UUID router, UUID port) {
    RuleBuilder rule =
        Rules.rule(ruleId(port), Ids.FLOAT_NAT64_CHAIN.of(router), RuleAction.ACCEPT);
    draft.createIfAbsent(
        rule.condition(Rules.condition().outPorts(List.of(port)).nwDst(Routes.NAT64_POOL).build())
            .fipPortId(port)
            .build());
  }

  static void forgetPool(Draft draft, UUID port) {
    draft.delete(ObjectType.RULE, ruleId(port));
  }

  /** Leads what goes to the pool to the port. */
  static void routePool(Draft draft, UUID port, IpAddress address) {
    draft.create(Routes.nat64(port, address));
  }

  private static UUID ruleId(UUID port) {
    return Ids.FLOAT_NAT64_CHAIN.of(port);
  }
}
