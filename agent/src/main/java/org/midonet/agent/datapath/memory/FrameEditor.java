package org.midonet.agent.datapath.memory;

import java.util.Arrays;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Fragment;
import org.midonet.agent.flow.Input;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Checksum;

/**
 * Rewrites a frame as the program in the kernel does: checksums are updated by what changed and
 * never computed anew. Confined to one thread.
 */
final class FrameEditor {
  private byte[] frame;
  private int l3;
  private int l4;
  private int version;
  private int protocol;
  private boolean ports;

  FrameEditor(byte[] frame) {
    this.frame = frame.clone();
    Classifier.Classified read = Classifier.classify(new Input.Port(1), frame);
    if (read != null) {
      locate(read.key());
    }
  }

  private void locate(FlowKey key) {
    l3 = key.vlan() == 0 ? 14 : 18;
    version = key.etherType() == 0x0800 ? 4 : key.etherType() == 0x86dd ? 6 : 0;
    protocol = key.protocol();
    if (version != 0) {
      l4 = version == 4 ? l3 + (frame[l3] & 0xf) * 4 : afterExtensions();
      ports = key.fragment() != Fragment.LATER && frame.length >= l4 + 8;
    }
  }

  private int afterExtensions() {
    int next = u8(l3 + 6);
    int at = l3 + 40;
    while ((next == 0 || next == 43 || next == 44 || next == 60) && frame.length >= at + 8) {
      int length = next == 44 ? 8 : (u8(at + 1) + 1) * 8;
      boolean later = next == 44 && (u16(at + 2) & 0xfff8) != 0;
      next = u8(at);
      at += length;
      if (later) {
        break;
      }
    }
    return at;
  }

  byte[] frame() {
    return frame.clone();
  }

  void setEther(Mac source, Mac destination) {
    for (int i = 0; i < 6; i++) {
      frame[i] = (byte) destination.octet(i);
      frame[6 + i] = (byte) source.octet(i);
    }
  }

  void setVlan(int id) {
    int priority = isTagged() ? u16(14) & 0xe000 : 0;
    popVlan();
    byte[] tagged = new byte[frame.length + 4];
    System.arraycopy(frame, 0, tagged, 0, 12);
    System.arraycopy(frame, 12, tagged, 16, frame.length - 12);
    frame = tagged;
    put16(12, 0x8100);
    put16(14, priority | id);
    l3 += 4;
    l4 += 4;
  }

  /** Of two tags the inner one is the outer when that is gone. */
  private boolean isTagged() {
    return u16(12) == 0x8100 || u16(12) == 0x88a8;
  }

  void popVlan() {
    if (!isTagged()) {
      return;
    }
    byte[] bare = Arrays.copyOfRange(frame, 4, frame.length);
    System.arraycopy(frame, 0, bare, 0, 12);
    frame = bare;
    l3 -= 4;
    l4 -= 4;
  }

  void setIp(IpAddress source, IpAddress destination) {
    if (version != source.version()) {
      return;
    }
    int at = version == 4 ? l3 + 12 : l3 + 8;
    int size = version == 4 ? 4 : 16;
    long before = Checksum.sum(frame, at, 2 * size);
    put(at, source);
    put(at + size, destination);
    long after = Checksum.sum(frame, at, 2 * size);
    if (version == 4) {
      update(l3 + 10, before, after);
    }
    updateTransport(before, after);
  }

  void setPorts(int source, int destination) {
    boolean known = protocol == 6 || protocol == 17 || protocol == 33 || protocol == 136;
    if (!ports || !known) {
      return;
    }
    long before = Checksum.sum(frame, l4, 4);
    put16(l4, source);
    put16(l4 + 2, destination);
    updateTransport(before, Checksum.sum(frame, l4, 4));
  }

  void setIcmpId(int id) {
    int type = ports ? u8(l4) : -1;
    boolean echo =
        (protocol == 1 && (type == 0 || type == 8))
            || (protocol == 58 && (type == 128 || type == 129));
    if (echo) {
      int before = u16(l4 + 4);
      put16(l4 + 4, id);
      update(l4 + 2, before, id);
    }
  }

  void setDscp(int dscp) {
    if (version == 4) {
      int before = u16(l3);
      frame[l3 + 1] = (byte) (dscp << 2 | (frame[l3 + 1] & 3));
      update(l3 + 10, before, u16(l3));
    } else if (version == 6) {
      put16(l3, 0x6000 | dscp << 6 | (u16(l3) & 0x3f));
    }
  }

  /** Whether enough is left. */
  boolean decrementTtl(int by) {
    if (version == 0) {
      return true;
    }
    int at = version == 4 ? l3 + 8 : l3 + 7;
    int ttl = u8(at);
    if (ttl <= by) {
      return false;
    }
    frame[at] = (byte) (ttl - by);
    if (version == 4) {
      update(l3 + 10, (long) ttl << 8, (long) (ttl - by) << 8);
    }
    return true;
  }

  /** Whether the packet is no larger. */
  boolean fits(Action.CheckMtu check) {
    return version == 0 || frame.length - l3 <= check.mtu();
  }

  private void updateTransport(long before, long after) {
    int at =
        switch (protocol) {
          case 6 -> 16;
          case 17, 33, 136 -> 6;
          case 58 -> 2;
          default -> -1;
        };
    boolean there = ports && at >= 0 && frame.length >= l4 + at + 2;
    if (!there || (protocol == 17 && u16(l4 + at) == 0)) {
      return;
    }
    update(l4 + at, before, after);
    if (protocol == 17 && u16(l4 + at) == 0) {
      put16(l4 + at, 0xffff);
    }
  }

  private void update(int at, long before, long after) {
    put16(at, Checksum.update(u16(at), before, after));
  }

  private void put(int at, IpAddress address) {
    switch (address) {
      case Ipv4Address v4 -> {
        put16(at, v4.bits() >>> 16);
        put16(at + 2, v4.bits());
      }
      case Ipv6Address v6 -> {
        for (int i = 0; i < 4; i++) {
          put16(at + 2 * i, (int) (v6.high() >>> (48 - 16 * i)));
          put16(at + 8 + 2 * i, (int) (v6.low() >>> (48 - 16 * i)));
        }
      }
    }
  }

  private int u8(int at) {
    return frame[at] & 0xff;
  }

  private int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  private void put16(int at, int value) {
    frame[at] = (byte) (value >>> 8);
    frame[at + 1] = (byte) value;
  }
}
