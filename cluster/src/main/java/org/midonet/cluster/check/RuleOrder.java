package org.midonet.cluster.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.midonet.nsdb.Topology;
import org.midonet.topology.Ids;
import org.midonet.topology.IpAddrGroup;
import org.midonet.topology.NatTarget;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;

/**
 * Whether two orders of the same rules mean the same. Immutable, safe to share between threads.
 *
 * <p>Translation adds rules to a router's chains as interfaces, gateway and floating IPs come, so
 * their order tells of the past. It counts only between rules of different kinds, as {@link #kind}
 * has them: those of one kind give the same verdict, or meet different packets, or either is right.
 */
final class RuleOrder {
  private static final String SAME_SUBNET = "same subnet";
  private static final String JUMP = "jump ";

  private final Topology expected;
  private final Set<UUID> groupChains = new HashSet<>();

  RuleOrder(Topology expected) {
    this.expected = expected;
    for (IpAddrGroup group : expected.list(ObjectType.IP_ADDR_GROUP)) {
      groupChains.add(Ids.IN_CHAIN.of(group.id()));
      groupChains.add(Ids.OUT_CHAIN.of(group.id()));
    }
  }

  /**
   * Compares two orders of the same rules.
   *
   * @param right as translation has them
   */
  boolean isSame(List<Rule> right, List<Rule> other) {
    if (right.equals(other)) {
      return true;
    }
    Map<String, Span> wanted = spans(right);
    Map<String, Span> present = spans(other);
    for (String one : wanted.keySet()) {
      for (String two : wanted.keySet()) {
        boolean first = get(wanted, one).last < get(wanted, two).first;
        if (first
            && !areIndependent(one, two)
            && get(present, one).last > get(present, two).first) {
          return false;
        }
      }
    }
    return true;
  }

  /** From the first to the last rule of a kind. */
  private record Span(int first, int last) {}

  private static Span get(Map<String, Span> spans, String kind) {
    return spans.getOrDefault(kind, new Span(0, 0));
  }

  private Map<String, Span> spans(List<Rule> rules) {
    Map<String, Span> spans = new HashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      spans.merge(kind(rules.get(i)), new Span(i, i), (old, one) -> new Span(old.first, one.last));
    }
    return spans;
  }

  /**
   * An interface's own rules meet only what comes in by it. Where they and the gateway's rules both
   * meet a packet, the sender gets one of the router's addresses or the other: either does.
   */
  private static boolean areIndependent(String one, String two) {
    return (one.equals(SAME_SUBNET) && !two.startsWith(JUMP))
        || (two.equals(SAME_SUBNET) && !one.startsWith(JUMP));
  }

  private String kind(Rule rule) {
    return switch (rule.action()) {
      case RuleAction.Literal(RuleAction.Verdict verdict) -> verdict.name();
      case RuleAction.Jump(UUID chain, var name) ->
          groupChains.contains(chain) ? JUMP + "to a group" : JUMP + chain;
      case RuleAction.Snat snat when isStatic(snat.targets()) -> "floating " + isByGateway(rule);
      case RuleAction.Snat snat -> isOfInterface(rule) ? SAME_SUBNET : "snat";
      case RuleAction.ReverseSnat reverse -> isOfInterface(rule) ? SAME_SUBNET : "reverse snat";
      case RuleAction.Dnat dnat -> "dnat";
      case RuleAction.ReverseDnat reverse -> "reverse dnat";
      case RuleAction.L2Transform transform -> "transform " + rule.id();
      case RuleAction.Trace trace -> "trace " + rule.id();
    };
  }

  private static boolean isOfInterface(Rule rule) {
    return !rule.condition().inPorts().isEmpty();
  }

  private static boolean isStatic(List<NatTarget> targets) {
    return targets.stream().allMatch(target -> target.portTo() == 0);
  }

  /** Of a floating IP's rule for any port: those by the gateway come before the others. */
  private boolean isByGateway(Rule rule) {
    if (!rule.condition().outPorts().isEmpty()) {
      return false; // it is the exact one
    }
    UUID floatingIp = Ids.FIP_SNAT_RULE.of(rule.id()); // the derivation is its own inverse
    Rule exact = expected.find(ObjectType.RULE, Ids.FIP_SNAT_EXACT_RULE.of(floatingIp));
    return exact != null && exact.condition().outPorts().stream().anyMatch(this::isGateway);
  }

  private boolean isGateway(UUID id) {
    Port port = expected.find(ObjectType.PORT, id);
    return port != null && port.peerId() != null && id.equals(Ids.TENANT_GW_PORT.of(port.peerId()));
  }
}
