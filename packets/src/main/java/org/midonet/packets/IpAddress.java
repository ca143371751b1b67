package org.midonet.packets;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address, ordered by version and then as an unsigned number. Immutable, safe to
 * share.
 *
 * <p>Addresses of the two versions never mix: an operation that combines two addresses refuses a
 * pair of different versions with {@link IllegalArgumentException}, and arithmetic that leaves the
 * address space ends in {@link ArithmeticException}.
 */
public sealed interface IpAddress extends Comparable<IpAddress> permits Ipv4Address, Ipv6Address {

  /**
   * Reads a dotted quad or an IPv6 address by the strict rules of inet_pton(3): four decimal octets
   * without leading zeros, no partial addresses, no zone, no prefix length, no surrounding space.
   *
   * @throws IllegalArgumentException if the text is no address
   */
  static IpAddress parse(String text) {
    IpAddress address = parseOrNull(text);
    if (address == null) {
      throw new IllegalArgumentException("'" + text + "' is not an IP address");
    }
    return address;
  }

  /** Like {@link #parse}, but empty where that throws. */
  static Optional<IpAddress> tryParse(String text) {
    return Optional.ofNullable(parseOrNull(text));
  }

  /** The address of a version, 4 or 6, with the given unsigned value. */
  static IpAddress of(int version, BigInteger value) {
    return switch (version) {
      case 4 -> Ipv4Address.of(value);
      case 6 -> Ipv6Address.of(value);
      default -> throw new IllegalArgumentException("no IP version " + version);
    };
  }

  /** The address of its octets in network order: 4 or 16 of them. */
  static IpAddress ofBytes(byte[] octets) {
    return switch (octets.length) {
      case 4 -> Ipv4Address.of(new BigInteger(1, octets));
      case 16 -> Ipv6Address.of(new BigInteger(1, octets));
      default -> throw new IllegalArgumentException(octets.length + " octets are no IP address");
    };
  }

  /**
   * The inverse of {@link #sortKey}.
   *
   * @throws IllegalArgumentException if the key is none
   */
  static IpAddress ofSortKey(String key) {
    boolean v4 = key.length() == 9 && key.charAt(0) == '4';
    boolean v6 = key.length() == 33 && key.charAt(0) == '6';
    if (!v4 && !v6) {
      throw new IllegalArgumentException("'" + key + "' is not the sort key of an address");
    }
    return of(v4 ? 4 : 6, new BigInteger(key.substring(1), 16));
  }

  private static @Nullable IpAddress parseOrNull(String text) {
    return text.indexOf(':') < 0 ? Ipv4Address.parseOrNull(text, 0) : Ipv6Address.parseOrNull(text);
  }

  /** 4 or 6. */
  int version();

  /** 32 or 128. */
  default int width() {
    return version() == 4 ? 32 : 128;
  }

  /** The address as an unsigned number. */
  BigInteger toBigInteger();

  /** The octets in network order. */
  byte[] toBytes();

  /**
   * The address {@code offset} further on; a negative offset goes back.
   *
   * @throws ArithmeticException beyond either end of the address space
   */
  IpAddress plus(long offset);

  /** Like {@link #plus(long)} for offsets of any size. */
  default IpAddress plus(BigInteger offset) {
    BigInteger sum = toBigInteger().add(offset);
    if (sum.signum() < 0 || sum.bitLength() > width()) {
      throw new ArithmeticException(this + " plus " + offset + " is outside the address space");
    }
    return of(version(), sum);
  }

  /** How far {@code other} lies before this address; negative when it lies after. */
  default BigInteger minus(IpAddress other) {
    requireVersion(other);
    return toBigInteger().subtract(other.toBigInteger());
  }

  /** The first address of the prefix of this length around this address: host bits cleared. */
  IpAddress first(int prefixLength);

  /** The last address of the prefix of this length around this address: host bits set. */
  IpAddress last(int prefixLength);

  /** The number of zero bits at the low end, {@link #width} for the all-zero address. */
  int trailingZeros();

  /** Whether this is the lowest address, 0.0.0.0 or ::. */
  default boolean isUnspecified() {
    return trailingZeros() == width();
  }

  /** Whether this is the highest address of its version. */
  boolean isMax();

  boolean isMulticast();

  boolean isLoopback();

  /** Whether the address is in 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291). */
  boolean isLinkLocal();

  /**
   * Hexadecimal text of one width per version, led by the version digit. Keys compare as strings
   * the way {@link #compareTo} compares addresses, so a database can order and range-scan
   * addresses.
   */
  String sortKey();

  @Override
  int compareTo(IpAddress other);

  /**
   * Refuses an address of the other version.
   *
   * @throws IllegalArgumentException if the versions differ
   */
  default void requireVersion(IpAddress other) {
    if (version() != other.version()) {
      throw new IllegalArgumentException(this + " and " + other + " are of different IP versions");
    }
  }
}
