package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Fragment;
import org.midonet.agent.flow.Input;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/** Flow keys as the program has them, struct flow_key. Stateless. */
final class KeyCodec {
  static final int SIZE = 60;
  static final int INPUT_TUNNEL = 0x8000_0000;

  private static final ValueLayout.OfInt NET_INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong NET_LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort NET_SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private KeyCodec() {}

  /** An input as the program has it. */
  static int input(Input input) {
    return switch (input) {
      case Input.Port port -> port.number();
      case Input.Tunnel tunnel -> INPUT_TUNNEL | tunnel.key();
    };
  }

  private static Input input(int word) {
    return (word & INPUT_TUNNEL) != 0
        ? new Input.Tunnel(word & Input.Tunnel.MAX)
        : new Input.Port(word);
  }

  static void write(FlowKey key, MemorySegment out, long at) {
    out.set(JAVA_INT_UNALIGNED, at, input(key.input()));
    writeMac(key.destination(), out, at + 4);
    writeMac(key.source(), out, at + 10);
    out.set(JAVA_SHORT_UNALIGNED, at + 16, (short) key.vlan());
    out.set(JAVA_SHORT_UNALIGNED, at + 18, (short) key.etherType());
    out.set(JAVA_BYTE, at + 20, (byte) key.protocol());
    out.set(JAVA_BYTE, at + 21, (byte) key.trafficClass());
    out.set(JAVA_BYTE, at + 22, fragment(key.fragment()));
    out.set(JAVA_BYTE, at + 23, (byte) 0);
    out.set(JAVA_SHORT_UNALIGNED, at + 24, (short) key.sourcePort());
    out.set(JAVA_SHORT_UNALIGNED, at + 26, (short) key.destinationPort());
    writeAddress(key.ipSource(), out, at + 28);
    writeAddress(key.ipDestination(), out, at + 44);
  }

  static FlowKey read(MemorySegment in, long at) {
    int etherType = in.get(JAVA_SHORT_UNALIGNED, at + 18) & 0xffff;
    return new FlowKey(
        input(in.get(JAVA_INT_UNALIGNED, at)),
        readMac(in, at + 10),
        readMac(in, at + 4),
        in.get(JAVA_SHORT_UNALIGNED, at + 16) & 0xffff,
        etherType,
        readAddress(etherType, in, at + 28),
        readAddress(etherType, in, at + 44),
        in.get(JAVA_BYTE, at + 20) & 0xff,
        in.get(JAVA_BYTE, at + 21) & 0xff,
        fragment(in.get(JAVA_BYTE, at + 22)),
        in.get(JAVA_SHORT_UNALIGNED, at + 24) & 0xffff,
        in.get(JAVA_SHORT_UNALIGNED, at + 26) & 0xffff);
  }

  private static byte fragment(Fragment fragment) {
    return switch (fragment) {
      case NONE -> 0;
      case FIRST -> 1;
      case LATER -> 2;
    };
  }

  private static Fragment fragment(byte number) {
    return switch (number) {
      case 0 -> Fragment.NONE;
      case 1 -> Fragment.FIRST;
      default -> Fragment.LATER;
    };
  }

  private static void writeMac(Mac mac, MemorySegment out, long at) {
    out.set(NET_SHORT, at, (short) (mac.value() >>> 32));
    out.set(NET_INT, at + 2, (int) mac.value());
  }

  private static Mac readMac(MemorySegment in, long at) {
    return new Mac(
        (in.get(NET_SHORT, at) & 0xffffL) << 32 | (in.get(NET_INT, at + 2) & 0xffff_ffffL));
  }

  /** Sixteen octets; of IPv4 addresses the first four count and the rest is zero. */
  static void writeAddress(@Nullable IpAddress address, MemorySegment out, long at) {
    switch (address) {
      case null -> {
        out.set(NET_LONG, at, 0);
        out.set(NET_LONG, at + 8, 0);
      }
      case Ipv4Address v4 -> {
        out.set(NET_LONG, at, (long) v4.bits() << 32);
        out.set(NET_LONG, at + 8, 0);
      }
      case Ipv6Address v6 -> {
        out.set(NET_LONG, at, v6.high());
        out.set(NET_LONG, at + 8, v6.low());
      }
    }
  }

  private static @Nullable IpAddress readAddress(int etherType, MemorySegment in, long at) {
    return switch (etherType) {
      case 0x0800 -> new Ipv4Address(in.get(NET_INT, at));
      case 0x86dd -> new Ipv6Address(in.get(NET_LONG, at), in.get(NET_LONG, at + 8));
      default -> null;
    };
  }
}
