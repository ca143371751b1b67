package org.midonet.agent.sim;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.SmallSet;
import org.midonet.packets.IpAddress;
import org.midonet.packets.frame.NeighbourMessage;
import org.midonet.topology.Ids;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;

/** Evaluates chains of rules (spec/midonet.md 5.6). Not safe to share: it is for one evaluation. */
final class Chains {
  private final Walk walk;
  private final Headers headers;
  private final UUID device;
  private final SmallSet<UUID> visited = new SmallSet<>();

  /** What comes of an evaluation, or of a rule. */
  enum Outcome {
    ACCEPT,
    DROP,
    REJECT,
    REDIRECT,
    /** Nothing yet: go on. */
    CONTINUE,
    /** Nothing in this chain: go on in the one that jumped here. */
    RETURN
  }

  private Chains(Walk walk, Headers headers, UUID device) {
    this.walk = walk;
    this.headers = headers;
    this.device = device;
  }

  /**
   * Evaluates a chain, which may rewrite the headers.
   *
   * @param device the device on whose behalf addresses are translated
   * @param id null for no chain, which accepts everything
   * @return all but {@link Outcome#CONTINUE} and {@link Outcome#RETURN}
   */
  static Outcome evaluate(Walk walk, Headers headers, UUID device, @Nullable UUID id) {
    RuleChain chain = walk.topology.chain(id);
    if (id != null) {
      walk.tags.add(new Tag.OfChain(id));
    }
    if (chain == null) {
      return Outcome.ACCEPT;
    }
    Outcome outcome = new Chains(walk, headers, device).run(chain, 0);
    return outcome == Outcome.CONTINUE ? Outcome.ACCEPT : outcome;
  }

  private Outcome run(RuleChain chain, int depth) {
    visited.add(chain.id());
    if (walk.isTraced()) {
      walk.step(new Step.Evaluate(chain.id(), chain.name(), depth));
    }
    for (RuleChain.Entry entry : chain.rules()) {
      Rule rule = entry.rule();
      if (!entry.matcher().matches(walk, headers)) {
        if (walk.isTraced()) {
          walk.step(new Step.TryRule(rule, false, false, depth));
        }
        continue;
      }
      Outcome outcome = act(rule, depth);
      if (outcome == Outcome.RETURN) {
        return Outcome.CONTINUE;
      }
      if (outcome != Outcome.CONTINUE) {
        return outcome;
      }
    }
    return Outcome.CONTINUE;
  }

  private Outcome act(Rule rule, int depth) {
    if (!(rule.action() instanceof RuleAction.Snat)
        && !(rule.action() instanceof RuleAction.Dnat)
        && !(rule.action() instanceof RuleAction.ReverseSnat)
        && !(rule.action() instanceof RuleAction.ReverseDnat)) {
      if (walk.isTraced()) {
        walk.step(new Step.TryRule(rule, true, true, depth));
      }
    }
    return switch (rule.action()) {
      case RuleAction.Literal it ->
          switch (it.verdict()) {
            case ACCEPT -> Outcome.ACCEPT;
            case DROP -> Outcome.DROP;
            case REJECT -> Outcome.REJECT;
            case RETURN -> Outcome.RETURN;
          };
      case RuleAction.Jump it -> jump(it.chainId(), depth);
      case RuleAction.Snat it ->
          translated(rule, depth, new Nat(walk, headers, device, rule).source(it), it.flowAction());
      case RuleAction.Dnat it ->
          translated(
              rule, depth, new Nat(walk, headers, device, rule).destination(it), it.flowAction());
      case RuleAction.ReverseSnat it ->
          translated(
              rule, depth, new Nat(walk, headers, device, rule).reverseSource(), it.flowAction());
      case RuleAction.ReverseDnat it ->
          translated(
              rule,
              depth,
              new Nat(walk, headers, device, rule).reverseDestination(),
              it.flowAction());
      case RuleAction.L2Transform it -> transform(it);
      case RuleAction.Trace it -> {
        walk.traced.add(it.requestId());
        yield Outcome.CONTINUE;
      }
    };
  }

