package org.midonet.agent.sim;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Fragment;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.nsdb.ArpEntry;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.Payload;
import org.midonet.topology.NextHop;
import org.midonet.topology.Route;
import org.midonet.topology.Router;

/**
 * A packet in a router (spec/midonet.md 5.4), of either version of IP. Not safe to share: it is for
 * one packet.
 */
final class Routing {
  private final Walk walk;
  private final RouterDevice router;
  private final PortDevice in;
  private final Headers headers;
  private final BalancerDevice balancer;

  /** The packet as it came in, which is what errors quote and echoes answer. */
  private Headers entered;

  /** Whether it was led to a member here. */
  private boolean balanced;

  Routing(Walk walk, RouterDevice router, PortDevice in, Headers headers) {
    this.walk = walk;
    this.router = router;
    this.in = in;
    this.headers = headers;
    this.balancer = walk.topology.balancer(router.id());
    this.entered = headers;
  }

  Result process() {
    Router object = router.router();
    walk.traverse(router.id());
    walk.tags.add(new Tag.OfRouter(router.id()));
    if (headers.isTagged()) {
      if (headers.tags.getFirst().id() != 0) {
        return walk.drop(router.id(), DropReason.VLAN);
      }
      headers.tags = Vlans.pop(headers.tags);
    }
    entered = headers.copy();
    if (headers.arp == null && !headers.isIp()) {
      return walk.drop(router.id(), DropReason.UNSUPPORTED);
    }
    if (!object.adminStateUp()) {
      IcmpErrors.prohibited(walk, in, entered);
      return walk.drop(router.id(), DropReason.ADMIN_DOWN);
    }
    walk.meet(router.traces(), headers);
    if (!headers.destination.isMulticast() && !headers.destination.equals(in.mac())) {
      return walk.drop(router.id(), DropReason.NOT_FOR_ROUTER);
    }
    Neighbours neighbours = new Neighbours(walk, router, in, headers);
    if (headers.arp != null) {
      return neighbours.arp(headers.arp);
    }
    if (headers.neighbour != null) {
      return neighbours.discovery(headers.neighbour);
    }
    if (headers.destination.isMulticast()) {
      return walk.drop(router.id(), DropReason.UNSUPPORTED);
    }
    Result probed = Probes.answer(walk, router, in, headers);
    return probed == null ? balance(object) : probed;
  }

  private Result balance(Router object) {
    return switch (new Balancing(walk, balancer, headers).inbound()) {
      case NOT_APPLIED -> preRouting(object);
      case DONE -> {
        balanced = true;
        yield route();
      }
      case NO_MEMBER -> walk.drop(router.id(), DropReason.NO_MEMBER);
      case DOWN -> walk.drop(router.id(), DropReason.BALANCER_DOWN);
    };
  }

  private Result preRouting(Router object) {
    for (UUID chain :
        new @Nullable UUID[] {object.localRedirectChainId(), object.inboundFilterId()}) {
      Chains.Outcome outcome = Chains.evaluate(walk, headers, router.id(), chain);
      switch (outcome) {
        case ACCEPT, CONTINUE, RETURN -> {}
        case DROP -> {
          if (headers.fragment == Fragment.FIRST) {
            IcmpErrors.tooBig(walk, in, entered, length());
          }
          return walk.drop(router.id(), dropReason());
        }
        case REJECT -> {
          IcmpErrors.prohibited(walk, in, entered);
          return walk.drop(router.id(), DropReason.REJECTED);
        }
        case REDIRECT -> {
          return Ports.redirect(walk, headers);
        }
      }
    }
    return route();
  }

  /** A rule may have said more closely why. */
  private DropReason dropReason() {
    return walk.reason == null ? DropReason.FILTERED : walk.reason;
  }

  private int length() {
    return walk.frame.payload().length();
  }

