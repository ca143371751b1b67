package org.midonet.packets;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IP prefix in canonical form: a network address without host bits, and a prefix length.
 * Immutable, safe to share. Prefixes order by network address, then the shorter (larger) prefix
 * first.
 *
 * @param network the first address; host bits given to the constructor are cleared
 * @param prefixLength from 0 to 32 or 128
 */
public record Cidr(IpAddress network, int prefixLength) implements Comparable<Cidr> {
  public static final Cidr IPV4_ALL = new Cidr(Ipv4Address.ANY, 0);
  public static final Cidr IPV6_ALL = new Cidr(Ipv6Address.ANY, 0);

  /**
   * @throws IllegalArgumentException if the prefix length is out of range
   */
  public Cidr {
    network = network.first(prefixLength);
  }

  /**
   * Reads {@code address/length}, {@code address/netmask}, {@code address/hostmask} or an address
   * alone, which is the prefix of its full length. Host bits are allowed and dropped; compare
   * {@link #toString} with the text to learn whether it was canonical.
   *
   * @throws IllegalArgumentException if the text is no prefix
   */
  public static Cidr parse(String text) {
    Cidr cidr = parseOrNull(text);
    if (cidr == null) {
      throw new IllegalArgumentException("'" + text + "' is not an IP prefix");
    }
    return cidr;
  }

  /** Like {@link #parse}, but empty where that throws. */
  public static Optional<Cidr> tryParse(String text) {
    return Optional.ofNullable(parseOrNull(text));
  }

  /** The prefix of one address. */
  public static Cidr of(IpAddress address) {
    return new Cidr(address, address.width());
  }

  private static @Nullable Cidr parseOrNull(String text) {
    int slash = text.indexOf('/');
    Optional<IpAddress> address = IpAddress.tryParse(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return null;
    }
    IpAddress network = address.get();
    if (slash < 0) {
      return of(network);
    }
    String mask = text.substring(slash + 1);
    int prefixLength = Ascii.parseUnsigned(mask, network.width());
    if (prefixLength < 0) {
      prefixLength =
          IpAddress.tryParse(mask).map(m -> prefixOfMask(m, network.version())).orElse(-1);
    }
    return prefixLength < 0 ? null : new Cidr(network, prefixLength);
  }

  /**
   * The length that a netmask such as 255.255.255.0 or a host mask such as 0.0.0.255 stands for, or
   * -1.
   */
  private static int prefixOfMask(IpAddress mask, int version) {
    if (mask.version() != version) {
      return -1;
    }
    BigInteger bits = mask.toBigInteger();
    int width = mask.width();
    if (bits.bitCount() + mask.trailingZeros() == width) {
      return width - mask.trailingZeros();
    }
    return bits.bitCount() == bits.bitLength() ? width - bits.bitLength() : -1;
  }

  public int version() {
    return network.version();
  }

  public IpAddress first() {
    return network;
  }

  public IpAddress last() {
    return network.last(prefixLength);
  }

  /** Every address, network and broadcast included. */
  public IpRange range() {
    return new IpRange(first(), last());
  }

  /** The number of addresses. */
  public BigInteger size() {
    return BigInteger.ONE.shiftLeft(network.width() - prefixLength);
  }

  /** The mask with the prefix's bits set, as 255.255.255.0. */
  public IpAddress netmask() {
    return network.version() == 4
        ? new Ipv4Address(-1).first(prefixLength)
        : new Ipv6Address(-1, -1).first(prefixLength);
  }

  /**
   * The addresses that hosts may have: not the network address (in IPv6 the subnet-router anycast
   * address), and in IPv4 not the broadcast address. Where that leaves fewer than two (/31, /32,
   * /127, /128; RFC 3021, RFC 6164) all are hosts.
   */
  public IpRange hosts() {
    int hostBits = network.width() - prefixLength;
    if (hostBits <= 1) {
      return range();
    }
    return new IpRange(network.plus(1), version() == 4 ? last().plus(-1) : last());
  }

  public boolean contains(IpAddress address) {
    return address.version() == version() && address.first(prefixLength).equals(network);
  }

  /** Whether every address of the other is in this; true of itself. */
  public boolean contains(Cidr other) {
    return other.prefixLength >= prefixLength && contains(other.network);
  }

  /** Whether the two share an address, that is, whether one contains the other. */
  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /** The prefix one bit shorter around this, or empty for /0. */
  public Optional<Cidr> supernet() {
    return prefixLength == 0 ? Optional.empty() : Optional.of(new Cidr(network, prefixLength - 1));
  }

  /**
   * The prefixes of a length that make up this one, in order, found as they are asked for.
   *
   * @throws IllegalArgumentException if the length is shorter than this prefix or too long
   */
  public Iterable<Cidr> subnets(int length) {
    Cidr first = firstSubnet(length);
    Cidr last = new Cidr(last(), length);
    return () -> subnets(first, last);
  }

  private static Iterator<Cidr> subnets(Cidr first, Cidr last) {
    return IpRange.walk(first, last, at -> new Cidr(at.last().plus(1), at.prefixLength));
  }

  /** The first of the {@link #subnets} of a length. */
  public Cidr firstSubnet(int length) {
    if (length < prefixLength) {
      throw new IllegalArgumentException("/" + length + " is not inside " + this);
    }
    return new Cidr(network, length);
  }

  /** The fewest prefixes that cover this one without the other, in order. */
  public List<Cidr> subtract(Cidr other) {
    if (other.contains(this)) {
      return List.of();
    }
    if (!contains(other)) {
      return List.of(this);
    }
    List<Cidr> left = new ArrayList<>();
    for (int length = prefixLength + 1; length <= other.prefixLength; length++) {
      left.add(new Cidr(other.network, length).sibling());
    }
    left.sort(null);
    return List.copyOf(left);
  }

  /** The other half of the prefix one bit shorter. */
  private Cidr sibling() {
    Cidr parent = new Cidr(network, prefixLength - 1);
    return parent.network.equals(network)
        ? new Cidr(parent.last(), prefixLength)
        : new Cidr(parent.network, prefixLength);
  }

  @Override
  public int compareTo(Cidr other) {
    int byNetwork = network.compareTo(other.network);
    return byNetwork != 0 ? byNetwork : Integer.compare(prefixLength, other.prefixLength);
  }

  /** As {@code 10.0.0.0/24}. */
  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }
}
