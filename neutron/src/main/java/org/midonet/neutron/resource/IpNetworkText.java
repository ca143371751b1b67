package org.midonet.neutron.resource;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;

/**
 * An address with a prefix length, host bits kept, as API users write networks. Immutable, safe to
 * share.
 *
 * <p>Reading is as generous as Neutron's: the length may be a netmask or a host mask or left out,
 * and trailing octets of an IPv4 address may be missing ({@code 10/8}).
 */
record IpNetworkText(IpAddress address, int prefixLength) {

  static @Nullable IpNetworkText parse(String text) {
    int slash = text.indexOf('/');
    String addressText = slash < 0 ? text : text.substring(0, slash);
    Optional<IpAddress> address = IpAddress.tryParse(addressText).or(() -> partial(addressText));
    if (address.isEmpty()) {
      return null;
    }
    IpAddress ip = address.get();
    if (slash < 0) {
      return new IpNetworkText(ip, ip.width());
    }
    String mask = text.substring(slash + 1);
    BigInteger length = PythonValues.toInteger(mask);
    if (length != null) {
      boolean fits = length.signum() >= 0 && length.compareTo(BigInteger.valueOf(ip.width())) <= 0;
      return fits ? new IpNetworkText(ip, length.intValue()) : null;
    }
    return Cidr.tryParse(ip + "/" + mask)
        .map(cidr -> new IpNetworkText(ip, cidr.prefixLength()))
        .orElse(null);
  }

  /** One to four octets in any notation of an integer, missing ones taken as zero. */
  private static Optional<IpAddress> partial(String text) {
    String[] octets = text.split("\\.", -1);
    if (octets.length > 4) {
      return Optional.empty();
    }
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      BigInteger octet = i < octets.length ? PythonValues.toInteger(octets[i]) : BigInteger.ZERO;
      if (octet == null || octet.signum() < 0 || octet.bitLength() > 8) {
        return Optional.empty();
      }
      bits = bits << 8 | octet.intValue();
    }
    return Optional.of(new Ipv4Address(bits));
  }

  Cidr cidr() {
    return new Cidr(address, prefixLength);
  }

  boolean hasHostBits() {
    return !cidr().network().equals(address);
  }

  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