  private Result route() {
    IpAddress source = Objects.requireNonNull(headers.nwSource);
    IpAddress destination = Objects.requireNonNull(headers.nwDestination);
    Boolean vipUp = in.hasAddress(destination) ? null : balancer.addresses().get(destination);
    if (vipUp != null) {
      return vipUp ? local() : walk.drop(router.id(), DropReason.BALANCER_DOWN);
    }
    Route route = router.routes().find(source, destination, this::connection);
    walk.tags.add(new Tag.Routes(router.id()));
    if (walk.isTraced()) {
      walk.step(new Step.FindRoute(router.id(), destination, route));
    }
    boolean linkOnly =
        destination.isMulticast()
            || (destination.version() == 6
                && (destination.isLinkLocal() || source.isLinkLocal())
                && (route == null || route.nextHop() != NextHop.LOCAL));
    if (linkOnly) {
      return walk.drop(router.id(), DropReason.UNSUPPORTED);
    }
    if (route == null) {
      IcmpErrors.noRoute(walk, in, entered);
      return walk.drop(router.id(), DropReason.NO_ROUTE);
    }
    return switch (route.nextHop()) {
      case LOCAL -> local();
      case BLACKHOLE -> walk.drop(router.id(), DropReason.BLACKHOLE);
      case REJECT -> {
        IcmpErrors.prohibited(walk, in, entered);
        yield walk.drop(router.id(), DropReason.REJECTED);
      }
      case FIP64 -> walk.drop(router.id(), DropReason.UNSUPPORTED);
      case NORMAL -> passOn(route, walk.topology.port(route.nextHopPortId()));
    };
  }

  /** The same for all packets of a connection. */
  private int connection() {
    walk.bySourcePort = true;
    walk.byDestinationPort = true;
    return headers.connection();
  }

  /** The router itself answers echoes, from the address that was pinged. */
  private Result local() {
    if (!headers.isEchoRequest() || headers.fragment != Fragment.NONE) {
      return walk.drop(router.id(), DropReason.NOT_SERVED);
    }
    Ethernet request = walk.frameOf(entered);
    Payload reply =
        switch (request.payload()) {
          case Ipv4Packet it when it.payload() instanceof IcmpMessage icmp ->
              Ipv4Packet.of(
                  /* source= */ it.destination(),
                  /* destination= */ it.source(),
                  Headers.ICMP,
                  echoReply(icmp, IcmpMessage.ECHO_REPLY));
          case Ipv6Packet it when it.payload() instanceof IcmpMessage icmp ->
              Ipv6Packet.of(
                  /* source= */ it.destination(),
                  /* destination= */ it.source(),
                  Headers.ICMPV6,
                  echoReply(icmp, IcmpMessage.V6_ECHO_REPLY));
          default -> null;
        };
    if (reply == null) {
      return walk.drop(router.id(), DropReason.NOT_SERVED);
    }
    Ethernet frame =
        new Ethernet(request.source(), in.mac(), List.of(), request.etherType(), reply);
    return walk.answer(router.id(), "echo reply", new Generated(in.id(), frame));
  }

  private static IcmpMessage echoReply(IcmpMessage request, int type) {
    return new IcmpMessage(type, 0, request.rest(), request.body());
  }

  private Result passOn(Route route, @Nullable PortDevice out) {
    if (out == null) {
      return walk.drop(router.id(), DropReason.NO_PORT);
    }
    boolean container =
        in.port().serviceContainerId() != null || out.port().serviceContainerId() != null;
    if (!container) {
      if (headers.ttl <= 1) {
        walk.isFlow = false;
        IcmpErrors.timeExceeded(walk, in, entered);
        return walk.drop(router.id(), DropReason.TTL_EXCEEDED);
      }
      headers.ttl--;
    }
    IpAddress destination = Objects.requireNonNull(headers.nwDestination);
    if (out.address(destination.version()) == null) {
      return walk.drop(router.id(), DropReason.UNSUPPORTED);
    }
    if (out.hasAddress(destination)) {
      return walk.drop(router.id(), DropReason.NOT_SERVED);
    }
    return postRouting(route, out);
  }

