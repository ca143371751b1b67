package org.midonet.agent.sim;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Fragment;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.NatBinding;
import org.midonet.agent.state.NatKey;
import org.midonet.agent.state.NatKey.Kind;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.frame.QuotedPacket;
import org.midonet.topology.NatTarget;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;

/**
 * Translates addresses as one rule says (spec/midonet.md 5.6 and 5.7). Not safe to share: it is for
 * one packet.
 *
 * <p>Static translation rewrites the address alone and needs no state. Dynamic translation finds or
 * makes a binding. An ICMP error is translated like the packet that it is about, which it quotes:
 * it comes from where that one went, so that packet is looked up the other way round.
 */
final class Nat {
  private final Walk walk;
  private final Headers headers;
  private final UUID device;
  private final Rule rule;

  enum Outcome {
    DONE,
    /** The rule has nothing to say of this packet. */
    NOT_APPLIED,
    /** There is nothing left to translate to. */
    EXHAUSTED
  }

  Nat(Walk walk, Headers headers, UUID device, Rule rule) {
    this.walk = walk;
    this.headers = headers;
    this.device = device;
    this.rule = rule;
  }

  Outcome source(RuleAction.Snat action) {
    if (!headers.isIpv4()) {
      return Outcome.NOT_APPLIED;
    }
    if (isStatic(action.targets())) {
      return staticSource(pick(action.targets()));
    }
    if (headers.quoted != null) {
      return errorSource(Kind.SNAT, headers.quoted);
    }
    NatKey key = key(Kind.SNAT);
    if (key == null) {
      return Outcome.NOT_APPLIED;
    }
    walk.bySourcePort = true;
    NatBinding known = walk.state.binding(key);
    NatBinding binding = known == null ? walk.state.allocate(key, action.targets()) : known;
    if (binding == null) {
      return Outcome.EXHAUSTED;
    }
    bind(key, binding);
    return setSource(binding);
  }

  Outcome destination(RuleAction.Dnat action) {
    if (!headers.isIpv4()) {
      return Outcome.NOT_APPLIED;
    }
    if (isStatic(action.targets())) {
      return staticDestination(pick(action.targets()));
    }
    if (headers.quoted != null) {
      return errorDestination(Kind.DNAT, headers.quoted);
    }
    NatKey key = key(Kind.DNAT);
    if (key == null) {
      return Outcome.NOT_APPLIED;
    }
    NatBinding known = walk.state.binding(key);
    if (known != null || !isOne(action.targets())) {
      walk.bySourcePort = true;
      walk.byDestinationPort = true;
    }
    NatBinding binding = known == null ? choose(key, action.targets(), headers.isEcho()) : known;
    bind(key, binding);
    return setDestination(binding);
  }

  /** Undoes source translation: the destination becomes who sent the first packet. */
  Outcome reverseSource() {
    if (headers.quoted != null) {
      return errorDestination(Kind.REVERSE_SNAT, headers.quoted);
    }
    NatBinding original = lookUp(Kind.REVERSE_SNAT);
    return original == null ? Outcome.NOT_APPLIED : setDestination(original);
  }

  /** Undoes destination translation: the source becomes who the first packet was sent to. */
  Outcome reverseDestination() {
    if (headers.quoted != null) {
      return errorSource(Kind.REVERSE_DNAT, headers.quoted);
    }
    NatBinding original = lookUp(Kind.REVERSE_DNAT);
    return original == null ? Outcome.NOT_APPLIED : setSource(original);
  }

  private @Nullable NatBinding lookUp(Kind kind) {
    NatKey key = key(kind);
    if (key == null) {
      return null;
    }
    walk.isStateful = true;
    walk.tags.add(key);
    NatBinding binding = walk.state.binding(key);
    if (binding != null) {
      walk.uses.add(key);
    }
    return binding;
  }

  private void bind(NatKey key, NatBinding binding) {
    walk.isStateful = true;
    walk.tags.add(key);
    walk.uses.add(key);
    walk.effects.add(new Effect.Bind(key, binding));
  }

  /** What is not TCP, UDP or an ICMP echo cannot be told apart on its way back. */
  private @Nullable NatKey key(Kind kind) {
    IpAddress source = headers.nwSource;
    IpAddress destination = headers.nwDestination;
    return source == null
            || destination == null
            || !headers.isTrackable()
            || headers.fragment != Fragment.NONE
        ? null
        : new NatKey(
            kind,
            source,
            headers.sourcePort,
            destination,
            headers.destinationPort,
            headers.protocol,
            device);
  }

