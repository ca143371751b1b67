package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Template;
import org.midonet.packets.frame.Octets;

/** Variants of templates as the program has them, struct variant. Stateless. */
final class VariantLayout {
  private static final int BACK = FlowLayout.SIZE;
  private static final int BACK_KEY = 2 * FlowLayout.SIZE;
  private static final int THERE_KEY = BACK_KEY + KeyCodec.SIZE;
  private static final int THERE_PORTS = THERE_KEY + KeyCodec.SIZE;
  private static final int BACK_PORTS = THERE_PORTS + 1;
  private static final int NOTE_LENGTH = BACK_PORTS + 1;
  private static final int NOTE = NOTE_LENGTH + 2;
  static final int SIZE = (NOTE + Template.MOST_NOTE + 7) & ~7;

  private VariantLayout() {}

  /** What is there of a template of a process before this one. */
  record Found(int slot, int turn, int serial, FlowKey there, Template.Variant variant) {}

  /** The operations of a variant's flow, null if they do not fit into one. */
  static @Nullable List<OpCodec.Op> encode(Actions actions) {
    List<OpCodec.Op> ops = OpCodec.encode(actions.list());
    return ops.size() > OpCodec.FLOW_OPS ? null : ops;
  }

  /**
   * Writes a variant.
   *
   * @return false if its actions do not fit
   */
  static boolean write(Template template, int turn, int slot, int serial, MemorySegment out) {
    Template.Variant variant = template.variants().get(turn);
    List<OpCodec.Op> there = encode(variant.there());
    List<OpCodec.Op> back = encode(variant.actionsBack());
    if (there == null || back == null) {
      return false;
    }
    out.fill((byte) 0);
    FlowLayout.writeBegun(there, serial, slot, turn, false, out.asSlice(0, FlowLayout.SIZE));
    FlowLayout.writeBegun(back, serial, slot, turn, true, out.asSlice(BACK, FlowLayout.SIZE));
    KeyCodec.write(variant.back(), out, BACK_KEY);
    KeyCodec.write(template.key(), out, THERE_KEY);
    out.set(JAVA_BYTE, THERE_PORTS, (byte) OpCodec.portsAt(there));
    out.set(JAVA_BYTE, BACK_PORTS, (byte) OpCodec.portsAt(back));
    byte[] note = variant.note().toBytes();
    out.set(JAVA_SHORT_UNALIGNED, NOTE_LENGTH, (short) note.length);
    MemorySegment.copy(note, 0, out, JAVA_BYTE, NOTE, note.length);
    return true;
  }

  static Found read(MemorySegment in) {
    byte[] note = new byte[in.get(JAVA_SHORT_UNALIGNED, NOTE_LENGTH)];
    MemorySegment.copy(in, JAVA_BYTE, NOTE, note, 0, note.length);
    return new Found(
        FlowLayout.slot(in),
        FlowLayout.turn(in),
        FlowLayout.generation(in),
        KeyCodec.read(in, THERE_KEY),
        new Template.Variant(
            Actions.DROP, KeyCodec.read(in, BACK_KEY), Actions.DROP, Octets.wrap(note)));
  }
}
