package org.midonet.cluster.translation;

import java.util.List;
import java.util.UUID;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.Condition;
import org.midonet.topology.ConditionBuilder;
import org.midonet.topology.FragmentPolicy;
import org.midonet.topology.NatTarget;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;
import org.midonet.topology.RuleAction.FlowAction;
import org.midonet.topology.RuleBuilder;

/** Makes rules the way MidoNet's translation does. Stateless. */
final class Rules {
  private Rules() {}

  /** A rule without a condition, which meets every packet, fragments included. */
  static RuleBuilder rule(UUID id, UUID chain, RuleAction action) {
    return RuleBuilder.builder().id(id).chainId(chain).action(action).condition(Condition.ALL);
  }

  static Rule rule(UUID id, UUID chain, RuleAction action, ConditionBuilder condition) {
    return rule(id, chain, action).condition(condition.build()).build();
  }

  static Rule jump(UUID id, UUID from, UUID to) {
    return rule(id, from, new RuleAction.Jump(to, null)).build();
  }

  /** Accepts the packets of connections that were let through the other way. */
  static Rule acceptReturnFlow(UUID id, UUID chain) {
    return rule(id, chain, RuleAction.ACCEPT, condition().matchReturnFlow(true));
  }

  /** A condition that leaves fragments to the default: it meets unfragmented packets alone. */
  static ConditionBuilder condition() {
    return Condition.builder();
  }

  /** A condition that meets fragments too. */
  static ConditionBuilder anyFragment() {
    return Condition.builder().fragmentPolicy(FragmentPolicy.ANY);
  }

  /** Rewrites the source to an address and a port of a range; keeps state. */
  static RuleAction dynamicSnat(IpAddress address, TranslationSettings settings) {
    Ipv4Address to = ipv4(address);
    return new RuleAction.Snat(
        List.of(new NatTarget(to, to, settings.natPortStart(), settings.natPortEnd())),
        FlowAction.ACCEPT);
  }

  /** Rewrites the source to an address, and nothing else. */
  static RuleAction staticSnat(IpAddress address) {
    return new RuleAction.Snat(List.of(NatTarget.of(ipv4(address))), FlowAction.ACCEPT);
  }

  /** Rewrites the destination to an address, and nothing else. */
  static RuleAction staticDnat(IpAddress address) {
    return new RuleAction.Dnat(List.of(NatTarget.of(ipv4(address))), FlowAction.ACCEPT);
  }

  static RuleAction reverseSnat() {
    return new RuleAction.ReverseSnat(FlowAction.ACCEPT);
  }

  /** The prefix of one address. */
  static IpPrefix host(IpAddress address) {
    return IpPrefix.of(address);
  }

  private static Ipv4Address ipv4(IpAddress address) {
    if (address instanceof Ipv4Address ipv4) {
      return ipv4;
    }
    throw TranslationException.invalid("Only IPv4 addresses can be translated, not " + address);
  }
}
