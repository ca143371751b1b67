package org.midonet.plugin.client.cluster.topology;

import java.io.IOException;
import java.util.Arrays;

/** The fields of a protobuf message, one after the other. For one thread. */
final class Fields {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] message;
  private int at;
  private int number;
  private long value;
  private byte[] octets = {};

  Fields(byte[] message) {
    this.message = message;
  }

  /**
   * Goes to the next field.
   *
   * @return whether there is one
   * @throws IOException if this is no protobuf message
   */
  boolean next() throws IOException {
    if (at == message.length) {
      return false;
    }
    long key = varint();
    number = (int) (key >>> 3);
    value = 0;
    octets = new byte[0];
    switch ((int) key & 7) {
      case VARINT -> value = varint();
      case FIXED64 -> octets = take(8);
      case BYTES -> octets = take(varint());
      case FIXED32 -> octets = take(4);
      default -> throw malformed();
    }
    return true;
  }

  int number() {
    return number;
  }

  /** Of a number; 0 for anything else. */
  long value() {
    return value;
  }

  /** Of a text or a message; empty for a number. */
  byte[] octets() {
    return octets;
  }

  private byte[] take(long length) throws IOException {
    if (length < 0 || length > message.length - at) {
      throw malformed();
    }
    at += (int) length;
    return Arrays.copyOfRange(message, at - (int) length, at);
  }

  private long varint() throws IOException {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte octet = take(1)[0];
      result |= (octet & 0x7fL) << shift;
      if (octet >= 0) {
        return result;
      }
    }
    throw malformed();
  }

  private static IOException malformed() {
    return new IOException("it does not speak the protocol of a topology API");
  }
}