  private Result postRouting(Route route, PortDevice out) {
    walk.outPort = out;
    // Where client and member are neighbours, source NAT of translated packets brings answers back.
    walk.destinationRewritten |= balanced && out.id().equals(in.id());
    if (walk.prober != null && !Probes.fromRouter(walk, walk.prober, out, headers)) {
      return walk.drop(router.id(), DropReason.UNSUPPORTED);
    }
    return switch (new Balancing(walk, balancer, headers).outbound()) {
      case NOT_APPLIED -> filter(route, out, router.router());
      case DONE -> toNextHop(route, out);
      case NO_MEMBER -> walk.drop(router.id(), DropReason.NO_MEMBER);
      case DOWN -> walk.drop(router.id(), DropReason.BALANCER_DOWN);
    };
  }

  private Result filter(Route route, PortDevice out, Router object) {
    for (UUID chain : new @Nullable UUID[] {object.forwardChainId(), object.outboundFilterId()}) {
      Chains.Outcome outcome = Chains.evaluate(walk, headers, router.id(), chain);
      switch (outcome) {
        case ACCEPT, CONTINUE, RETURN -> {}
        case DROP -> {
          return walk.drop(router.id(), dropReason());
        }
        case REJECT -> {
          IcmpErrors.prohibited(walk, in, entered);
          return walk.drop(router.id(), DropReason.REJECTED);
        }
        case REDIRECT -> {
          return Ports.redirect(walk, headers);
        }
      }
    }
    return toNextHop(route, out);
  }

  private Result toNextHop(Route route, PortDevice out) {
    IpAddress destination = Objects.requireNonNull(headers.nwDestination);
    IpAddress gateway = route.nextHopGateway();
    IpAddress nextHop = gateway == null ? destination : gateway;
    Mac mac = nextHopMac(out, nextHop);
    if (mac == null) {
      return unresolved(out, nextHop, gateway != null);
    }
    headers.source = out.mac();
    headers.destination = mac;
    return Ports.egress(walk, out, headers);
  }

  /** The MAC of the next hop, null when it is not known. */
  private @Nullable Mac nextHopMac(PortDevice out, IpAddress nextHop) {
    PortDevice peer = walk.topology.port(out.port().peerId());
    if (peer != null) {
      walk.tags.add(new Tag.OfPort(peer.id()));
      if (peer.isRouterPort()) {
        return peer.mac();
      }
      UUID bridgeId = peer.port().bridgeId();
      BridgeDevice bridge = bridgeId == null ? null : walk.topology.bridge(bridgeId);
      Mac mac = bridge == null ? null : Bridging.macOf(walk, bridge, nextHop);
      if (mac != null) {
        return mac;
      }
    }
    NeighbourKey key = new NeighbourKey(router.id(), nextHop);
    walk.tags.add(key);
    Mac mac = walk.state.neighbour(key);
    if (mac == null && nextHop instanceof Ipv4Address v4) {
      ArpEntry entry = walk.topology.topology().lookUp(StateTable.neighbours(router.id()), v4);
      mac = entry == null ? null : entry.mac();
    }
    if (walk.isTraced()) {
      walk.step(new Step.FindNeighbour(router.id(), nextHop, mac));
    }
    return mac;
  }

  private Result unresolved(PortDevice out, IpAddress nextHop, boolean viaGateway) {
    NeighbourKey key = new NeighbourKey(router.id(), nextHop);
    boolean beyond = out.port().isExterior() && out.subnetOf(nextHop) == null;
    if (walk.silent.contains(key) || (beyond && !nextHop.isLinkLocal())) {
      if (viaGateway) {
        IcmpErrors.noRoute(walk, in, entered);
      } else {
        IcmpErrors.noHost(walk, in, entered);
      }
      return walk.drop(router.id(), DropReason.NO_NEIGHBOUR);
    }
    Generated question = Neighbours.question(out, nextHop);
    if (question == null) {
      return walk.drop(router.id(), DropReason.NO_NEIGHBOUR);
    }
    walk.generated.add(question);
    walk.isFlow = false;
    walk.waitingFor = new Verdict.Wait(router.id(), out.id(), nextHop);
    return Result.WAITING;
  }
}
