package org.midonet.agent.forward;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.midonet.agent.state.ConnectionKey;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.NatBinding;
import org.midonet.agent.state.NatKey;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;

/**
 * Flow state in octets, as peers are told of it and as it lies in the file for the next agent.
 * Stateless.
 *
 * <p>A version octet, the ports, and the effects one after the other, numbers in network order. Of
 * another version nothing is read.
 */
final class FlowStateCodec {
  private static final int VERSION = 3;
  private static final int TRACK = 1;
  private static final int BIND = 2;
  private static final int ID = 2 * Long.BYTES;

  /** Kind, kind of translation, version of IP, three addresses, three ports, protocol, device. */
  private static final int MOST_EFFECT = 3 + 3 * 16 + 3 * Short.BYTES + 1 + ID;

  /** A packet that is flooded leaves by many ports; a peer needs some to know it by. */
  private static final int MOST_PORTS = 16;

  private static final FlowState NOTHING = new FlowState(List.of(), Set.of());

  private FlowStateCodec() {}

  /** How many octets {@link #encode} writes at most. */
  static int mostOctets(FlowState known) {
    return 2 + Math.min(MOST_PORTS, known.ports().size()) * ID + mostOctets(known.effects().size());
  }

  /** How many octets effects take at most. */
  static int mostOctets(int effects) {
    return effects * MOST_EFFECT;
  }

  /** Writes flow state; effects that are none are left out. */
  static void encode(FlowState known, ByteBuffer out) {
    out.put((byte) VERSION);
    int left = Math.min(MOST_PORTS, known.ports().size());
    out.put((byte) left);
    for (UUID port : known.ports()) {
      if (left-- > 0) {
        put(out, port);
      }
    }
    known.effects().forEach(effect -> encode(effect, out));
  }

  /** The octets of flow state. */
  static byte[] encode(FlowState known) {
    ByteBuffer out = ByteBuffer.allocate(mostOctets(known));
    encode(known, out);
    byte[] octets = new byte[out.flip().remaining()];
    out.get(octets);
    return octets;
  }

  private static void encode(Effect effect, ByteBuffer out) {
    switch (effect) {
      case Effect.Track(ConnectionKey key) -> {
        out.put((byte) TRACK);
        out.put((byte) key.source().version());
        put(out, key.source(), key.sourcePort());
        put(out, key.destination(), key.destinationPort());
        out.put((byte) key.protocol());
        put(out, key.device());
      }
      case Effect.Bind(NatKey key, NatBinding binding) -> {
        out.put((byte) BIND);
        out.put((byte) number(key.kind()));
        out.put((byte) key.source().version());
        put(out, key.source(), key.sourcePort());
        put(out, key.destination(), key.destinationPort());
        out.put((byte) key.protocol());
        put(out, key.device());
        put(out, binding.address(), binding.port());
      }
      case Effect.LearnMac it -> {}
      case Effect.LearnNeighbour it -> {}
      case Effect.LearnAnnounced it -> {}
      case Effect.AskMetadata it -> {}
      case Effect.Serve it -> {}
    }
  }

  /** A translation is told of by its way there. */
  private static int number(NatKey.Kind kind) {
    return switch (kind) {
      case SNAT -> 1;
      case DNAT -> 2;
      case STICKY -> 3;
      case REVERSE_SNAT, REVERSE_DNAT, REVERSE_STICKY ->
          throw new IllegalArgumentException(kind + " is no way there");
    };
  }

  private static void put(ByteBuffer out, UUID id) {
    out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static void put(ByteBuffer out, IpAddress address, int port) {
    switch (address) {
      case Ipv4Address it -> out.putInt(it.bits());
      case Ipv6Address it -> out.putLong(it.high()).putLong(it.low());
    }
    out.putShort((short) port);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if the octets are damaged, in whatever way
   */
  static FlowState decode(byte[] octets) throws IOException {
    try {
      return decode(ByteBuffer.wrap(octets));
    } catch (BufferUnderflowException e) {
      throw new IOException("flow state is cut short", e);
    }
  }

  private static FlowState decode(ByteBuffer in) throws IOException {
    if (u8(in) != VERSION) {
      return NOTHING;
    }
    Set<UUID> ports = new LinkedHashSet<>();
    for (int left = u8(in); left > 0; left--) {
      ports.add(id(in));
    }
    List<Effect> effects = new ArrayList<>();
    while (in.hasRemaining()) {
      effects.add(
          switch (u8(in)) {
            case TRACK -> new Effect.Track(connection(in, u8(in)));
            case BIND -> bind(in, kind(u8(in)), u8(in));
            default -> throw new IOException("there is no such effect");
          });
    }
    return new FlowState(effects, ports);
  }

  private static NatKey.Kind kind(int number) throws IOException {
    return switch (number) {
      case 1 -> NatKey.Kind.SNAT;
      case 2 -> NatKey.Kind.DNAT;
      case 3 -> NatKey.Kind.STICKY;
      default -> throw new IOException("there is no such translation");
    };
  }

  private static ConnectionKey connection(ByteBuffer in, int version) throws IOException {
    return new ConnectionKey(
        address(in, version), u16(in), address(in, version), u16(in), u8(in), id(in));
  }

  private static Effect bind(ByteBuffer in, NatKey.Kind kind, int version) throws IOException {
    ConnectionKey key = connection(in, version);
    NatKey translated =
        new NatKey(
            kind,
            key.source(),
            key.sourcePort(),
            key.destination(),
            key.destinationPort(),
            key.protocol(),
            key.device());
    return new Effect.Bind(translated, new NatBinding(address(in, version), u16(in)));
  }

  private static IpAddress address(ByteBuffer in, int version) throws IOException {
    return switch (version) {
      case 4 -> new Ipv4Address(in.getInt());
      case 6 -> new Ipv6Address(in.getLong(), in.getLong());
      default -> throw new IOException("there is no IP of version " + version);
    };
  }

  private static UUID id(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }

  private static int u8(ByteBuffer in) {
    return in.get() & 0xff;
  }

  private static int u16(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }
}
