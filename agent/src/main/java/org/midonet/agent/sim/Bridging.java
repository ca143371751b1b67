package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.MacKey;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.NeighbourMessage;
import org.midonet.topology.Port;

/** A packet in a bridge (spec/midonet.md 5.3). Not safe to share: it is for one packet. */
final class Bridging {
  private final Walk walk;
  private final BridgeDevice bridge;
  private final PortDevice in;
  private final Headers headers;

  Bridging(Walk walk, BridgeDevice bridge, PortDevice in, Headers headers) {
    this.walk = walk;
    this.bridge = bridge;
    this.in = in;
    this.headers = headers;
  }

  Result process() {
    walk.traverse(bridge.id());
    walk.tags.add(new Tag.OfBridge(bridge.id()));
    if (headers.source.isMulticast()) {
      return walk.drop(bridge.id(), DropReason.BAD_SOURCE);
    }
    if (!bridge.bridge().adminStateUp()) {
      return walk.drop(bridge.id(), DropReason.ADMIN_DOWN);
    }
    walk.meet(bridge.traces(), headers);
    boolean filtered = !headers.isTagged();
    Chains.Outcome outcome = Chains.Outcome.ACCEPT;
    if (filtered) {
      outcome = Chains.evaluate(walk, headers, bridge.id(), bridge.bridge().inboundFilterId());
    }
    if (in.port().vlanId() != null) {
      headers.tags = Vlans.push(headers.tags, in.port().vlanId());
    }
    learn();
    return switch (outcome) {
      case ACCEPT, CONTINUE, RETURN -> forward();
      case DROP -> walk.drop(bridge.id(), DropReason.FILTERED);
      case REJECT -> walk.drop(bridge.id(), DropReason.REJECTED);
      case REDIRECT -> Ports.redirect(walk, headers);
    };
  }

  /** VLANs are told apart only where a port carries one. */
  private int vlan() {
    return bridge.isVlanAware() && headers.isTagged() ? headers.tags.getFirst().id() : 0;
  }

  private void learn() {
    if (bridge.owners().containsKey(headers.source)) {
      return;
    }
    MacKey key = new MacKey(bridge.id(), vlan(), headers.source);
    walk.tags.add(key);
    UUID known = find(key);
    if (!in.id().equals(known)) {
      walk.effects.add(new Effect.LearnMac(key, in.id()));
    }
    walk.uses.add(key);
  }

  /** The port behind which a MAC is, null when nobody knows. */
  private @Nullable UUID find(MacKey key) {
    UUID learned = walk.state.learnedPort(key);
    if (learned != null && walk.topology.port(learned) != null) {
      return learned;
    }
    return walk.topology.topology().lookUp(bridge.macs(key.vlan()), key.mac());
  }

  /** Whether a MAC belongs to a port of a bridge, as far as the topology says. */
  static boolean isAt(Walk walk, PortDevice port, Mac mac) {
    UUID bridge = port.port().bridgeId();
    if (bridge == null) {
      return true;
    }
    walk.tags.add(new MacKey(bridge, 0, mac));
    UUID known = walk.topology.topology().lookUp(StateTable.macs(bridge, 0), mac);
    return known == null || known.equals(port.id());
  }

  private Result forward() {
    if (!headers.isTagged()) {
      if (headers.arp != null) {
        Result answered = arp(headers.arp);
        if (answered != null) {
          return answered;
        }
      } else if (headers.neighbour != null) {
        Result answered = neighbour(headers.neighbour);
        if (answered != null) {
          return answered;
        }
      }
    }
    return headers.destination.isMulticast() ? flood() : unicast();
  }

  private @Nullable Result arp(Arp arp) {
    walk.isFlow = false;
    if (arp.isGratuitous()) {
      announce(arp.sender(), arp.senderMac());
      return null;
    }
    if (arp.operation() != Arp.REQUEST || !headers.destination.isBroadcast()) {
      return null;
    }
    Mac mac = macOf(walk, bridge, arp.target());
    // Who asks for its own address asks whether anybody else has it (RFC 5227).
    if (mac == null || mac.equals(arp.senderMac())) {
      return null;
    }
    Ethernet reply = Ethernet.of(arp.senderMac(), mac, arp.reply(mac));
    return walk.answer(bridge.id(), arp.target() + " is at " + mac, new Generated(in.id(), reply));
  }

  /** A machine tells of itself, which moves an address from one machine to another. */
  private void announce(IpAddress address, Mac mac) {
    NeighbourKey key = new NeighbourKey(bridge.id(), address);
    if (!mac.equals(macOf(walk, bridge, address))) {
      walk.effects.add(new Effect.LearnAnnounced(key, mac));
    }
  }

