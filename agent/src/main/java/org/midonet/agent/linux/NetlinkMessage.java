package org.midonet.agent.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A request of netlink(7) being written. Confined to one thread. */
final class NetlinkMessage {
  private final ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());

  NetlinkMessage(int type, int flags) {
    buffer.putInt(0).putShort((short) type).putShort((short) flags).putInt(0).putInt(0);
  }

  /** The fixed part of link messages, struct ifinfomsg. */
  NetlinkMessage link(int index, int flags, int changed) {
    buffer.put((byte) 0).put((byte) 0).putShort((short) 0);
    buffer.putInt(index).putInt(flags).putInt(changed);
    return this;
  }

  /** The fixed part of address messages, struct ifaddrmsg. */
  NetlinkMessage address(int family, int prefixLength, int index) {
    buffer.put((byte) family).put((byte) prefixLength).put((byte) 0).put((byte) 0).putInt(index);
    return this;
  }

  /** The fixed part of messages of traffic control, struct tcmsg. */
  NetlinkMessage traffic(int index, int handle, int parent, int info) {
    buffer.putInt(0).putInt(index).putInt(handle).putInt(parent).putInt(info);
    return this;
  }

  NetlinkMessage attribute(int type, byte[] value) {
    buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    return align();
  }

  NetlinkMessage attribute(int type, int value) {
    buffer.putShort((short) 8).putShort((short) type).putInt(value);
    return this;
  }

  NetlinkMessage attribute(int type, byte value) {
    return attribute(type, new byte[] {value});
  }

  NetlinkMessage attribute(int type, String value) {
    return attribute(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /** An attribute made of what {@code content} writes. */
  NetlinkMessage nested(int type, Consumer<NetlinkMessage> content) {
    int start = buffer.position();
    buffer.putShort((short) 0).putShort((short) type);
    content.accept(this);
    buffer.putShort(start, (short) (buffer.position() - start));
    return this;
  }

  private NetlinkMessage align() {
    while (buffer.position() % 4 != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  byte[] toBytes(int sequence) {
    buffer.putInt(0, buffer.position()).putInt(8, sequence);
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }
}
