package org.midonet.packets;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An IP protocol number, as in the IPv4 Protocol and the IPv6 Next Header field, with the names
 * that security group rules use. Immutable, safe to share.
 *
 * @param number from 0 to 255 (IANA, Assigned Internet Protocol Numbers)
 */
public record IpProtocol(int number) {
  public static final IpProtocol ICMP = new IpProtocol(1);
  public static final IpProtocol TCP = new IpProtocol(6);
  public static final IpProtocol UDP = new IpProtocol(17);
  public static final IpProtocol ICMPV6 = new IpProtocol(58);
  public static final IpProtocol DCCP = new IpProtocol(33);
  public static final IpProtocol SCTP = new IpProtocol(132);
  public static final IpProtocol UDPLITE = new IpProtocol(136);

  private static final Map<String, IpProtocol> BY_NAME = new HashMap<>();
  private static final Map<IpProtocol, String> NAMES = new HashMap<>();

  static {
    name(51, "ah");
    name(33, "dccp");
    name(8, "egp");
    name(50, "esp");
    name(47, "gre");
    // Two names for 0: the IPv6 Hop-by-Hop option and, in security group rules, any IP protocol.
    // The last one given is the name.
    name(0, "hopopt");
    name(1, "icmp");
    name(2, "igmp");
    name(0, "ip");
    name(4, "ipip");
    name(41, "ipv6-encap");
    name(44, "ipv6-frag");
    name(58, "icmpv6");
    name(58, "ipv6-icmp");
    name(59, "ipv6-nonxt");
    name(60, "ipv6-opts");
    name(43, "ipv6-route");
    name(89, "ospf");
    name(113, "pgm");
    name(46, "rsvp");
    name(132, "sctp");
    name(6, "tcp");
    name(17, "udp");
    name(136, "udplite");
    name(112, "vrrp");
  }

  /**
   * @throws IllegalArgumentException if the number is not from 0 to 255
   */
  public IpProtocol {
    if (number < 0 || number > 255) {
      throw new IllegalArgumentException(number + " is not an IP protocol number");
    }
  }

  private static void name(int number, String name) {
    IpProtocol protocol = new IpProtocol(number);
    BY_NAME.put(name, protocol);
    NAMES.put(protocol, name);
  }

  /**
   * The protocol of a lower-case name such as {@code tcp}, {@code ipv6-icmp} or its older form
   * {@code icmpv6}.
   */
  public static Optional<IpProtocol> ofName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The protocol of a name in any case, or of a decimal number; empty for other text. */
  public static Optional<IpProtocol> tryParse(String text) {
    IpProtocol named = BY_NAME.get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return Optional.of(named);
    }
    int number = Ascii.parseUnsigned(text, 255);
    return number < 0 ? Optional.empty() : Optional.of(new IpProtocol(number));
  }

  /** Every known name, aliases included, with its protocol. */
  public static Map<String, IpProtocol> names() {
    return Map.copyOf(BY_NAME);
  }

  /**
   * The name, as {@code tcp}; empty where the number has none. Of aliases the present one: {@code
   * ipv6-icmp}, {@code ip}.
   */
  public Optional<String> name() {
    return Optional.ofNullable(NAMES.get(this));
  }

  /** Whether packets of the protocol carry port numbers that security group rules may match. */
  public boolean hasPorts() {
    return this.equals(TCP)
        || this.equals(UDP)
        || this.equals(SCTP)
        || this.equals(DCCP)
        || this.equals(UDPLITE);
  }

  /** The name if there is one, else the number. */
  @Override
  public String toString() {
    String name = NAMES.get(this);
    return name != null ? name : Integer.toString(number);
  }
}
