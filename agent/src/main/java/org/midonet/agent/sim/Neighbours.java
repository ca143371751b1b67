package org.midonet.agent.sim;

import org.jspecify.annotations.Nullable;
import org.midonet.agent.state.Effect;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.NeighbourMessage;

/**
 * What a router hears of and says to its neighbours: ARP (spec/midonet.md 5.4) and neighbour
 * discovery (RFC 4861). Not safe to share: it is for one packet.
 */
final class Neighbours {
  private final Walk walk;
  private final RouterDevice router;
  private final PortDevice in;
  private final Headers headers;

  Neighbours(Walk walk, RouterDevice router, PortDevice in, Headers headers) {
    this.walk = walk;
    this.router = router;
    this.in = in;
    this.headers = headers;
  }

  /** Who is not in the port's subnet is neither answered nor believed. */
  Result arp(Arp arp) {
    walk.isFlow = false;
    boolean inSubnet = in.subnetOf(arp.sender()) != null && !in.hasAddress(arp.sender());
    boolean forUs = in.hasAddress(arp.target()) || isVip(arp.target());
    if (!inSubnet) {
      return walk.drop(router.id(), DropReason.IGNORED);
    }
    if (arp.isGratuitous()) {
      learn(arp.sender(), arp.senderMac());
      return consumed("takes note of " + arp.sender());
    }
    if (arp.operation() == Arp.REPLY && forUs && arp.targetMac().equals(in.mac())) {
      learn(arp.sender(), arp.senderMac());
      return consumed("takes note of " + arp.sender());
    }
    if (arp.operation() == Arp.REQUEST && forUs) {
      learn(arp.sender(), arp.senderMac());
      Ethernet reply = Ethernet.of(arp.senderMac(), in.mac(), arp.reply(in.mac()));
      return walk.answer(
          router.id(), arp.target() + " is at " + in.mac(), new Generated(in.id(), reply));
    }
    return walk.drop(router.id(), DropReason.IGNORED);
  }

  private boolean isVip(IpAddress address) {
    return in.subnetOf(address) != null
        && walk.topology.balancer(router.id()).addresses().containsKey(address);
  }

  Result discovery(NeighbourMessage message) {
    walk.isFlow = false;
    if (headers.ttl != NeighbourMessage.HOP_LIMIT) {
      return walk.drop(router.id(), DropReason.IGNORED);
    }
    return switch (message) {
      case NeighbourMessage.Solicitation it -> solicitation(it);
      case NeighbourMessage.Advertisement it -> {
        if (it.targetMac() == null || !isOnLink(it.target())) {
          yield walk.drop(router.id(), DropReason.IGNORED);
        }
        learn(it.target(), it.targetMac());
        yield consumed("takes note of " + it.target());
      }
      case NeighbourMessage.RouterSolicitation it -> walk.drop(router.id(), DropReason.IGNORED);
      case NeighbourMessage.RouterAdvertisement it -> walk.drop(router.id(), DropReason.IGNORED);
    };
  }

  private Result solicitation(NeighbourMessage.Solicitation question) {
    boolean forUs =
        in.hasAddress(question.target())
            || NeighbourMessage.linkLocal(in.mac()).equals(question.target());
    if (!forUs || !(headers.nwSource instanceof Ipv6Address asker)) {
      return walk.drop(router.id(), DropReason.IGNORED);
    }
    if (question.source() != null && isOnLink(asker)) {
      learn(asker, question.source());
    }
    Ethernet reply =
        Bridging.advertisement(question.target(), in.mac(), true, asker, headers.source);
    return walk.answer(
        router.id(), question.target() + " is at " + in.mac(), new Generated(in.id(), reply));
  }

  private boolean isOnLink(IpAddress address) {
    return address.isLinkLocal() || in.subnetOf(address) != null;
  }

  private void learn(IpAddress address, Mac mac) {
    if (!mac.isMulticast()) {
      walk.effects.add(Effect.neighbour(router.id(), address, mac));
    }
  }

  private Result consumed(String what) {
    return walk.answer(router.id(), what);
  }

  /** The question for a neighbour's MAC, null where the port has no address to ask from. */
  static @Nullable Generated question(PortDevice port, IpAddress address) {
    return switch (address) {
      case Ipv4Address target when port.address(4) instanceof Ipv4Address own ->
          new Generated(
              port.id(),
              Ethernet.of(Mac.BROADCAST, port.mac(), Arp.request(port.mac(), own, target)));
      case Ipv6Address target -> {
        Ipv6Address group = NeighbourMessage.solicitedNode(target);
        Ipv6Address own = NeighbourMessage.linkLocal(port.mac());
        yield new Generated(
            port.id(),
            Ethernet.of(
                NeighbourMessage.multicastMac(group),
                port.mac(),
                new NeighbourMessage.Solicitation(target, port.mac()).packet(own, group)));
      }
      default -> null;
    };
  }
}
