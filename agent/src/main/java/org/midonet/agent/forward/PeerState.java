package org.midonet.agent.forward;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.state.ConnectionKey;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.NatBinding;
import org.midonet.agent.state.NatKey;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpAddress;
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
 * <p>The frames have the addresses of MidoNet's; what is in them is this program's own: a version
 * octet, the ports, and the effects one after the other.
 */
final class PeerState {
  /** The tunnel key of such packets. */
  static final int KEY = 0xffffff;

  private static final Mac FROM = Mac.parse("ac:ca:ba:00:15:01");
  private static final Mac TO = Mac.parse("ac:ca:ba:00:15:02");
  private static final Ipv4Address FROM_ADDRESS = Ipv4Address.parse("169.254.15.1");
  private static final Ipv4Address TO_ADDRESS = Ipv4Address.parse("169.254.15.2");
  private static final int PORT = 2925;
  private static final int VERSION = 2;
  private static final int TRACK = 1;
  private static final int BIND = 2;

  /** So that a frame fits whatever carries the overlay. */
  private static final int MOST_OCTETS = 1000;

  /** A packet that is flooded leaves by many ports; a peer needs some to know it by. */
  private static final int MOST_PORTS = 16;

  private static final FlowState NOTHING = new FlowState(List.of(), Set.of());

  private final Datapath datapath;
  private final UUID hostId;

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
    for (UUID host : Peers.ofWayBack(topology, hostId, known.ports())) {
      Ipv4Address address = Peers.address(topology, hostId, host);
      if (address != null) {
        frames = frames == null ? write(known) : frames;
        frames.forEach(frame -> send(frame, address));
      }
    }
  }

  /** Sends a frame to a host. */
  void send(byte[] frame, Ipv4Address address) {
    datapath.emit(frame, Actions.of(new Action.Tunnel(address, KEY)));
  }

  /** Frames that tell of flow state, none of them too large. */
  static List<byte[]> write(FlowState known) {
    List<byte[]> frames = new ArrayList<>();
    List<Effect> some = new ArrayList<>();
    int octets = 0;
    for (Effect effect : known.effects()) {
      int size = encode(effect).length;
      if (octets + size > MOST_OCTETS && !some.isEmpty()) {
        frames.add(frame(new FlowState(some, known.ports())));
        some.clear();
        octets = 0;
      }
      some.add(effect);
      octets += size;
    }
    if (!some.isEmpty()) {
      frames.add(frame(new FlowState(some, known.ports())));
    }
    return frames;
  }

  private static byte[] frame(FlowState known) {
    UdpDatagram datagram = new UdpDatagram(PORT, PORT, Octets.wrap(encode(known)));
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
      return decode(datagram.data().toBytes());
    } catch (IOException e) {
      return NOTHING;
    }
  }

  static byte[] encode(FlowState known) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(VERSION);
    List<UUID> ports = known.ports().stream().limit(MOST_PORTS).toList();
    bytes.write(ports.size());
    for (UUID port : ports) {
      bytes.writeBytes(octets(port));
    }
    known.effects().forEach(effect -> bytes.writeBytes(encode(effect)));
    return bytes.toByteArray();
  }

  private static byte[] octets(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static byte[] encode(Effect effect) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      switch (effect) {
        case Effect.Track(ConnectionKey key) -> {
          out.writeByte(TRACK);
          write(
              out,
              key.source(),
              key.sourcePort(),
              key.destination(),
              key.destinationPort(),
              key.protocol(),
              key.device());
        }
        case Effect.Bind(NatKey key, NatBinding binding) -> {
          out.writeByte(BIND);
          out.writeUTF(key.kind().name());
          write(
              out,
              key.source(),
              key.sourcePort(),
              key.destination(),
              key.destinationPort(),
              key.protocol(),
              key.device());
          out.writeUTF(binding.address().toString());
          out.writeShort(binding.port());
        }
        case Effect.LearnMac it -> {}
        case Effect.LearnNeighbour it -> {}
        case Effect.LearnAnnounced it -> {}
        case Effect.AskMetadata it -> {}
        case Effect.Serve it -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static void write(
      DataOutputStream out,
      IpAddress source,
      int sourcePort,
      IpAddress destination,
      int destinationPort,
      int protocol,
      UUID device)
      throws IOException {
    out.writeUTF(source.toString());
    out.writeShort(sourcePort);
    out.writeUTF(destination.toString());
    out.writeShort(destinationPort);
    out.writeByte(protocol);
    out.writeLong(device.getMostSignificantBits());
    out.writeLong(device.getLeastSignificantBits());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if the octets are damaged, in whatever way
   */
  static FlowState decode(byte[] octets) throws IOException {
    try {
      return decodeAll(octets);
    } catch (IllegalArgumentException e) {
      throw new IOException("no effect has " + e.getMessage(), e);
    }
  }

  private static FlowState decodeAll(byte[] octets) throws IOException {
    List<Effect> effects = new ArrayList<>();
    Set<UUID> ports = new LinkedHashSet<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
      if (in.readUnsignedByte() != VERSION) {
        return NOTHING;
      }
      for (int left = in.readUnsignedByte(); left > 0; left--) {
        ports.add(new UUID(in.readLong(), in.readLong()));
      }
      while (in.available() > 0) {
        effects.add(
            switch (in.readUnsignedByte()) {
              case TRACK -> new Effect.Track(connection(in));
              case BIND -> bind(in);
              default -> throw new IOException("there is no such effect");
            });
      }
    }
    return new FlowState(effects, ports);
  }

  private static ConnectionKey connection(DataInputStream in) throws IOException {
    ConnectionKey key =
        new ConnectionKey(
            IpAddress.parse(in.readUTF()),
            in.readUnsignedShort(),
            IpAddress.parse(in.readUTF()),
            in.readUnsignedShort(),
            in.readUnsignedByte(),
            new UUID(in.readLong(), in.readLong()));
    requireSame(key.source(), key.destination());
    return key;
  }

  private static void requireSame(IpAddress one, IpAddress other) throws IOException {
    if (one.version() != other.version()) {
      throw new IOException("addresses of two versions of IP");
    }
  }

  private static Effect bind(DataInputStream in) throws IOException {
    NatKey.Kind kind = NatKey.Kind.valueOf(in.readUTF());
    if (!kind.isThere()) {
      throw new IOException("a translation is told of by its way there");
    }
    ConnectionKey key = connection(in);
    NatKey translated =
        new NatKey(
            kind,
            key.source(),
            key.sourcePort(),
            key.destination(),
            key.destinationPort(),
            key.protocol(),
            key.device());
    NatBinding binding = new NatBinding(IpAddress.parse(in.readUTF()), in.readUnsignedShort());
    requireSame(key.source(), binding.address());
    return new Effect.Bind(translated, binding);
  }
}
