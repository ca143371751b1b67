package org.midonet.cluster.neutron;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpProtocol;

/** Names of the IP protocols that rules of security groups may name. Stateless. */
final class RuleProtocols {
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("tcp", 6),
          Map.entry("udp", 17),
          Map.entry("icmp", 1),
          Map.entry("icmpv6", 58),
          Map.entry("ah", 51),
          Map.entry("dccp", 33),
          Map.entry("egp", 8),
          Map.entry("esp", 50),
          Map.entry("gre", 47),
          Map.entry("igmp", 2),
          Map.entry("ipv6_encap", 41),
          Map.entry("ipv6_frag", 44),
          Map.entry("ipv6_nonxt", 59),
          Map.entry("ipv6_opts", 60),
          Map.entry("ipv6_route", 43),
          Map.entry("ospf", 89),
          Map.entry("pgm", 113),
          Map.entry("rsvp", 46),
          Map.entry("sctp", 132),
          Map.entry("udplite", 136),
          Map.entry("vrrp", 112));

  private static final int ANY = 0;

  private static final Map<Integer, String> NAMES = new HashMap<>();

  static {
    NUMBERS.forEach((name, number) -> NAMES.put(number, name));
  }

  private RuleProtocols() {}

  /**
   * The number of a protocol given by name or number. The REST API takes the protocols that MidoNet
   * names; by a task any number comes in, for Neutron has already let its user choose it. There 0
   * is any protocol, as {@code ip} is.
   */
  static @Nullable Integer read(Fields in, String field) {
    String text = in.text(field);
    if (text == null || text.isEmpty()) {
      return null;
    }
    Integer number = NUMBERS.get(text.toLowerCase(Locale.ROOT).replace('-', '_'));
    if (number == null) {
      number = IpProtocol.tryParse(text).map(IpProtocol::number).orElse(null);
      if (number != null && in.dialect() == Dialect.REST && !NAMES.containsKey(number)) {
        number = null;
      }
    }
    if (number == null) {
      throw MalformedException.of(field, "a protocol that MidoNet knows", text);
    }
    return number == ANY ? null : number;
  }

  /** As the REST API shows it. */
  static @Nullable String write(@Nullable Integer number) {
    return number == null ? null : NAMES.getOrDefault(number, number.toString());
  }
}
