package org.midonet.agent.sim;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Fragment;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.MetadataClient;
import org.midonet.agent.state.MetadataKey;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.DhcpMessage;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.NeighbourMessage;
import org.midonet.packets.frame.UdpDatagram;

/**
 * What an agent does for the machines of its own host before anything else sees their packets: it
 * answers DHCP and router solicitations, and hands requests for metadata to the proxy. Stateless.
 */
final class LocalServices {
  private LocalServices() {}

  /** Serves a packet that enters by an exterior port of a bridge; null when it is for others. */
  static @Nullable Result serve(Walk walk, PortDevice port, Headers headers) {
    UUID bridge = port.port().bridgeId();
    if (bridge == null || headers.isTagged() || !port.port().adminStateUp()) {
      return null;
    }
    if (headers.protocol == Headers.UDP) {
      walk.bySourcePort |= headers.destinationPort == DhcpMessage.SERVER_PORT;
      walk.byDestinationPort |= headers.sourcePort == DhcpMessage.CLIENT_PORT;
    }
    if (headers.protocol == Headers.UDP
        && headers.sourcePort == DhcpMessage.CLIENT_PORT
        && headers.destinationPort == DhcpMessage.SERVER_PORT) {
      return dhcp(walk, port, bridge);
    }
    if (headers.neighbour instanceof NeighbourMessage.RouterSolicitation) {
      return solicitation(walk, port, bridge, headers);
    }
    MetadataProxy proxy = walk.settings.metadata();
    return proxy != null && isForMetadata(headers) ? toMetadata(walk, port, proxy, headers) : null;
  }

  private static @Nullable Result dhcp(Walk walk, PortDevice port, UUID bridge) {
    if (!(walk.frame.payload() instanceof Ipv4Packet packet)
        || !(packet.payload() instanceof UdpDatagram datagram)) {
      return null;
    }
    DhcpMessage request = DhcpMessage.parse(datagram.data());
    Mac client = walk.frame.source();
    Ethernet reply =
        request == null
            ? null
            : DhcpReply.to(client, request, walk.topology.dhcp(bridge), walk.settings);
    // Whatever comes of it: the next such packet is to be looked at as well.
    walk.isFlow = false;
    if (reply == null) {
      return null;
    }
    return walk.answer(bridge, "DHCP of " + client, new Generated(port.id(), reply));
  }

  private static @Nullable Result solicitation(
      Walk walk, PortDevice port, UUID bridgeId, Headers headers) {
    BridgeDevice bridge = walk.topology.bridge(bridgeId);
    if (bridge == null) {
      return null;
    }
    Ipv6Address asker = headers.nwSource instanceof Ipv6Address it ? it : null;
    Ethernet reply =
        RouterAdvertisements.to(
            headers.source, asker, bridge, walk.topology.dhcp(bridgeId), walk.settings);
    if (reply == null) {
      return null;
    }
    return walk.answer(bridgeId, "router advertisement", new Generated(port.id(), reply));
  }

  private static boolean isForMetadata(Headers headers) {
    return headers.protocol == Headers.TCP
        && headers.fragment == Fragment.NONE
        && headers.destinationPort == MetadataProxy.SERVICE_PORT
        && MetadataProxy.ADDRESS.equals(headers.nwDestination);
  }

  private static @Nullable Result toMetadata(
      Walk walk, PortDevice port, MetadataProxy proxy, Headers headers) {
    Ipv4Address alias = proxy.addressOf(port.id());
    if (alias == null || !(headers.nwSource instanceof Ipv4Address machine)) {
      return null;
    }
    MetadataKey key = new MetadataKey(port.id());
    walk.tags.add(key);
    walk.tags.add(new Tag.OfPort(port.id()));
    walk.effects.add(
        new Effect.AskMetadata(
            key, new MetadataClient(headers.source, machine, headers.destination)));
    headers.source = MetadataProxy.MAC;
    headers.destination = proxy.mac();
    headers.nwSource = alias;
    headers.destinationPort = proxy.listenPort();
    if (walk.isTraced()) {
      walk.step(new Step.Note("it is handed to the metadata proxy"));
    }
    walk.outputs.add(new Walk.OutputAt(MetadataProxy.PORT, headers));
    return Result.FORWARDED;
  }

  /** What the proxy's interface sends: answers to machines, and questions for their aliases. */
  static Result fromMetadata(Walk walk, MetadataProxy proxy, Headers headers) {
    if (headers.arp != null) {
      return aliasArp(walk, proxy, headers.arp);
    }
    UUID machine = headers.nwDestination instanceof Ipv4Address alias ? proxy.portOf(alias) : null;
    MetadataKey key = machine == null ? null : new MetadataKey(machine);
    MetadataClient client = key == null ? null : walk.state.metadataClient(key);
    boolean answer = headers.protocol == Headers.TCP && headers.sourcePort == proxy.listenPort();
    if (machine == null || key == null || client == null || !answer) {
      return walk.drop(MetadataProxy.PORT, DropReason.IGNORED);
    }
    walk.tags.add(key);
    walk.tags.add(new Tag.OfPort(machine));
    headers.source = client.asked();
    headers.destination = client.mac();
    headers.nwSource = MetadataProxy.ADDRESS;
    headers.sourcePort = MetadataProxy.SERVICE_PORT;
    headers.nwDestination = client.address();
    if (walk.isTraced()) {
      walk.step(new Step.Deliver(machine, headers.toString()));
    }
    walk.outputs.add(new Walk.OutputAt(machine, headers));
    return Result.FORWARDED;
  }

  private static Result aliasArp(Walk walk, MetadataProxy proxy, Arp arp) {
    if (arp.operation() != Arp.REQUEST || proxy.portOf(arp.target()) == null) {
      return walk.drop(MetadataProxy.PORT, DropReason.IGNORED);
    }
    Ethernet reply = Ethernet.of(arp.senderMac(), MetadataProxy.MAC, arp.reply(MetadataProxy.MAC));
    return walk.answer(
        MetadataProxy.PORT, "a machine's alias", new Generated(MetadataProxy.PORT, reply));
  }
}
