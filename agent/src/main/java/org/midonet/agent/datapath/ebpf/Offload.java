package org.midonet.agent.datapath.ebpf;

import org.midonet.agent.linux.VnetHeader;
import org.midonet.packets.frame.Checksum;

/**
 * Tells what a packet that came up left for later. Stateless.
 *
 * <p>The kernel does not say whether the checksum of a packet is yet to be filled in; but then it
 * holds the sum of the pseudo-header, which it holds by chance once in 65,536 packets, and filling
 * it in is right then too.
 */
final class Offload {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int CWR = 0x80;

  private final byte[] frame;
  private int l4;
  private int end;
  private int protocol;
  private long addresses;
  private boolean ipv6;

  private Offload(byte[] frame) {
    this.frame = frame;
  }

  static VnetHeader of(byte[] frame, int segmentSize) {
    return new Offload(frame).header(segmentSize);
  }

  private VnetHeader header(int segmentSize) {
    if (!findTransport()) {
      return VnetHeader.NONE;
    }
    int offset = protocol == TCP ? 16 : 6;
    if (end < l4 + (protocol == TCP ? 20 : 8)) {
      return VnetHeader.NONE;
    }
    int length = end - l4;
    long pseudo = addresses + protocol + (length >>> 16) + (length & 0xffff);
    int open = ~Checksum.fold(pseudo) & 0xffff;
    boolean partial = u16(l4 + offset) == open;
    if (segmentSize == 0) {
      return partial ? new VnetHeader(l4, offset, 0, 0, 0) : VnetHeader.NONE;
    }
    int header = protocol == TCP ? (frame[l4 + 12] >>> 4 & 0xf) * 4 : 8;
    return new VnetHeader(l4, offset, segmentSize, segmentType(), l4 + header);
  }

  private int segmentType() {
    if (protocol == UDP) {
      return VnetHeader.TYPE_UDP;
    }
    int ecn = (frame[l4 + 13] & CWR) != 0 ? VnetHeader.TYPE_ECN : 0;
    return (ipv6 ? VnetHeader.TYPE_TCP6 : VnetHeader.TYPE_TCP4) | ecn;
  }

  /** Finds TCP or UDP that is whole. */
  private boolean findTransport() {
    int l3 = 14;
    if (frame.length < l3 + 4) {
      return false;
    }
    int type = u16(12);
    if (type == 0x8100 || type == 0x88a8) {
      type = u16(16);
      l3 = 18;
    }
    return switch (type) {
      case 0x0800 -> findInIpv4(l3);
      case 0x86dd -> findInIpv6(l3);
      default -> false;
    };
  }

  private boolean findInIpv4(int l3) {
    if (frame.length < l3 + 20 || (u16(l3 + 6) & 0x3fff) != 0) {
      return false;
    }
    protocol = frame[l3 + 9] & 0xff;
    l4 = l3 + (frame[l3] & 0xf) * 4;
    end = Math.min(frame.length, l3 + u16(l3 + 2));
    addresses = Checksum.sum(frame, l3 + 12, 8);
    return protocol == TCP || protocol == UDP;
  }

  private boolean findInIpv6(int l3) {
    if (frame.length < l3 + 40) {
      return false;
    }
    protocol = frame[l3 + 6] & 0xff;
    l4 = l3 + 40;
    end = Math.min(frame.length, l4 + u16(l3 + 4));
    addresses = Checksum.sum(frame, l3 + 8, 32);
    ipv6 = true;
    return protocol == TCP || protocol == UDP;
  }

  private int u16(int at) {
    return (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
  }
}
