package org.midonet.agent.inspect;

import java.util.Locale;
import org.midonet.agent.flow.FlowKey;
import org.midonet.packets.IpAddress;

/** Packets, figures and times in few words. Stateless. */
final class Wording {
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;
  private static final String[] UNITS = {"", "k", "M", "G", "T"};

  private Wording() {}

  /** Which packets have a key: {@code tcp 10.0.0.1:3000 > 10.0.0.2:80}. */
  static String packets(FlowKey key) {
    IpAddress from = key.ipSource();
    IpAddress to = key.ipDestination();
    String vlan = key.vlan() == 0 ? "" : "VLAN " + key.vlanId() + " ";
    if (from == null || to == null) {
      return "%s%s %s > %s"
          .formatted(vlan, etherType(key.etherType()), key.source(), key.destination());
    }
    if (key.protocol() == ICMP || key.protocol() == ICMPV6) {
      return "%s%s type %d %s > %s"
          .formatted(vlan, protocol(key.protocol()), key.sourcePort() >> 8, from, to);
    }
    return "%s%s %s > %s"
        .formatted(
            vlan,
            protocol(key.protocol()),
            endpoint(from, key.sourcePort()),
            endpoint(to, key.destinationPort()));
  }

  static String protocol(int number) {
    return switch (number) {
      case ICMP -> "icmp";
      case 6 -> "tcp";
      case 17 -> "udp";
      case ICMPV6 -> "icmpv6";
      case 132 -> "sctp";
      default -> "ip protocol " + number;
    };
  }

  static String etherType(int type) {
    return switch (type) {
      case 0x0806 -> "arp";
      default -> "ethernet type 0x%04x".formatted(type);
    };
  }

  /** An address with its port, if it has one; that of IPv6 in brackets then (RFC 5952). */
  static String endpoint(IpAddress address, int port) {
    if (port == 0) {
      return address.toString();
    }
    return address.version() == 6 ? "[" + address + "]:" + port : address + ":" + port;
  }

  /** A figure of at most five characters, such as 950, 1.2k or 34M. */
  static String brief(double figure) {
    double left = figure;
    int unit = 0;
    while (left >= 999.5 && unit < UNITS.length - 1) {
      left /= 1000;
      unit++;
    }
    String format = unit == 0 || left >= 99.5 ? "%.0f%s" : left >= 9.95 ? "%.1f%s" : "%.2f%s";
    return String.format(Locale.ROOT, format, left, UNITS[unit]);
  }

  static String seconds(long nanos) {
    double seconds = nanos / 1e9;
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }

  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "~";
  }
}
