package org.midonet.agent.flow;

import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/**
 * Reads the flow key of a frame, by the same rules as the program in the kernel. Stateless.
 *
 * <p>What has no flows always comes up: ARP, ICMP and ICMPv6 errors, which quote a packet that the
 * key does not tell, and neighbour discovery.
 */
public final class Classifier {
  private static final int ETHERNET = 14;
  private static final int MAX_EXTENSIONS = 6;

  private final byte[] frame;
  private int l3;
  private int l4;
  private int protocol;
  private int trafficClass;
  private Fragment fragment = Fragment.NONE;
  private @Nullable IpAddress source;
  private @Nullable IpAddress destination;

  /** Whether flows are kept for packets of a key. */
  public enum Kind {
    FLOW,
    ALWAYS_UP
  }

  /**
   * The key of a frame.
   *
   * @param tcpFlags the control bits of a TCP segment, 0 if it is none
   */
  public record Classified(FlowKey key, Kind kind, int tcpFlags) {}

  private Classifier(byte[] frame) {
    this.frame = frame;
  }

  /**
   * Reads the key of a frame that came in there.
   *
   * @param frame from the destination address, with VLAN tags, without frame check sequence
   * @return null if a header is cut short or wrong: such a frame is dropped
   */
  public static @Nullable Classified classify(Input input, byte[] frame) {
    return switch (input) {
      case Input.Tunnel tunnel -> new Classified(FlowKey.tunnel(tunnel.key()), Kind.FLOW, 0);
      case Input.Port port -> new Classifier(frame).read(port);
    };
  }

  private @Nullable Classified read(Input.Port port) {
    if (frame.length < ETHERNET) {
      return null;
    }
    int vlan = 0;
    int etherType = u16(12);
    l3 = ETHERNET;
    if (etherType == 0x8100 || etherType == 0x88a8) {
      if (frame.length < ETHERNET + 4) {
        return null;
      }
      int mark = etherType == 0x8100 ? FlowKey.TAGGED : FlowKey.SERVICE_TAGGED;
      vlan = (u16(14) & 0xfff) | mark;
      etherType = u16(16);
      l3 += 4;
    }
    boolean whole =
        switch (etherType) {
          case 0x0800 -> readIpv4();
          case 0x86dd -> readIpv6();
          default -> true;
        };
    if (!whole) {
      return null;
    }
    int ports = source == null || fragment == Fragment.LATER ? 0 : ports();
    FlowKey key =
        new FlowKey(
            port,
            mac(6),
            mac(0),
            vlan,
            etherType,
            source,
            destination,
            protocol,
            trafficClass,
            fragment,
            ports >>> 16,
            ports & 0xffff);
    return new Classified(key, kind(etherType), tcpFlags());
  }

  private boolean readIpv4() {
    if (frame.length < l3 + 20) {
      return false;
    }
    int headerLength = (frame[l3] & 0xf) * 4;
    if ((frame[l3] & 0xf0) != 0x40 || headerLength < 20 || frame.length < l3 + headerLength) {
      return false;
    }
    trafficClass = u8(l3 + 1) & 0xfc;
    protocol = u8(l3 + 9);
    fragment = fragment(u16(l3 + 6) & 0x1fff, (u16(l3 + 6) & 0x2000) != 0);
    source = new Ipv4Address(i32(l3 + 12));
    destination = new Ipv4Address(i32(l3 + 16));
    l4 = l3 + headerLength;
    return true;
  }

  private boolean readIpv6() {
    if (frame.length < l3 + 40 || (frame[l3] & 0xf0) != 0x60) {
      return false;
    }
    trafficClass = (u16(l3) >>> 4) & 0xfc;
    protocol = u8(l3 + 6);
    source = new Ipv6Address(i64(l3 + 8), i64(l3 + 16));
    destination = new Ipv6Address(i64(l3 + 24), i64(l3 + 32));
    l4 = l3 + 40;
    for (int i = 0; i < MAX_EXTENSIONS && isExtension(protocol); i++) {
      if (fragment == Fragment.LATER) {
        break;
      }
      if (frame.length < l4 + 8) {
        return false;
      }
      int length = (u8(l4 + 1) + 1) * 8;
      if (protocol == 44) {
        fragment = fragment(u16(l4 + 2) & 0xfff8, (u16(l4 + 2) & 1) != 0);
        length = 8;
      }
      protocol = u8(l4);
      l4 += length;
    }
    return true;
  }

  /** Hop-by-hop, routing, fragment and destination options (RFC 8200 section 4). */
  private static boolean isExtension(int protocol) {
    return protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60;
  }

  private static Fragment fragment(int offset, boolean more) {
    if (offset != 0) {
      return Fragment.LATER;
    }
    return more ? Fragment.FIRST : Fragment.NONE;
  }

  /** The two port fields of the key as one number; zero where the frame is too short for them. */
  private int ports() {
    if (frame.length < l4 + 8) {
      return 0;
    }
    return switch (protocol) {
      case 6, 17, 33, 132, 136 -> i32(l4);
      case 1 -> u16(l4) << 16 | (u8(l4) == 0 || u8(l4) == 8 ? u16(l4 + 4) : 0);
      case 58 -> u16(l4) << 16 | (u8(l4) == 128 || u8(l4) == 129 ? u16(l4 + 4) : 0);
      default -> 0;
    };
  }

  private int tcpFlags() {
    boolean tcp = source != null && protocol == 6 && fragment != Fragment.LATER;
    return tcp && frame.length >= l4 + 14 ? u8(l4 + 13) : 0;
  }

  private Kind kind(int etherType) {
    if (etherType == 0x0806) {
      return Kind.ALWAYS_UP;
    }
    if (source == null || fragment == Fragment.LATER || frame.length < l4 + 8) {
      return Kind.FLOW;
    }
    int type = u8(l4);
    boolean up =
        switch (protocol) {
          case 1 -> (type >= 3 && type <= 5) || type == 11 || type == 12;
          case 58 -> (type >= 1 && type <= 4) || (type >= 133 && type <= 137);
          default -> false;
        };
    return up ? Kind.ALWAYS_UP : Kind.FLOW;
  }

  private Mac mac(int at) {
    return new Mac((long) u16(at) << 32 | (i32(at + 2) & 0xffff_ffffL));
  }

  private int u8(int at) {
    return frame[at] & 0xff;
  }

  private int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  private int i32(int at) {
    return u16(at) << 16 | u16(at + 2);
  }

  private long i64(int at) {
    return (long) i32(at) << 32 | (i32(at + 4) & 0xffff_ffffL);
  }
}
