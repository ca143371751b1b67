package org.midonet.agent.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Reads the attributes of netlink(7) messages. Stateless. */
final class NetlinkAttributes {
  private static final int TYPE_MASK = 0x3fff;

  private NetlinkAttributes() {}

  /** Visits the attributes that fill the rest of a buffer: their types and their values. */
  static void forEach(ByteBuffer bytes, BiConsumer<Integer, ByteBuffer> visitor) {
    int at = bytes.position();
    int end = bytes.limit();
    while (at + 4 <= end) {
      int length = bytes.getShort(at) & 0xffff;
      if (length < 4 || at + length > end) {
        return;
      }
      ByteBuffer value = bytes.duplicate().order(ByteOrder.nativeOrder());
      value.limit(at + length).position(at + 4);
      visitor.accept(bytes.getShort(at + 2) & TYPE_MASK, value);
      at += (length + 3) & ~3;
    }
  }

  static String text(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
  }
}