  /** A rule that could not translate counts as not met. */
  private Outcome translated(
      Rule rule, int depth, Nat.Outcome translated, RuleAction.FlowAction flowAction) {
    if (walk.isTraced()) {
      walk.step(new Step.TryRule(rule, true, translated == Nat.Outcome.DONE, depth));
    }
    return switch (translated) {
      case NOT_APPLIED -> Outcome.CONTINUE;
      case EXHAUSTED -> {
        walk.reason = DropReason.NO_PORTS_LEFT;
        yield Outcome.DROP;
      }
      case DONE ->
          switch (flowAction) {
            case ACCEPT -> Outcome.ACCEPT;
            case CONTINUE -> Outcome.CONTINUE;
            case RETURN -> Outcome.RETURN;
          };
    };
  }

  private Outcome jump(UUID target, int depth) {
    walk.tags.add(new Tag.OfChain(target));
    if (walk.inPort != null
        && walk.outPort == null
        && target.equals(Ids.ANTI_SPOOF_CHAIN.of(walk.inPort.id()))) {
      Outcome outcome = guard(walk.inPort);
      if (outcome != Outcome.CONTINUE) {
        return outcome == Outcome.RETURN ? Outcome.CONTINUE : outcome;
      }
    }
    RuleChain chain = walk.topology.chain(target);
    return chain == null || visited.contains(target) ? Outcome.CONTINUE : run(chain, depth + 1);
  }

  /**
   * What the translation's anti-spoofing does not know: a machine may not pose as a DHCP server,
   * nor as a router of IPv6 (RFC 6105).
   *
   * @return RETURN to let it pass, CONTINUE to ask the chain
   */
  private Outcome guard(PortDevice port) {
    RuleChain chain = walk.topology.chain(Ids.ANTI_SPOOF_CHAIN.of(port.id()));
    if (chain == null || chain.rules().isEmpty()) {
      return Outcome.CONTINUE;
    }
    walk.bySourcePort |= headers.hasDhcpClientsPort();
    walk.byDestinationPort |= headers.hasDhcpServersPort();
    if (headers.isFromDhcpServer()) {
      walk.reason = DropReason.SPOOFED;
      if (walk.isTraced()) {
        walk.step(new Step.Note("a machine with port security may not pose as a DHCP server"));
      }
      return Outcome.DROP;
    }
    return headers.isIpv6() ? guardIpv6(port) : Outcome.CONTINUE;
  }

  /** In IPv6 a machine has a link-local address by its MAC, or none yet. */
  private Outcome guardIpv6(PortDevice port) {
    boolean router =
        headers.icmpType == NeighbourMessage.ROUTER_ADVERTISEMENT
            || headers.icmpType == NeighbourMessage.REDIRECT;
    if (router && headers.protocol == Headers.ICMPV6) {
      walk.reason = DropReason.SPOOFED;
      if (walk.isTraced()) {
        walk.step(new Step.Note("a machine with port security may not pose as a router"));
      }
      return Outcome.DROP;
    }
    IpAddress claimed = headers.ruleSource();
    if (claimed == null || !(claimed.isUnspecified() || claimed.isLinkLocal())) {
      return Outcome.CONTINUE;
    }
    boolean itsOwn =
        claimed.isUnspecified()
            ? headers.isNeighbourTalk()
            : headers.isLinkLocalOfSender(claimed) && Bridging.isAt(walk, port, headers.source);
    if (!itsOwn) {
      return Outcome.CONTINUE;
    }
    if (walk.isTraced()) {
      walk.step(new Step.Note(claimed + " is the sender's own by its MAC"));
    }
    return Outcome.RETURN;
  }

  private Outcome transform(RuleAction.L2Transform action) {
    if (action.popVlan() && headers.isTagged()) {
      headers.tags = headers.tags.subList(1, headers.tags.size());
    }
    if (action.pushVlan() != 0) {
      headers.tags = Vlans.push(headers.tags, action.pushVlan());
    }
    if (!action.redirect() || action.targetPortId() == null) {
      return Outcome.CONTINUE;
    }
    PortDevice target = walk.topology.port(action.targetPortId());
    boolean up =
        target != null
            && target.port().adminStateUp()
            && (target.port().isInterior() || walk.topology.isActive(target.id()));
    walk.tags.add(new Tag.OfPort(action.targetPortId()));
    if (!up && action.failOpen()) {
      return Outcome.CONTINUE;
    }
    walk.redirect = new Walk.Redirect(action.targetPortId(), action.ingress());
    return Outcome.REDIRECT;
  }
}
