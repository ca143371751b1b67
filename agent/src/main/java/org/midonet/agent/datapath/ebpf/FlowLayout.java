package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.midonet.agent.flow.BegunFlow;
import org.midonet.agent.flow.FlowStatistics;

/** Flows as the program has them, struct flow. Stateless. */
final class FlowLayout {
  private static final int OPS = 52;

  /** The structure begins with numbers of eight octets, and its size is a multiple of that. */
  static final int SIZE = (OPS + OpCodec.FLOW_OPS * OpCodec.SIZE + 7) & ~7;

  private static final int MADE = 24;
  private static final int GENERATION = 32;
  private static final int COUNT = 36;
  private static final int TCP_FLAGS = 40;
  private static final int SLOT = 44;
  private static final int CLIENT_PORT = 48;
  private static final int TURN = 50;
  private static final int WAY_BACK = 0x8000;

  private FlowLayout() {}

  static void write(List<OpCodec.Op> ops, int generation, long now, MemorySegment out) {
    out.fill((byte) 0);
    out.set(JAVA_LONG_UNALIGNED, 16, now);
    out.set(JAVA_LONG_UNALIGNED, MADE, now);
    out.set(JAVA_INT_UNALIGNED, GENERATION, generation);
    out.set(JAVA_INT_UNALIGNED, COUNT, ops.size());
    OpCodec.write(ops, out, OPS);
  }

  /** What templates make their flows from. */
  static void writeBegun(
      List<OpCodec.Op> ops, int serial, int slot, int turn, boolean isBack, MemorySegment out) {
    write(ops, serial, 0, out);
    out.set(JAVA_INT_UNALIGNED, SLOT, slot);
    out.set(JAVA_SHORT_UNALIGNED, TURN, (short) (isBack ? turn | WAY_BACK : turn));
  }

  /** The slot of the template that made the flow, 0 if none did. */
  static int slot(MemorySegment flow) {
    return flow.get(JAVA_INT_UNALIGNED, SLOT);
  }

  static int turn(MemorySegment flow) {
    return flow.get(JAVA_SHORT_UNALIGNED, TURN) & (WAY_BACK - 1);
  }

  static BegunFlow begun(MemorySegment flow, long now) {
    int turn = flow.get(JAVA_SHORT_UNALIGNED, TURN);
    return new BegunFlow(
        slot(flow),
        turn & (WAY_BACK - 1),
        (turn & WAY_BACK) != 0,
        flow.get(JAVA_SHORT_UNALIGNED, CLIENT_PORT) & 0xffff,
        flow.get(JAVA_LONG_UNALIGNED, 0),
        flow.get(JAVA_LONG_UNALIGNED, 8),
        Math.max(0, now - flow.get(JAVA_LONG_UNALIGNED, MADE)),
        idleNanos(flow, now),
        flow.get(JAVA_INT_UNALIGNED, TCP_FLAGS));
  }

  static int generation(MemorySegment flow) {
    return flow.get(JAVA_INT_UNALIGNED, GENERATION);
  }

  /** Groups that the flow goes on in, 0 if none. */
  static int group(MemorySegment flow) {
    return OpCodec.groupOf(flow, OPS, flow.get(JAVA_INT_UNALIGNED, COUNT));
  }

  /** Since the last packet, or since the flow was installed. */
  static long idleNanos(MemorySegment flow, long now) {
    return Math.max(0, now - flow.get(JAVA_LONG_UNALIGNED, 16));
  }

  static FlowStatistics statistics(MemorySegment flow, long now) {
    return new FlowStatistics(
        flow.get(JAVA_LONG_UNALIGNED, 0),
        flow.get(JAVA_LONG_UNALIGNED, 8),
        idleNanos(flow, now),
        flow.get(JAVA_INT_UNALIGNED, TCP_FLAGS));
  }
}
