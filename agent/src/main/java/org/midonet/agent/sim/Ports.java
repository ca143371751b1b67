package org.midonet.agent.sim;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.Port;

/** Lets packets in and out of devices by their ports (spec/midonet.md 5.2). Stateless. */
final class Ports {
  private static final int ECN = 0x3;

  private Ports() {}

  /** A packet enters the device of a port. */
  static Result ingress(Walk walk, PortDevice port, Headers headers) {
    if (!walk.mayEnter(port)) {
      return walk.drop(port.id(), DropReason.LOOP);
    }
    walk.inPort = port;
    walk.outPort = null;
    walk.destinationRewritten = false;
    if (walk.isTraced()) {
      walk.step(new Step.Enter(port.id(), port.device(), headers.toString()));
    }
    if (!port.port().adminStateUp()) {
      if (port.isRouterPort()) {
        IcmpErrors.prohibited(walk, port, headers);
      }
      return walk.drop(port.id(), DropReason.ADMIN_DOWN);
    }
    mark(walk, port, headers);
    walk.meet(port.traces(), headers);
    Headers entered = port.isRouterPort() ? headers.copy() : headers;
    UUID device = port.device();
    UUID natDevice = device == null ? port.id() : device;
    Chains.Outcome outcome =
        Chains.evaluate(walk, headers, natDevice, port.port().inboundFilterId());
    return switch (outcome) {
      case ACCEPT, CONTINUE, RETURN -> device(walk, port, headers);
      case DROP -> walk.drop(port.id(), DropReason.FILTERED);
      case REJECT -> {
        if (port.isRouterPort()) {
          IcmpErrors.prohibited(walk, port, entered);
        }
        yield walk.drop(port.id(), DropReason.REJECTED);
      }
      case REDIRECT -> redirect(walk, headers);
    };
  }

  /** QoS marks packets of IPv4 and leaves their ECN bits alone. */
  private static void mark(Walk walk, PortDevice port, Headers headers) {
    port.policies().forEach(policy -> walk.tags.add(new Tag.Qos(policy)));
    if (port.dscp() >= 0 && headers.isIpv4()) {
      headers.tos = port.dscp() << 2 | (headers.tos & ECN);
    }
  }

  private static Result device(Walk walk, PortDevice port, Headers headers) {
    Port object = port.port();
    if (object.bridgeId() != null) {
      BridgeDevice bridge = walk.topology.bridge(object.bridgeId());
      if (bridge != null) {
        return new Bridging(walk, bridge, port, headers).process();
      }
    } else if (object.routerId() != null) {
      RouterDevice router = walk.topology.router(object.routerId());
      if (router != null) {
        return new Routing(walk, router, port, headers).process();
      }
    }
    return walk.drop(port.id(), DropReason.NO_PORT);
  }

  /** Goes on where a rule leads the packet. */
  static Result redirect(Walk walk, Headers headers) {
    Walk.Redirect redirect = walk.redirect;
    walk.redirect = null;
    PortDevice target = redirect == null ? null : walk.topology.port(redirect.port());
    if (redirect == null || target == null) {
      return walk.drop(null, DropReason.NO_PORT);
    }
    if (walk.isTraced()) {
      walk.step(new Step.Note("a rule redirects it to port " + target.id()));
    }
    return redirect.ingress() ? ingress(walk, target, headers) : leave(walk, target, headers);
  }

  /** A packet leaves its device by a port; null for one that is not there. */
  static Result egress(Walk walk, @Nullable PortDevice port, Headers headers) {
    if (port == null) {
      return walk.drop(null, DropReason.NO_PORT);
    }
    walk.outPort = port;
    walk.tags.add(new Tag.OfPort(port.id()));
    PortDevice in = walk.inPort;
    if (walk.isTraced()) {
      walk.step(new Step.Leave(port.id(), port.device(), headers.toString()));
    }
    if (!port.isRouterPort()) {
      if (in != null && in.id().equals(port.id())) {
        return walk.drop(port.id(), DropReason.SAME_PORT);
      }
      if (port.port().vlanId() != null && headers.isTagged()) {
        headers.tags = Vlans.pop(headers.tags);
      }
    }
    if (!port.port().adminStateUp()) {
      if (port.isRouterPort() && in != null) {
        IcmpErrors.prohibited(walk, in, headers);
      }
      return walk.drop(port.id(), DropReason.ADMIN_DOWN);
    }
    UUID device = port.device();
    UUID natDevice = device == null ? port.id() : device;
    Chains.Outcome outcome =
        Chains.evaluate(walk, headers, natDevice, port.port().outboundFilterId());
    return switch (outcome) {
      case ACCEPT, CONTINUE, RETURN -> leave(walk, port, headers);
      case DROP -> walk.drop(port.id(), DropReason.FILTERED);
      case REJECT -> {
        if (port.isRouterPort() && in != null) {
          IcmpErrors.prohibited(walk, in, headers);
        }
        yield walk.drop(port.id(), DropReason.REJECTED);
      }
      case REDIRECT -> redirect(walk, headers);
    };
  }

  /** Emits a packet without any filter: to a host's interface, or to the peer's device. */
  static Result leave(Walk walk, PortDevice port, Headers headers) {
    walk.tags.add(new Tag.OfPort(port.id()));
    if (port.port().isExterior()) {
      if (port.accessVlan() != 0) {
        headers.tags = Vlans.push(headers.tags, port.accessVlan());
      }
      return walk.output(port, headers);
    }
    // What a router sends to its own MAC comes back to it.
    boolean turnsRound = port.isRouterPort() && headers.source.equals(headers.destination);
    PortDevice next = turnsRound ? port : walk.topology.port(port.port().peerId());
    if (port.port().peerId() != null) {
      walk.tags.add(new Tag.OfPort(port.port().peerId()));
    }
    return next == null ? walk.drop(port.id(), DropReason.NO_PORT) : ingress(walk, next, headers);
  }
}