  private @Nullable Result neighbour(NeighbourMessage message) {
    walk.isFlow = false;
    if (message instanceof NeighbourMessage.Advertisement it) {
      if (headers.destination.isMulticast() && it.targetMac() != null) {
        announce(it.target(), it.targetMac());
      }
      return null;
    }
    if (!(message instanceof NeighbourMessage.Solicitation it)
        || !headers.destination.isMulticast()
        || !(headers.nwSource instanceof Ipv6Address asker)) {
      return null;
    }
    Mac mac = macOf(walk, bridge, it.target());
    if (mac == null || mac.equals(headers.source)) {
      return null;
    }
    boolean router = bridge.routerAddresses().containsKey(it.target());
    Ethernet reply = advertisement(it.target(), mac, router, asker, headers.source);
    return walk.answer(bridge.id(), it.target() + " is at " + mac, new Generated(in.id(), reply));
  }

  /** The answer to a solicitation; one that probes for a duplicate is answered to all. */
  static Ethernet advertisement(
      Ipv6Address target, Mac mac, boolean router, Ipv6Address asker, Mac askerMac) {
    boolean probe = asker.isUnspecified();
    Ipv6Address to = probe ? NeighbourMessage.ALL_NODES : asker;
    return Ethernet.of(
        probe ? NeighbourMessage.multicastMac(to) : askerMac,
        mac,
        new NeighbourMessage.Advertisement(target, router, !probe, true, mac).packet(target, to));
  }

  /** The MAC of an address on a bridge, null when nobody told. */
  static @Nullable Mac macOf(Walk walk, BridgeDevice bridge, IpAddress address) {
    NeighbourKey key = new NeighbourKey(bridge.id(), address);
    walk.tags.add(key);
    walk.tags.add(new Tag.Flood(bridge.id()));
    Mac mac = bridge.routerAddresses().get(address);
    if (mac == null) {
      mac = walk.state.neighbour(key);
    }
    if (mac == null && address instanceof Ipv4Address v4) {
      mac = walk.topology.topology().lookUp(bridge.arps(), v4);
    }
    if (mac == null) {
      mac = bridge.machines().get(address);
    }
    if (mac == null && walk.settings.metadata() != null && address.equals(MetadataProxy.ADDRESS)) {
      mac = MetadataProxy.MAC;
    }
    if (walk.isTraced()) {
      walk.step(new Step.FindNeighbour(bridge.id(), address, mac));
    }
    return mac;
  }

  private Result unicast() {
    UUID owner = bridge.owners().get(headers.destination);
    MacKey key = new MacKey(bridge.id(), vlan(), headers.destination);
    walk.tags.add(new Tag.Flood(bridge.id()));
    UUID found = owner;
    if (found == null) {
      walk.tags.add(key);
      found = headers.destination.equals(headers.source) ? in.id() : find(key);
    }
    PortDevice out = walk.topology.port(found);
    if (out == null) {
      return flood();
    }
    if (walk.isTraced()) {
      walk.step(new Step.FindMac(bridge.id(), headers.destination, out.id()));
    }
    Integer carried = out.port().vlanId();
    if (carried != null && carried != vlan()) {
      return walk.drop(bridge.id(), DropReason.VLAN);
    }
    if (out.id().equals(in.id())) {
      return walk.drop(bridge.id(), DropReason.SAME_PORT);
    }
    return after(out, List.of(out.port()));
  }

  private Result flood() {
    walk.tags.add(new Tag.Flood(bridge.id()));
    List<Port> targets = new ArrayList<>();
    for (Port port : bridge.floods()) {
      boolean carries = port.vlanId() == null || (headers.isTagged() && port.vlanId() == vlan());
      if (carries && !port.id().equals(in.id())) {
        targets.add(port);
      }
    }
    if (walk.isTraced()) {
      walk.step(new Step.Flood(bridge.id(), headers.destination, targets.size()));
    }
    return after(null, targets);
  }

  /** The bridge's own filter, and out. */
  private Result after(@Nullable PortDevice out, List<Port> targets) {
    walk.outPort = out;
    if (!headers.isTagged()) {
      Chains.Outcome outcome =
          Chains.evaluate(walk, headers, bridge.id(), bridge.bridge().outboundFilterId());
      switch (outcome) {
        case ACCEPT, CONTINUE, RETURN -> {}
        case DROP -> {
          return walk.drop(bridge.id(), DropReason.FILTERED);
        }
        case REJECT -> {
          return walk.drop(bridge.id(), DropReason.REJECTED);
        }
        case REDIRECT -> {
          return Ports.redirect(walk, headers);
        }
      }
    }
    if (out != null) {
      return Ports.egress(walk, out, headers);
    }
    Result result = Result.DROPPED;
    for (Port target : targets) {
      Headers copy = headers.copy();
      result =
          result.or(walk.fork(() -> Ports.egress(walk, walk.topology.port(target.id()), copy)));
    }
    return result == Result.DROPPED && targets.isEmpty()
        ? walk.drop(bridge.id(), DropReason.NO_PORT)
        : result;
  }
}
