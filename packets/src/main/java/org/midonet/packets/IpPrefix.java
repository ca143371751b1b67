package org.midonet.packets;

import java.util.Optional;

/**
 * An address with a prefix length, host bits kept as they were given: {@code 10.0.0.1/24} is an
 * interface address, or a route written by one. Immutable, safe to share.
 *
 * @param prefixLength from 0 to the width of the address
 */
public record IpPrefix(IpAddress address, int prefixLength) {
  public static final IpPrefix IPV4_ALL = new IpPrefix(Ipv4Address.ANY, 0);
  public static final IpPrefix IPV6_ALL = new IpPrefix(Ipv6Address.ANY, 0);

  /**
   * @throws IllegalArgumentException if the prefix length is out of range
   */
  public IpPrefix {
    if (prefixLength < 0 || prefixLength > address.width()) {
      throw new IllegalArgumentException(
          "a prefix length of "
              + address
              + " is from 0 to "
              + address.width()
              + ", not "
              + prefixLength);
    }
  }

  /** The prefix that holds one address alone. */
  public static IpPrefix of(IpAddress address) {
    return new IpPrefix(address, address.width());
  }

  public static IpPrefix of(Cidr cidr) {
    return new IpPrefix(cidr.network(), cidr.prefixLength());
  }

  /**
   * Reads {@code address/length}; an address alone is the prefix of its full length.
   *
   * @throws IllegalArgumentException if the text is no prefix
   */
  public static IpPrefix parse(String text) {
    return tryParse(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not an IP prefix"));
  }

  /** Like {@link #parse}, but empty where that throws. */
  public static Optional<IpPrefix> tryParse(String text) {
    int slash = text.indexOf('/');
    Optional<IpAddress> address = IpAddress.tryParse(slash < 0 ? text : text.substring(0, slash));
    return Cidr.tryParse(text)
        .flatMap(cidr -> address.map(ip -> new IpPrefix(ip, cidr.prefixLength())));
  }

  /** The network, without host bits. */
  public Cidr cidr() {
    return new Cidr(address, prefixLength);
  }

  /** Whether an address of the same version lies in the network; false for the other version. */
  public boolean contains(IpAddress other) {
    return cidr().contains(other);
  }

  /** {@code address/length}. */
  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
