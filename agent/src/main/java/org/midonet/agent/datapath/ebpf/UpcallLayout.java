package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import org.midonet.agent.datapath.Miss;
import org.midonet.packets.Ipv4Address;

/** Packets that came up as the program has them, struct upcall. Stateless. */
final class UpcallLayout {
  private static final int KEY = 32;
  private static final int DATA = 96;

  private UpcallLayout() {}

  static Miss read(MemorySegment record) {
    int remote = record.get(JAVA_INT_UNALIGNED, 20);
    return new Miss(
        KeyCodec.read(record, KEY),
        frame(record),
        reason(record.get(JAVA_BYTE, 30)),
        record.get(JAVA_SHORT_UNALIGNED, 24) & 0xffff,
        record.get(JAVA_BYTE, 31) != 0,
        remote == 0 ? null : new Ipv4Address(remote),
        record.get(JAVA_LONG_UNALIGNED, 0));
  }

  private static Miss.Reason reason(byte number) {
    return switch (number) {
      case 1 -> Miss.Reason.ALWAYS;
      case 2 -> Miss.Reason.TTL;
      case 3 -> Miss.Reason.MTU;
      default -> Miss.Reason.NO_FLOW;
    };
  }

  /** The octets, with the VLAN tag that the kernel keeps beside them put back. */
  private static byte[] frame(MemorySegment record) {
    int length = record.get(JAVA_INT_UNALIGNED, 12);
    int protocol = record.get(JAVA_SHORT_UNALIGNED, 28) & 0xffff;
    int tag = protocol == 0 ? 0 : 4;
    byte[] frame = new byte[length + tag];
    if (tag == 0) {
      MemorySegment.copy(record, JAVA_BYTE, DATA, frame, 0, length);
      return frame;
    }
    int control = record.get(JAVA_SHORT_UNALIGNED, 26);
    MemorySegment.copy(record, JAVA_BYTE, DATA, frame, 0, 12);
    frame[12] = (byte) (protocol >>> 8);
    frame[13] = (byte) protocol;
    frame[14] = (byte) (control >>> 8);
    frame[15] = (byte) control;
    MemorySegment.copy(record, JAVA_BYTE, DATA + 12, frame, 16, length - 12);
    return frame;
  }
}
