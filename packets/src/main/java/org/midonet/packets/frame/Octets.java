package org.midonet.packets.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/**
 * A string of octets. Immutable, safe to share. A part of it shares its memory.
 *
 * <p>Numbers are read in network order. Reading beyond the end is an {@link
 * IndexOutOfBoundsException}; {@link #has} asks first.
 */
public final class Octets implements Payload {
  public static final Octets EMPTY = new Octets(new byte[0], 0, 0);

  private final byte[] array;
  private final int from;
  private final int length;

  private Octets(byte[] array, int from, int length) {
    this.array = array;
    this.from = from;
    this.length = length;
  }

  /** A copy of the octets. */
  public static Octets of(byte[] octets) {
    return octets.length == 0 ? EMPTY : new Octets(octets.clone(), 0, octets.length);
  }

  /** The octets themselves, which nobody may change any more. */
  public static Octets wrap(byte[] octets) {
    return new Octets(octets, 0, octets.length);
  }

  /** The octets of an ASCII text. */
  public static Octets ascii(String text) {
    return wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The octets of pairs of hexadecimal digits; white space between them is skipped.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static Octets hex(String text) {
    return wrap(HexFormat.of().parseHex(text.replaceAll("\\s+", "")));
  }

  @Override
  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** Whether there are so many octets from an index on. */
  public boolean has(int at, int count) {
    return at >= 0 && count >= 0 && at <= length - count;
  }

  /** The octet at an index, from 0 to 255. */
  public int u8(int at) {
    if (at < 0 || at >= length) {
      throw new IndexOutOfBoundsException("octet " + at + " of " + length);
    }
    return array[from + at] & 0xff;
  }

  public int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  public int i32(int at) {
    return u16(at) << 16 | u16(at + 2);
  }

  public long u32(int at) {
    return Integer.toUnsignedLong(i32(at));
  }

  public long i64(int at) {
    return u32(at) << 32 | u32(at + 4);
  }

  public Mac mac(int at) {
    return new Mac((long) u16(at) << 32 | u32(at + 2));
  }

  public Ipv4Address ipv4(int at) {
    return new Ipv4Address(i32(at));
  }

  public Ipv6Address ipv6(int at) {
    return new Ipv6Address(i64(at), i64(at + 8));
  }

  /** The octets from an index to before another one; both are moved into the string if outside. */
  public Octets slice(int start, int end) {
    int first = Math.clamp(start, 0, length);
    int last = Math.clamp(end, first, length);
    return new Octets(array, from + first, last - first);
  }

  /** The octets from an index to the end. */
  public Octets from(int start) {
    return slice(start, length);
  }

  @Override
  public Octets octets() {
    return this;
  }

  /** A copy of the octets. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(array, from, from + length);
  }

  @Override
  public void write(byte[] out, int at) {
    System.arraycopy(array, from, out, at, length);
  }

  /** The sum of the octets by {@link Checksum}. */
  public long sum() {
    return Checksum.sum(array, from, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets that
        && Arrays.equals(
            array, from, from + length, that.array, that.from, that.from + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + array[from + i];
    }
    return hash;
  }

  /** Hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(array, from, from + length);
  }
}
