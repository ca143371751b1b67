package org.midonet.packets;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IPv6 address (RFC 4291). Immutable, safe to share.
 *
 * @param high the first 64 bits, the network half
 * @param low the last 64 bits, the interface half
 */
public record Ipv6Address(long high, long low) implements IpAddress {
  public static final Ipv6Address ANY = new Ipv6Address(0, 0);

  /**
   * Reads the text forms of RFC 4291 section 2.2 strictly; see {@link IpAddress#parse}.
   *
   * @throws IllegalArgumentException if the text is no IPv6 address
   */
  public static Ipv6Address parse(String text) {
    Ipv6Address address = parseOrNull(text);
    if (address == null) {
      throw new IllegalArgumentException("'" + text + "' is not an IPv6 address");
    }
    return address;
  }

  /** Like {@link #parse}, but empty where that throws. */
  public static Optional<Ipv6Address> tryParse(String text) {
    return Optional.ofNullable(parseOrNull(text));
  }

  static @Nullable Ipv6Address parseOrNull(String text) {
    return Ipv6Text.parse(text);
  }

  static Ipv6Address of(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 128) {
      throw new IllegalArgumentException(value + " does not fit in 128 bits");
    }
    return new Ipv6Address(value.shiftRight(64).longValue(), value.longValue());
  }

  @Override
  public int version() {
    return 6;
  }

  @Override
  public BigInteger toBigInteger() {
    return new BigInteger(1, toBytes());
  }

  @Override
  public byte[] toBytes() {
    byte[] octets = new byte[16];
    for (int i = 0; i < 8; i++) {
      octets[i] = (byte) (high >>> (56 - 8 * i));
      octets[8 + i] = (byte) (low >>> (56 - 8 * i));
    }
    return octets;
  }

  @Override
  public Ipv6Address plus(long offset) {
    long sum = low + offset;
    boolean carry = offset >= 0 && Long.compareUnsigned(sum, low) < 0;
    boolean borrow = offset < 0 && Long.compareUnsigned(sum, low) > 0;
    if ((carry && high == -1) || (borrow && high == 0)) {
      throw new ArithmeticException(this + " plus " + offset + " is outside the address space");
    }
    return new Ipv6Address(carry ? high + 1 : borrow ? high - 1 : high, sum);
  }

  @Override
  public Ipv6Address first(int prefixLength) {
    return new Ipv6Address(high & ~highHostMask(prefixLength), low & ~lowHostMask(prefixLength));
  }

  @Override
  public Ipv6Address last(int prefixLength) {
    return new Ipv6Address(high | highHostMask(prefixLength), low | lowHostMask(prefixLength));
  }

  private static long highHostMask(int prefixLength) {
    if (prefixLength < 0 || prefixLength > 128) {
      throw new IllegalArgumentException("/" + prefixLength + " is not an IPv6 prefix length");
    }
    return prefixLength >= 64 ? 0 : -1L >>> prefixLength;
  }

  private static long lowHostMask(int prefixLength) {
    return prefixLength <= 64 ? -1L : prefixLength == 128 ? 0 : -1L >>> (prefixLength - 64);
  }

  @Override
  public int trailingZeros() {
    return low != 0 ? Long.numberOfTrailingZeros(low) : 64 + Long.numberOfTrailingZeros(high);
  }

  @Override
  public boolean isMax() {
    return (high & low) == -1;
  }

  @Override
  public boolean isMulticast() {
    return high >>> 56 == 0xff;
  }

  @Override
  public boolean isLoopback() {
    return high == 0 && low == 1;
  }

  @Override
  public boolean isLinkLocal() {
    return high >>> 54 == 0x3fa;
  }

  @Override
  public String sortKey() {
    StringBuilder out = new StringBuilder(33).append('6');
    Ascii.appendHex(out, high, 16);
    Ascii.appendHex(out, low, 16);
    return out.toString();
  }

  @Override
  public int compareTo(IpAddress other) {
    if (!(other instanceof Ipv6Address v6)) {
      return 1;
    }
    int byHigh = Long.compareUnsigned(high, v6.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, v6.low);
  }

  /**
   * The canonical text of RFC 5952. Addresses of ::/96 and ::ffff:0:0/96 end in a dotted quad, as
   * inet_ntop(3) writes them and section 5 recommends.
   */
  @Override
  public String toString() {
    return Ipv6Text.format(this);
  }
}
