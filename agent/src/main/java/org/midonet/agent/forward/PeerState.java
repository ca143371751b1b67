package org.midonet.agent.forward;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpProtocol;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.UdpDatagram;

/**
 * Tells the hosts that may see the way back of a connection of its state, by the overlay and before
 * its first packet (spec/midonet.md 1.5). Safe to share.
 *
 * <p>The frames have the addresses of MidoNet's; what is in them is this program's own, by {@link
 * FlowStateCodec}.
 */
final class PeerState {
  /** The tunnel key of such packets. */
  static final int KEY = 0xffffff;

  private static final Mac FROM = Mac.parse("ac:ca:ba:00:15:01");
  private static final Mac TO = Mac.parse("ac:ca:ba:00:15:02");
  private static final Ipv4Address FROM_ADDRESS = Ipv4Address.parse("169.254.15.1");
  private static final Ipv4Address TO_ADDRESS = Ipv4Address.parse("169.254.15.2");
  private static final int PORT = 2925;

  /** Effects in a frame, so that it fits whatever carries the overlay. */
  private static final int AT_ONCE = 1000 / FlowStateCodec.mostOctets(1);

  private static final FlowState NOTHING = new FlowState(List.of(), Set.of());

  private volatile Known known = new Known(Topology.EMPTY, new ConcurrentHashMap<>());

  private final Datapath datapath;
  private final UUID hostId;

  /** The hosts that may see the way back of connections by a port, in one snapshot. */
  private record Known(Topology topology, Map<UUID, Set<UUID>> hosts) {}

  PeerState(Datapath datapath, UUID hostId) {
    this.datapath = datapath;
    this.hostId = hostId;
  }

  /**
   * Tells the peers of it that may see the way back.
   *
   * @param known of connections by some ports
   */
  void tell(Topology topology, FlowState known) {
    List<byte[]> frames = null;
    for (UUID host : ofWayBack(topology, known.ports())) {
      Ipv4Address address = Peers.address(topology, hostId, host);
      if (address != null) {
        frames = frames == null ? write(known) : frames;
        frames.forEach(frame -> send(frame, address));
      }
    }
  }

  /** Whether there are hosts to be told of connections by these ports. */
  boolean hasAny(Topology topology, Set<UUID> ports) {
    return !ofWayBack(topology, ports).isEmpty();
  }

  /** As {@link Peers#ofWayBack} has it, which looks at more than a first packet has time for. */
  private Set<UUID> ofWayBack(Topology topology, Set<UUID> ports) {
    Known present = known;
    if (!present.topology.equals(topology)) {
      present = new Known(topology, new ConcurrentHashMap<>());
      known = present;
    }
    Set<UUID> all = Set.of();
    for (UUID port : ports) {
      Set<UUID> hosts = present.hosts.get(port);
      if (hosts == null) {
        hosts = Set.copyOf(Peers.ofWayBack(topology, hostId, List.of(port)));
        present.hosts.put(port, hosts);
      }
      all = all.isEmpty() ? hosts : union(all, hosts);
    }
    return all;
  }

  private static Set<UUID> union(Set<UUID> some, Set<UUID> others) {
    Set<UUID> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return all;
  }

  /** Sends a frame to a host. */
  void send(byte[] frame, Ipv4Address address) {
    datapath.emit(frame, Actions.of(new Action.Tunnel(address, KEY)));
  }

  /** Frames that tell of flow state, none of them too large. */
  static List<byte[]> write(FlowState known) {
    List<byte[]> frames = new ArrayList<>();
    List<Effect> effects = known.effects();
    for (int from = 0; from < effects.size(); from += AT_ONCE) {
      List<Effect> some = effects.subList(from, Math.min(from + AT_ONCE, effects.size()));
      frames.add(frame(new FlowState(some, known.ports())));
    }
    return frames;
  }

  private static byte[] frame(FlowState known) {
    UdpDatagram datagram = new UdpDatagram(PORT, PORT, Octets.wrap(FlowStateCodec.encode(known)));
    return Ethernet.of(
            TO, FROM, Ipv4Packet.of(FROM_ADDRESS, TO_ADDRESS, IpProtocol.UDP.number(), datagram))
        .toBytes();
  }

  /** What a frame tells; nothing if it is damaged or not of this version. */
  static FlowState read(byte[] frame) {
    Ethernet ethernet = Ethernet.parse(frame);
    if (ethernet == null
        || !(ethernet.payload() instanceof Ipv4Packet packet)
        || !(packet.payload() instanceof UdpDatagram datagram)
        || datagram.destination() != PORT) {
      return NOTHING;
    }
    try {
      return FlowStateCodec.decode(datagram.data().toBytes());
    } catch (IOException e) {
      return NOTHING;
    }
  }
}
