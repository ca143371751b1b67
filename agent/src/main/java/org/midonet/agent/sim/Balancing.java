package org.midonet.agent.sim;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Fragment;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.NatBinding;
import org.midonet.agent.state.NatKey;
import org.midonet.agent.state.NatKey.Kind;
import org.midonet.agent.state.TurnKey;
import org.midonet.packets.IpAddress;
import org.midonet.packets.frame.QuotedPacket;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.PoolMember;
import org.midonet.topology.SessionPersistence;
import org.midonet.topology.Vip;

/**
 * What the load balancer of a router does with a packet (spec/midonet.md 5.7). Not safe to share:
 * it is for one packet.
 *
 * <p>The first packet of a connection to a VIP goes to the member whose turn it is, or to the one
 * that the client is kept on. Its binding is found by the packets after it and, the other way
 * round, by the answers. ICMP errors are translated like the packets that they are about.
 */
final class Balancing {
  private final Walk walk;
  private final BalancerDevice device;
  private final Headers headers;

  enum Outcome {
    /** The packet is none of its business. */
    NOT_APPLIED,
    /** Translated: the router's filters on this side of the route are not asked. */
    DONE,
    /** No member takes it. */
    NO_MEMBER,
    /** What served it is administratively down or gone. */
    DOWN
  }

  Balancing(Walk walk, BalancerDevice device, Headers headers) {
    this.walk = walk;
    this.device = device;
    this.headers = headers;
  }

  /** Before the route: leads what is sent to a VIP to a member. */
  Outcome inbound() {
    LoadBalancer balancer = device.balancer();
    if (balancer == null || !device.isUp() || !headers.isIpv4()) {
      return Outcome.NOT_APPLIED;
    }
    if (headers.quoted != null) {
      return errorToMember(balancer.id(), headers.quoted);
    }
    IpAddress destination = Objects.requireNonNull(headers.nwDestination);
    walk.byDestinationPort |= device.addresses().containsKey(destination);
    Vip vip = isWholeTcp() ? device.at(destination, headers.destinationPort) : null;
    if (vip == null) {
      return Outcome.NOT_APPLIED;
    }
    PoolDevice pool = pool(vip);
    if (pool == null) {
      return none(vip, null);
    }
    NatKey key = key(Kind.DNAT, balancer.id());
    walk.tags.add(key);
    walk.isStateful = true;
    NatBinding known = walk.state.binding(key);
    walk.bySourcePort |= known != null;
    if (known != null && pool.keeps(known)) {
      return keep(vip, pool, key, known);
    }
    return begin(vip, pool, key);
  }

  private boolean isWholeTcp() {
    return headers.protocol == Headers.TCP
        && headers.fragment == Fragment.NONE
        && headers.sourcePort >= 0;
  }

  private @Nullable PoolDevice pool(Vip vip) {
    UUID id = vip.poolId();
    if (id == null) {
      return null;
    }
    walk.tags.add(new Tag.OfPool(id));
    return walk.topology.pool(id);
  }

  private Outcome keep(Vip vip, PoolDevice pool, NatKey key, NatBinding known) {
    if (isSticky(vip, pool)) {
      walk.uses.add(stickyKey(vip));
    }
    return lead(vip, pool, key, known, Step.Choice.SAME_CONNECTION);
  }

  /** A connection that is new, or whose member is there no more. */
  private Outcome begin(Vip vip, PoolDevice pool, NatKey key) {
    if (pool.active().isEmpty()) {
      return none(vip, pool);
    }
    boolean sticky = isSticky(vip, pool);
    NatBinding before = sticky ? kept(vip, pool, key) : null;
    NatBinding chosen = before == null ? next(pool, key) : before;
    if (chosen == null) {
      return none(vip, pool);
    }
    walk.effects.add(new Effect.Serve(new TurnKey(pool.pool().id()), before == null));
    if (sticky) {
      walk.effects.add(new Effect.Bind(stickyKey(vip), chosen));
      walk.uses.add(stickyKey(vip));
    }
    Step.Choice choice = before == null ? Step.Choice.TURN : Step.Choice.SAME_CLIENT;
    return lead(vip, pool, key, chosen, choice);
  }

  private Outcome none(Vip vip, @Nullable PoolDevice pool) {
    UUID id = pool == null ? null : pool.pool().id();
    if (walk.isTraced()) {
      walk.step(new Step.Balance(vip.id(), id, null, Step.Choice.NONE));
    }
    return Outcome.NO_MEMBER;
  }

  /** The member that the client is kept on, if it takes connections. */
  private @Nullable NatBinding kept(Vip vip, PoolDevice pool, NatKey key) {
    NatBinding before = walk.state.binding(stickyKey(vip));
    return before != null && pool.activeAt(before) != null && isFree(key, before) ? before : null;
  }

  private @Nullable NatBinding next(PoolDevice pool, NatKey key) {
    long turn = walk.state.turn(pool.pool().id());
    for (int i = 0; i < pool.turns().size(); i++) {
      NatBinding binding = PoolDevice.binding(pool.atTurn(turn + i));
      if (isFree(key, binding)) {
        return binding;
      }
    }
    return null;
  }

