package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Topology;
import org.midonet.topology.Condition;
import org.midonet.topology.Ids;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;

/**
 * Tells a packet's way in words, a line for each step, by the names that Neutron's users know.
 * Immutable, safe to share.
 */
public final class Explanation {
  private final Topology topology;
  private final NeutronNames names;
  private final boolean everyRule;

  /**
   * @param everyRule whether rules that were not met are told too
   */
  public Explanation(Topology topology, boolean everyRule) {
    this.topology = topology;
    this.names = new NeutronNames(topology);
    this.everyRule = everyRule;
  }

  /** The lines of a trace; what happens inside a device is indented. */
  public List<String> lines(List<Step> trace) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < trace.size(); i++) {
      String line = line(trace.get(i));
      if (line != null) {
        lines.add(line);
      }
      if (trace.get(i) instanceof Step.Drop drop && drop.reason() == DropReason.FILTERED) {
        String missing = missing(trace, i);
        if (missing != null) {
          lines.add(missing);
        }
      }
    }
    return lines;
  }

  private @Nullable String line(Step step) {
    return switch (step) {
      case Step.Enter it -> "enters " + names.port(it.port()) + ": " + it.packet();
      case Step.Leave it -> "  leaves by " + names.port(it.port()) + ": " + it.packet();
      case Step.Evaluate it -> everyRule ? indent(it.depth()) + "chain " + chain(it) : null;
      case Step.TryRule it -> it.matched() || everyRule ? rule(it) : null;
      case Step.Connection it ->
          it.isReturn()
              ? "  belongs to a connection that was let through"
              : "  belongs to no connection yet";
      case Step.Translate it -> "    translated: " + it.before() + " becomes " + it.after();
      case Step.Balance it -> "  " + names.balanced(it);
      case Step.FindRoute it ->
          it.route() == null
              ? "  no route to " + it.destination() + " in " + names.device(it.router())
              : "  route to " + it.destination() + ": " + names.route(it.route());
      case Step.FindNeighbour it ->
          it.mac() == null
              ? "  the MAC of " + it.address() + " is not known"
              : "  " + it.address() + " is at " + it.mac();
      case Step.FindMac it -> "  " + it.mac() + " is behind " + names.port(it.port());
      case Step.Flood it -> "  goes to all " + it.ports() + " ports, as " + who(it);
      case Step.Answer it -> "  answered: " + it.what();
      case Step.Note it -> "  " + it.text();
      case Step.Deliver it -> "delivered to " + names.port(it.port()) + ": " + it.packet();
      case Step.Drop it -> "dropped: " + it.reason().text();
    };
  }

  private static String who(Step.Flood flood) {
    return flood.mac().isMulticast() ? "it is for many" : "nobody knows " + flood.mac();
  }

  private String chain(Step.Evaluate step) {
    return names.chain(step.chain(), step.name());
  }

  private String rule(Step.TryRule step) {
    String did;
    if (!step.matched()) {
      did = "not met";
    } else if (!step.applied()) {
      did = "nothing to translate";
    } else {
      did = action(step.rule().action());
    }
    return indent(step.depth()) + names.rule(step.rule()) + ": " + did;
  }

  private static String indent(int depth) {
    return "  " + "  ".repeat(depth);
  }

  private String action(RuleAction action) {
    return switch (action) {
      case RuleAction.Literal it ->
          switch (it.verdict()) {
            case ACCEPT -> "accept";
            case DROP -> "drop";
            case REJECT -> "reject";
            case RETURN -> "return";
          };
      case RuleAction.Jump it -> "go to " + names.chain(it.chainId(), it.chainName());
      case RuleAction.Snat it -> "source NAT";
      case RuleAction.Dnat it -> "destination NAT";
      case RuleAction.ReverseSnat it -> "undo source NAT";
      case RuleAction.ReverseDnat it -> "undo destination NAT";
      case RuleAction.L2Transform it -> it.redirect() ? "redirect" : "change the VLAN";
      case RuleAction.Trace it -> "trace";
    };
  }

  /**
   * The chains of a port with security groups end by dropping all that no group's rule accepted: if
   * it was that rule, the rule that is missing is what the user wants to hear of.
   */
  private @Nullable String missing(List<Step> trace, int drop) {
    Step.TryRule last = null;
    for (int i = drop - 1; i >= 0 && last == null; i--) {
      if (trace.get(i) instanceof Step.TryRule rule && rule.matched()) {
        last = rule;
      }
    }
    UUID where = trace.get(drop) instanceof Step.Drop it ? it.where() : null;
    Port port = where == null ? null : topology.find(ObjectType.PORT, where);
    if (last == null || port == null || !isFinalDrop(last.rule())) {
      return null;
    }
    boolean leaving = Ids.IN_CHAIN.of(port.id()).equals(last.rule().chainId());
    if (!leaving && !Ids.OUT_CHAIN.of(port.id()).equals(last.rule().chainId())) {
      return null;
    }
    NeutronObject neutron = topology.find(ObjectType.NEUTRON_PORT, port.id());
    int groups = neutron == null ? 0 : neutron.uuids("security_groups").size();
    return groups == 0
        ? "missing: the port has no security group"
        : "missing: no security group of the port has a rule for this %s packet"
            .formatted(leaving ? "egress" : "ingress");
  }

  private static boolean isFinalDrop(Rule rule) {
    Condition condition = rule.condition();
    return rule.action().equals(RuleAction.DROP) && condition.invDlType();
  }
}
