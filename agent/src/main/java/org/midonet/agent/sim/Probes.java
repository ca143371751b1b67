package org.midonet.agent.sim;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Fragment;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.NatBinding;
import org.midonet.agent.state.NatKey;
import org.midonet.agent.state.NatKey.Kind;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.topology.Host;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;

/**
 * Leads probes of the members of pools from a host's prober to the members, and the answers back.
 * Stateless.
 *
 * <p>A probe's destination is translated from the alias to the member, and its source to the
 * address of the router's port on the member's side. Both bindings are flow state, so the host of
 * the member finds them and sends the answer to the prober's. As all that agents make, probes are
 * let through by filters of established connections, and so are their answers.
 */
final class Probes {
  /** Where probes enter a router; no neighbour sees it. */
  private static final Ipv4Address ENTRANCE = Ipv4Address.parse("198.18.0.2");

  private Probes() {}

  /** What the prober's interface sends: probes, and questions for aliases. */
  static Result toMember(Walk walk, HealthProber prober, UUID port, Headers headers) {
    if (headers.arp != null) {
      return aliasArp(walk, port, headers.arp);
    }
    HealthProber.Target target =
        headers.nwDestination instanceof Ipv4Address alias ? prober.target(alias) : null;
    RouterDevice router = target == null ? null : walk.topology.router(target.router());
    if (target == null || router == null || !isProbe(headers)) {
      return walk.drop(port, DropReason.IGNORED);
    }
    UUID device = device(prober.host(), router.id());
    walk.prober = device;
    bind(
        walk,
        key(headers, Kind.DNAT, device),
        new NatBinding(
            target.address(), headers.isEcho() ? headers.sourcePort : headers.destinationPort));
    headers.nwDestination = target.address();
    if (walk.isTraced()) {
      walk.step(new Step.Note("the health monitor probes " + target.address()));
    }
    PortDevice in = entrance(port, router.id());
    walk.inPort = in;
    headers.destination = in.mac();
    return new Routing(walk, router, in, headers).process();
  }

  private static boolean isProbe(Headers headers) {
    return headers.fragment == Fragment.NONE
        && (headers.protocol == Headers.TCP || headers.isEchoRequest());
  }

  private static Result aliasArp(Walk walk, UUID port, Arp arp) {
    walk.isFlow = false;
    if (arp.operation() != Arp.REQUEST || arp.target().equals(HealthProber.ADDRESS)) {
      return walk.drop(port, DropReason.IGNORED);
    }
    Ethernet reply =
        Ethernet.of(arp.senderMac(), HealthProber.ALIAS_MAC, arp.reply(HealthProber.ALIAS_MAC));
    return walk.answer(port, "a member's alias", new Generated(port, reply));
  }

  private static PortDevice entrance(UUID id, UUID router) {
    Port port =
        PortBuilder.builder()
            .id(id)
            .routerId(router)
            .adminStateUp(true)
            .portMac(HealthProber.ALIAS_MAC)
            .portAddress(ENTRANCE)
            .build();
    return new PortDevice(port, Set.of(), -1, List.of(), 0, List.of());
  }

  /**
   * After the route: the probe comes from the router, by the port that the prober chose; nobody
   * else has this device's keys, so that none needs to be leased. Whether it has an address for it.
   */
  static boolean fromRouter(Walk walk, UUID device, PortDevice out, Headers headers) {
    if (!(out.address(4) instanceof Ipv4Address own)) {
      return false;
    }
    bind(walk, key(headers, Kind.SNAT, device), new NatBinding(own, headers.sourcePort));
    headers.nwSource = own;
    return true;
  }

  private static void bind(Walk walk, NatKey key, NatBinding binding) {
    walk.isStateful = true;
    walk.tags.add(key);
    walk.uses.add(key);
    walk.effects.add(new Effect.Bind(key, binding));
  }

  /** Before the route: an answer to a probe goes to its prober. Null for other packets. */
  static @Nullable Result answer(Walk walk, RouterDevice router, PortDevice in, Headers headers) {
    IpAddress destination = headers.nwDestination;
    boolean may =
        destination != null
            && headers.isIpv4()
            && headers.fragment == Fragment.NONE
            && headers.isTrackable()
            && headers.protocol != Headers.UDP
            && in.hasAddress(destination)
            && walk.topology.balancer(router.id()).balancer() != null;
    if (!may) {
      return null;
    }
    for (Host host : walk.topology.topology().list(ObjectType.HOST)) {
      if (walk.topology.topology().isAlive(host.id())) {
        UUID device = device(host.id(), router.id());
        NatBinding prober = lookUp(walk, key(headers, Kind.REVERSE_SNAT, device));
        if (prober != null) {
          return toProber(walk, host.id(), device, prober, headers);
        }
      }
    }
    return null;
  }

  private static Result toProber(
      Walk walk, UUID host, UUID device, NatBinding prober, Headers headers) {
    headers.nwDestination = prober.address();
    headers.destinationPort = prober.port();
    if (headers.isEcho()) {
      headers.sourcePort = prober.port();
    }
    NatBinding alias = lookUp(walk, key(headers, Kind.REVERSE_DNAT, device));
    if (alias == null) {
      return walk.drop(HealthProber.portOf(host), DropReason.IGNORED);
    }
    headers.nwSource = alias.address();
    headers.source = HealthProber.ALIAS_MAC;
    headers.destination = HealthProber.MAC;
    UUID port = HealthProber.portOf(host);
    if (walk.isTraced()) {
      walk.step(new Step.Deliver(port, headers.toString()));
    }
    walk.outputs.add(new Walk.OutputAt(port, headers));
    return Result.FORWARDED;
  }

  private static @Nullable NatBinding lookUp(Walk walk, NatKey key) {
    walk.isStateful = true;
    walk.tags.add(key);
    NatBinding binding = walk.state.binding(key);
    if (binding != null) {
      walk.uses.add(key);
    }
    return binding;
  }

  /** Routers of two projects may have the same addresses, and each host has a prober. */
  private static UUID device(UUID host, UUID router) {
    return new UUID(
        host.getMostSignificantBits() ^ router.getMostSignificantBits(),
        host.getLeastSignificantBits() ^ router.getLeastSignificantBits());
  }

  private static NatKey key(Headers headers, Kind kind, UUID device) {
    return new NatKey(
        kind,
        Objects.requireNonNull(headers.nwSource),
        headers.sourcePort,
        Objects.requireNonNull(headers.nwDestination),
        headers.destinationPort,
        headers.protocol,
        device);
  }
}
