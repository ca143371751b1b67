package org.midonet.neutron.resource;

import static org.midonet.neutron.resource.PythonFormat.str;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * Rules for MAC addresses, IP addresses and prefixes; wording as in {@link Validators}. Stateless,
 * safe to share.
 */
public final class AddressValidators {
  private static final Cidr IPV4_LOOPBACK = Cidr.parse("127.0.0.0/8");

  private AddressValidators() {}

  /** A MAC address in any common notation, other than all zeros and broadcast. */
  public static @Nullable String macAddress(@Nullable Object value) {
    Optional<Mac> mac = value instanceof String s ? Mac.tryParse(s) : Optional.empty();
    return mac.isPresent() && !mac.get().equals(Mac.ZERO) && !mac.get().isBroadcast()
        ? null
        : "'" + str(value) + "' is not a valid MAC address";
  }

  /**
   * An IPv6 address in any form, or a dotted quad without leading zeros, which some would read as
   * octal.
   */
  public static @Nullable String ipAddress(@Nullable Object value) {
    if (value instanceof String s && !PythonValues.hasSpace(s)) {
      if (IpAddress.tryParse(s).isPresent()) {
        return null;
      }
      Ipv4Address meant = looseQuad(s);
      if (meant != null) {
        return "'" + s + "' is not an accepted IP address, '" + meant + "' is recommended";
      }
    }
    return "'" + str(value) + "' is not a valid IP address";
  }

  /** A quad whose octets are integers in some other notation, such as one with leading zeros. */
  private static @Nullable Ipv4Address looseQuad(String text) {
    String[] octets = text.split("\\.", -1);
    if (octets.length != 4) {
      return null;
    }
    int bits = 0;
    for (String text8 : octets) {
      BigInteger octet = PythonValues.toInteger(text8);
      if (octet == null || octet.signum() < 0 || octet.bitLength() > 8) {
        return null;
      }
      bits = bits << 8 | octet.intValue();
    }
    return new Ipv4Address(bits);
  }

  /**
   * A prefix in full notation. Host bits are allowed here: a subnet's cidr loses them when it is
   * stored.
   */
  public static @Nullable String subnet(@Nullable Object value) {
    if (value instanceof String s && !PythonValues.hasSpace(s)) {
      IpNetworkText network = IpNetworkText.parse(s);
      if (network != null) {
        boolean full =
            s.indexOf('/') >= 0
                && (network.address().version() == 6 || network.toString().equals(s));
        return full
            ? null
            : "'"
                + s
                + "' isn't a recognized IP subnet cidr, '"
                + network.cidr()
                + "' is recommended";
      }
    }
    return "'" + str(value) + "' is not a valid IP subnet";
  }

  /** A prefix without host bits, outside 127.0.0.0/8: the destination of a route. */
  public static @Nullable String routeCidr(@Nullable Object value) {
    if (value instanceof String s && !PythonValues.hasSpace(s)) {
      IpNetworkText network = IpNetworkText.parse(s);
      if (network != null) {
        if (s.indexOf('/') < 0 || network.hasHostBits()) {
          return "'" + s + "' is not a recognized CIDR, '" + network.cidr() + "' is recommended";
        }
        return IPV4_LOOPBACK.contains(network.cidr()) ? "'" + s + "' is not a routable CIDR" : null;
      }
    }
    return "'" + str(value) + "' is not a valid CIDR";
  }

  /** Null, an address or a prefix. */
  public static @Nullable String ipOrSubnetOrNone(@Nullable Object value) {
    return value == null || ipAddress(value) == null || subnet(value) == null
        ? null
        : "'" + str(value) + "' is neither a valid IP address, nor is it a valid IP subnet";
  }
}
