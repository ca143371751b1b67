package org.midonet.neutron.resource;

import static org.midonet.neutron.resource.PythonFormat.str;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;

/**
 * The forms in which security group rules are stored; see {@link Converters}. Stateless, safe to
 * share.
 */
public final class SecurityGroupConverters {
  /** In the order in which the message of a refusal lists them. */
  private static final String PROTOCOLS =
      "ah dccp egp esp gre hopopt icmp igmp ip ipip ipv6-encap ipv6-frag ipv6-icmp icmpv6 ipv6-nonxt ipv6-opts ipv6-route ospf"
          + " pgm rsvp sctp tcp udp udplite vrrp";

  private static final Set<String> PROTOCOL_NAMES = Set.of(PROTOCOLS.split(" "));
  private static final BigInteger MAX_PROTOCOL = BigInteger.valueOf(255);

  private SecurityGroupConverters() {}

  /**
   * A protocol name in lower case or a number from 0 to 255 as text; null, which is any protocol,
   * stays null.
   */
  public static @Nullable Object protocol(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    boolean numeric = value instanceof String || value instanceof Long;
    BigInteger number = numeric ? PythonValues.toInteger(value) : null;
    if (number != null && Converters.isWithin(number, MAX_PROTOCOL)) {
      return number.toString();
    }
    String name = str(value).toLowerCase(Locale.ROOT);
    if (PROTOCOL_NAMES.contains(name)) {
      return name;
    }
    throw new NeutronException(
        400,
        "SecurityGroupRuleInvalidProtocol",
        "Security group rule protocol "
            + str(value)
            + " not supported. Only protocol values [None, '"
            + PROTOCOLS.replace(" ", "', '")
            + "'] and integer representations [0 to 255] are supported.");
  }

  /** {@code IPv4} or {@code IPv6} from any case. */
  public static Object ethertype(@Nullable Object value) {
    return switch (str(value).toLowerCase(Locale.ROOT)) {
      case "ipv4" -> "IPv4";
      case "ipv6" -> "IPv6";
      default ->
          throw new NeutronException(
              400,
              "SecurityGroupRuleInvalidEtherType",
              "Security group rule for ethertype '"
                  + str(value)
                  + "' not supported. Allowed values are ['IPv4', 'IPv6'].");
    };
  }

  /** A port number from 0 to 65535 from itself or its text; null stays null. */
  public static @Nullable Object port(@Nullable Object value) {
    Long port = Converters.portOrNull(value);
    if (value != null && port == null) {
      throw new NeutronException(
          400, "SecurityGroupInvalidPortValue", "Invalid value for port " + str(value));
    }
    return port;
  }

  /**
   * A prefix as address, slash, length; null where the value is missing in some way. Host bits
   * stay.
   */
  public static @Nullable Object remoteIpPrefix(@Nullable Object value) {
    if (!PythonValues.isTrue(value)) {
      return null;
    }
    IpNetworkText network = value instanceof String s ? IpNetworkText.parse(s) : null;
    if (network == null) {
      throw new NeutronException(
          400, "InvalidCIDR", "Invalid CIDR " + str(value) + " given as IP prefix.");
    }
    return network.toString();
  }
}