  private @Nullable NatBinding lookUpQuoted(Kind kind, QuotedPacket quoted) {
    walk.isStateful = true;
    NatKey key =
        new NatKey(
            kind,
            /* source= */ quoted.destination(),
            /* sourcePort= */ quoted.destinationPort(),
            /* destination= */ quoted.source(),
            /* destinationPort= */ quoted.sourcePort(),
            quoted.protocol(),
            device);
    return walk.state.binding(key);
  }

  private Outcome errorSource(Kind kind, QuotedPacket quoted) {
    NatBinding binding = lookUpQuoted(kind, quoted);
    if (binding == null) {
      return Outcome.NOT_APPLIED;
    }
    String before = walk.told(headers);
    headers.nwSource = binding.address();
    headers.quoted = quoted.withDestination(binding.address(), binding.port());
    tell(before);
    return Outcome.DONE;
  }

  private Outcome errorDestination(Kind kind, QuotedPacket quoted) {
    NatBinding binding = lookUpQuoted(kind, quoted);
    if (binding == null) {
      return Outcome.NOT_APPLIED;
    }
    String before = walk.told(headers);
    headers.nwDestination = binding.address();
    headers.quoted = quoted.withSource(binding.address(), binding.port());
    walk.destinationRewritten = true;
    tell(before);
    return Outcome.DONE;
  }

  private Outcome setSource(NatBinding binding) {
    String before = walk.told(headers);
    headers.nwSource = binding.address();
    headers.sourcePort = binding.port();
    if (headers.isEcho()) {
      headers.destinationPort = binding.port();
    }
    tell(before);
    return Outcome.DONE;
  }

  private Outcome setDestination(NatBinding binding) {
    String before = walk.told(headers);
    headers.nwDestination = binding.address();
    headers.destinationPort = binding.port();
    if (headers.isEcho()) {
      headers.sourcePort = binding.port();
    }
    walk.destinationRewritten = true;
    tell(before);
    return Outcome.DONE;
  }

  private Outcome staticSource(Ipv4Address address) {
    String before = walk.told(headers);
    QuotedPacket quoted = headers.quoted;
    if (quoted != null && quoted.destination().equals(headers.nwSource)) {
      headers.quoted = quoted.withDestination(address, quoted.destinationPort());
    }
    headers.nwSource = address;
    tell(before);
    return Outcome.DONE;
  }

  private Outcome staticDestination(Ipv4Address address) {
    String before = walk.told(headers);
    QuotedPacket quoted = headers.quoted;
    if (quoted != null && quoted.source().equals(headers.nwDestination)) {
      headers.quoted = quoted.withSource(address, quoted.sourcePort());
    }
    headers.nwDestination = address;
    walk.destinationRewritten = true;
    tell(before);
    return Outcome.DONE;
  }

  private void tell(String before) {
    if (walk.isTraced()) {
      walk.step(new Step.Translate(device, rule.id(), before, headers.toString()));
    }
  }

  private static boolean isStatic(List<NatTarget> targets) {
    for (NatTarget target : targets) {
      if (target.portFrom() != 0 || target.portTo() != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOne(List<NatTarget> targets) {
    NatTarget first = targets.getFirst();
    return targets.size() == 1
        && first.addressFrom().equals(first.addressTo())
        && first.portFrom() == first.portTo();
  }

  /** One of the targets' addresses, the same for the same packet. */
  private Ipv4Address pick(List<NatTarget> targets) {
    int hash = Objects.hash(headers.nwSource, headers.nwDestination);
    NatTarget target = targets.get(Math.floorMod(hash, targets.size()));
    return address(target, hash);
  }

  private static Ipv4Address address(NatTarget target, int hash) {
    long size = target.addressTo().toLong() - target.addressFrom().toLong() + 1;
    return target.addressFrom().plus(Math.floorMod((long) hash, size));
  }

  /** Several connections may lead to the same target: their way back differs by the client. */
  private static NatBinding choose(NatKey key, List<NatTarget> targets, boolean echo) {
    int hash = key.hashCode();
    NatTarget target = targets.get(Math.floorMod(hash, targets.size()));
    int ports = target.portTo() - target.portFrom() + 1;
    int port = target.portFrom() + Math.floorMod(hash >>> 8, ports);
    return new NatBinding(address(target, hash), echo ? key.sourcePort() : port);
  }
}