  /** A member could not tell two connections apart that come from one port by two VIPs. */
  private boolean isFree(NatKey key, NatBinding member) {
    NatBinding taken = walk.state.binding(key.reverse(member));
    walk.bySourcePort |= taken != null;
    return taken == null || taken.equals(key.original());
  }

  private Outcome lead(
      Vip vip, PoolDevice pool, NatKey key, NatBinding binding, Step.Choice choice) {
    UUID id = pool.pool().id();
    PoolMember member = pool.members().get(binding);
    UUID memberId = member == null ? null : member.id();
    if (walk.isTraced()) {
      walk.step(new Step.Balance(vip.id(), id, memberId, choice));
    }
    walk.effects.add(new Effect.Bind(key, binding));
    walk.uses.add(key);
    walk.tags.add(new Tag.Balanced(id, false));
    String before = walk.told(headers);
    headers.nwDestination = binding.address();
    headers.destinationPort = binding.port();
    tell(vip, before);
    return Outcome.DONE;
  }

  private void tell(Vip vip, String before) {
    LoadBalancer balancer = device.balancer();
    if (balancer != null) {
      if (walk.isTraced()) {
        walk.step(new Step.Translate(balancer.id(), vip.id(), before, headers.toString()));
      }
    }
  }

  private static boolean isSticky(Vip vip, PoolDevice pool) {
    return vip.sessionPersistence() == SessionPersistence.SOURCE_IP
        || pool.pool().sessionPersistence() == SessionPersistence.SOURCE_IP;
  }

  private NatKey stickyKey(Vip vip) {
    return new NatKey(
        Kind.STICKY,
        Objects.requireNonNull(headers.nwSource),
        0,
        vip.address(),
        vip.protocolPort(),
        Headers.TCP,
        vip.id());
  }

  private NatKey key(Kind kind, UUID balancer) {
    return new NatKey(
        kind,
        Objects.requireNonNull(headers.nwSource),
        headers.sourcePort,
        Objects.requireNonNull(headers.nwDestination),
        headers.destinationPort,
        Headers.TCP,
        balancer);
  }

  /** After the route: lets what members answer come from the VIP. */
  Outcome outbound() {
    LoadBalancer balancer = device.balancer();
    if (balancer == null || !headers.isIpv4()) {
      return Outcome.NOT_APPLIED;
    }
    if (headers.quoted != null) {
      return errorFromMember(balancer.id(), headers.quoted);
    }
    if (!isWholeTcp()) {
      return Outcome.NOT_APPLIED;
    }
    NatKey key = key(Kind.REVERSE_DNAT, balancer.id());
    walk.tags.add(key);
    walk.isStateful = true;
    NatBinding service = walk.state.binding(key);
    if (service == null) {
      return Outcome.NOT_APPLIED;
    }
    Vip vip = device.isUp() ? device.at(service.address(), service.port()) : null;
    PoolDevice pool = vip == null ? null : pool(vip);
    NatBinding member =
        new NatBinding(Objects.requireNonNull(headers.nwSource), headers.sourcePort);
    if (vip == null || pool == null || !pool.keeps(member)) {
      return Outcome.DOWN;
    }
    walk.uses.add(key);
    walk.tags.add(new Tag.Balanced(pool.pool().id(), true));
    String before = walk.told(headers);
    headers.nwSource = service.address();
    headers.sourcePort = service.port();
    tell(vip, before);
    return Outcome.DONE;
  }

  /** A client, or a router before it, tells of an answer that it got from the VIP. */
  private Outcome errorToMember(UUID balancer, QuotedPacket quoted) {
    Vip vip = device.at(quoted.source(), quoted.sourcePort());
    NatBinding member = vip == null ? null : binding(Kind.DNAT, balancer, quoted);
    if (vip == null || member == null) {
      return Outcome.NOT_APPLIED;
    }
    String before = walk.told(headers);
    headers.nwDestination = member.address();
    headers.quoted = quoted.withSource(member.address(), member.port());
    tell(vip, before);
    return Outcome.DONE;
  }

  /** A member, or a router before it, tells of a packet that the client had sent to the VIP. */
  private Outcome errorFromMember(UUID balancer, QuotedPacket quoted) {
    NatBinding service = binding(Kind.REVERSE_DNAT, balancer, quoted);
    Vip vip = service == null ? null : device.at(service.address(), service.port());
    if (service == null || vip == null) {
      return Outcome.NOT_APPLIED;
    }
    String before = walk.told(headers);
    headers.nwSource = service.address();
    headers.quoted = quoted.withDestination(service.address(), service.port());
    tell(vip, before);
    return Outcome.DONE;
  }

  /** The quoted packet went the other way. */
  private @Nullable NatBinding binding(Kind kind, UUID balancer, QuotedPacket quoted) {
    walk.isStateful = true;
    return walk.state.binding(
        new NatKey(
            kind,
            /* source= */ quoted.destination(),
            /* sourcePort= */ quoted.destinationPort(),
            /* destination= */ quoted.source(),
            /* destinationPort= */ quoted.sourcePort(),
            quoted.protocol(),
            balancer));
  }
}
