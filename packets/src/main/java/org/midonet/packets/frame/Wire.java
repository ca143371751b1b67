package org.midonet.packets.frame;

import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/** Writes numbers and addresses in network order. Stateless. */
final class Wire {
  private Wire() {}

  static void u8(byte[] out, int at, int value) {
    out[at] = (byte) value;
  }

  static void u16(byte[] out, int at, int value) {
    out[at] = (byte) (value >>> 8);
    out[at + 1] = (byte) value;
  }

  static void i32(byte[] out, int at, int value) {
    u16(out, at, value >>> 16);
    u16(out, at + 2, value);
  }

  static void i64(byte[] out, int at, long value) {
    i32(out, at, (int) (value >>> 32));
    i32(out, at + 4, (int) value);
  }

  static void mac(byte[] out, int at, Mac mac) {
    u16(out, at, (int) (mac.value() >>> 32));
    i32(out, at + 2, (int) mac.value());
  }

  static void address(byte[] out, int at, IpAddress address) {
    switch (address) {
      case Ipv4Address v4 -> i32(out, at, v4.bits());
      case Ipv6Address v6 -> {
        i64(out, at, v6.high());
        i64(out, at + 8, v6.low());
      }
    }
  }
}
