package org.midonet.plugin.client.cluster.topology;

import java.io.ByteArrayOutputStream;
import java.util.UUID;

/** A protobuf message to be sent, field by field. For one thread. */
final class Message {
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Message number(int field, long value) {
    varint(out, (long) field << 3 | VARINT);
    varint(out, value);
    return this;
  }

  Message message(int field, Message value) {
    varint(out, (long) field << 3 | BYTES);
    out.writeBytes(value.framed());
    return this;
  }

  /** As MidoNet writes them: the two halves of 64 bits. */
  Message uuid(int field, UUID value) {
    return message(
        field,
        new Message()
            .number(1, value.getMostSignificantBits())
            .number(2, value.getLeastSignificantBits()));
  }

  /** Its octets behind their number. */
  byte[] framed() {
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    varint(framed, out.size());
    framed.writeBytes(out.toByteArray());
    return framed.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
