package org.midonet.agent.forward;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.state.ConnectionKey;
import org.midonet.agent.state.Effect;
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
 * octet, and the effects one after the other.
 */
final class PeerState {
  /** The tunnel key of such packets. */
  static final int KEY = 0xffffff;

  private static final Mac FROM = Mac.parse("ac:ca:ba:00:15:01");
  private static final Mac TO = Mac.parse("ac:ca:ba:00:15:02");
  private static final Ipv4Address FROM_ADDRESS = Ipv4Address.parse("169.254.15.1");
  private static final Ipv4Address TO_ADDRESS = Ipv4Address.parse("169.254.15.2");
  private static final int PORT = 2925;
  private static final int VERSION = 1;
  private static final int TRACK = 1;
  private static final int BIND = 2;

  private final Datapath datapath;
  private final UUID hostId;

  PeerState(Datapath datapath, UUID hostId) {
    this.datapath = datapath;
    this.hostId = hostId;
  }

  /**
   * Tells of flow state.
   *
   * @param ports by which packets of the connection enter and leave
   */
  void tell(Topology topology, List<UUID> ports, List<Effect> effects) {
    byte[] frame = null;
    for (UUID host : Peers.ofWayBack(topology, hostId, ports)) {
      Ipv4Address address = Peers.address(topology, hostId, host);
      if (address != null) {
        frame = frame == null ? write(effects) : frame;
        datapath.emit(frame, Actions.of(new Action.Tunnel(address, KEY)));
      }
    }
  }

  static byte[] write(List<Effect> effects) {
    UdpDatagram datagram = new UdpDatagram(PORT, PORT, Octets.wrap(encode(effects)));
    return Ethernet.of(
            TO, FROM, Ipv4Packet.of(FROM_ADDRESS, TO_ADDRESS, IpProtocol.UDP.number(), datagram))
        .toBytes();
  }

  /** The effects in a frame; none if it is not of this version. */
  static List<Effect> read(byte[] frame) {
    Ethernet ethernet = Ethernet.parse(frame);
    if (ethernet == null
        || !(ethernet.payload() instanceof Ipv4Packet packet)
        || !(packet.payload() instanceof UdpDatagram datagram)
        || datagram.destination() != PORT) {
      return List.of();
    }
    try {
      return decode(datagram.data().toBytes());
    } catch (IOException | IllegalArgumentException e) {
      return List.of();
    }
  }

  static byte[] encode(List<Effect> effects) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      for (Effect effect : effects) {
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
        }
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

  static List<Effect> decode(byte[] octets) throws IOException {
    List<Effect> effects = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
      if (in.readUnsignedByte() != VERSION) {
        return List.of();
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
    return effects;
  }

  private static ConnectionKey connection(DataInputStream in) throws IOException {
    return new ConnectionKey(
        IpAddress.parse(in.readUTF()),
        in.readUnsignedShort(),
        IpAddress.parse(in.readUTF()),
        in.readUnsignedShort(),
        in.readUnsignedByte(),
        new UUID(in.readLong(), in.readLong()));
  }

  private static Effect bind(DataInputStream in) throws IOException {
    NatKey.Kind kind = NatKey.Kind.valueOf(in.readUTF());
    ConnectionKey key = connection(in);
    return new Effect.Bind(
        new NatKey(
            kind,
            key.source(),
            key.sourcePort(),
            key.destination(),
            key.destinationPort(),
            key.protocol(),
            key.device()),
        new NatBinding(IpAddress.parse(in.readUTF()), in.readUnsignedShort()));
  }
}
