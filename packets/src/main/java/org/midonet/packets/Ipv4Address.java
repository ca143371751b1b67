package org.midonet.packets;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 address (RFC 791). Immutable, safe to share.
 *
 * @param bits the 32 bits; read them unsigned, by {@link #toLong}
 */
public record Ipv4Address(int bits) implements IpAddress {
  public static final Ipv4Address ANY = new Ipv4Address(0);
  public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

  /**
   * Reads a dotted quad strictly; see {@link IpAddress#parse}.
   *
   * @throws IllegalArgumentException if the text is no IPv4 address
   */
  public static Ipv4Address parse(String text) {
    Ipv4Address address = parseOrNull(text, 0);
    if (address == null) {
      throw new IllegalArgumentException("'" + text + "' is not an IPv4 address");
    }
    return address;
  }

  /** Like {@link #parse}, but empty where that throws. */
  public static Optional<Ipv4Address> tryParse(String text) {
    return Optional.ofNullable(parseOrNull(text, 0));
  }

  /** The dotted quad that fills the text from {@code start} to its end. */
  static @Nullable Ipv4Address parseOrNull(String text, int start) {
    int length = text.length();
    if (length - start > 15) {
      return null;
    }
    int bits = 0;
    int octet = -1;
    int dots = 0;
    for (int i = start; i < length; i++) {
      char c = text.charAt(i);
      if (Ascii.isDigit(c) && octet != 0) {
        octet = Math.max(octet, 0) * 10 + (c - '0');
        if (octet > 255) {
          return null;
        }
      } else if (c == '.' && octet >= 0 && dots < 3) {
        bits = bits << 8 | octet;
        octet = -1;
        dots++;
      } else {
        return null;
      }
    }
    return dots == 3 && octet >= 0 ? new Ipv4Address(bits << 8 | octet) : null;
  }

  static Ipv4Address of(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 32) {
      throw new IllegalArgumentException(value + " does not fit in 32 bits");
    }
    return new Ipv4Address(value.intValue());
  }

  /** The address as a number from 0 to 2^32 - 1. */
  public long toLong() {
    return Integer.toUnsignedLong(bits);
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public BigInteger toBigInteger() {
    return BigInteger.valueOf(toLong());
  }

  @Override
  public byte[] toBytes() {
    return new byte[] {
      (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
    };
  }

  @Override
  public Ipv4Address plus(long offset) {
    long sum = Math.addExact(toLong(), offset);
    if (sum < 0 || sum > 0xffff_ffffL) {
      throw new ArithmeticException(this + " plus " + offset + " is outside the address space");
    }
    return new Ipv4Address((int) sum);
  }

  @Override
  public Ipv4Address first(int prefixLength) {
    return new Ipv4Address(bits & ~hostMask(prefixLength));
  }

  @Override
  public Ipv4Address last(int prefixLength) {
    return new Ipv4Address(bits | hostMask(prefixLength));
  }

  private static int hostMask(int prefixLength) {
    if (prefixLength < 0 || prefixLength > 32) {
      throw new IllegalArgumentException("/" + prefixLength + " is not an IPv4 prefix length");
    }
    return prefixLength == 32 ? 0 : -1 >>> prefixLength;
  }

  @Override
  public int trailingZeros() {
    return Integer.numberOfTrailingZeros(bits);
  }

  @Override
  public boolean isMax() {
    return bits == -1;
  }

  @Override
  public boolean isMulticast() {
    return bits >>> 28 == 0xe;
  }

  @Override
  public boolean isLoopback() {
    return bits >>> 24 == 127;
  }

  @Override
  public boolean isLinkLocal() {
    return bits >>> 16 == 0xa9fe;
  }

  @Override
  public String sortKey() {
    StringBuilder out = new StringBuilder(9).append('4');
    Ascii.appendHex(out, bits, 8);
    return out.toString();
  }

  @Override
  public int compareTo(IpAddress other) {
    return other instanceof Ipv4Address v4 ? Integer.compareUnsigned(bits, v4.bits) : -1;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(15);
    appendTo(out);
    return out.toString();
  }

  void appendTo(StringBuilder out) {
    out.append(bits >>> 24).append('.');
    out.append(bits >>> 16 & 0xff).append('.');
    out.append(bits >>> 8 & 0xff).append('.');
    out.append(bits & 0xff);
  }
}
