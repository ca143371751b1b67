package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.frame.Octets;
import org.midonet.topology.DhcpOption;

/**
 * DHCP options by number and by the names that users give them (RFC 2132, dnsmasq). Stateless.
 *
 * <p>An extra option that has an unknown name or a value that is none of its kind is left out, as
 * one machine's mistake is no reason to leave it without an address.
 */
final class DhcpOptions {
  static final int MASK = 1;
  static final int ROUTER = 3;
  static final int DNS = 6;
  static final int HOST_NAME = 12;
  static final int DOMAIN = 15;
  static final int MTU = 26;
  static final int BROADCAST = 28;
  static final int LEASE_TIME = 51;
  static final int SERVER = 54;
  static final int ROUTES = 121;

  private enum Form {
    ADDRESSES,
    TEXT,
    FLAG,
    U8,
    U16,
    U32,
    ROUTES
  }

  private record Kind(int code, Form form) {}

  private static final Map<String, Kind> NAMES =
      Map.ofEntries(
          kind("netmask", MASK, Form.ADDRESSES),
          kind("subnet-mask", MASK, Form.ADDRESSES),
          kind("time-offset", 2, Form.U32),
          kind("router", ROUTER, Form.ADDRESSES),
          kind("time-server", 4, Form.ADDRESSES),
          kind("dns-server", DNS, Form.ADDRESSES),
          kind("domain-name-servers", DNS, Form.ADDRESSES),
          kind("log-server", 7, Form.ADDRESSES),
          kind("lpr-server", 9, Form.ADDRESSES),
          kind("hostname", HOST_NAME, Form.TEXT),
          kind("host-name", HOST_NAME, Form.TEXT),
          kind("boot-file-size", 13, Form.U16),
          kind("domain-name", DOMAIN, Form.TEXT),
          kind("swap-server", 16, Form.ADDRESSES),
          kind("root-path", 17, Form.TEXT),
          kind("extension-path", 18, Form.TEXT),
          kind("ip-forward-enable", 19, Form.FLAG),
          kind("non-local-source-routing", 20, Form.FLAG),
          kind("policy-filter", 21, Form.ADDRESSES),
          kind("max-datagram-reassembly", 22, Form.U16),
          kind("default-ttl", 23, Form.U8),
          kind("mtu", MTU, Form.U16),
          kind("interface-mtu", MTU, Form.U16),
          kind("all-subnets-local", 27, Form.FLAG),
          kind("broadcast", BROADCAST, Form.ADDRESSES),
          kind("router-discovery", 31, Form.FLAG),
          kind("router-solicitation", 32, Form.ADDRESSES),
          kind("static-route", 33, Form.ADDRESSES),
          kind("trailer-encapsulation", 34, Form.FLAG),
          kind("arp-timeout", 35, Form.U32),
          kind("ethernet-encap", 36, Form.FLAG),
          kind("tcp-ttl", 37, Form.U8),
          kind("tcp-keepalive", 38, Form.U32),
          kind("nis-domain", 40, Form.TEXT),
          kind("nis-server", 41, Form.ADDRESSES),
          kind("ntp-server", 42, Form.ADDRESSES),
          kind("ntp-servers", 42, Form.ADDRESSES),
          kind("netbios-ns", 44, Form.ADDRESSES),
          kind("netbios-dd", 45, Form.ADDRESSES),
          kind("netbios-nodetype", 46, Form.U8),
          kind("netbios-scope", 47, Form.TEXT),
          kind("x-windows-fs", 48, Form.ADDRESSES),
          kind("x-windows-dm", 49, Form.ADDRESSES),
          kind("lease-time", LEASE_TIME, Form.U32),
          kind("T1", 58, Form.U32),
          kind("T2", 59, Form.U32),
          kind("vendor-class", 60, Form.TEXT),
          kind("nis+-domain", 64, Form.TEXT),
          kind("nis+-server", 65, Form.ADDRESSES),
          kind("tftp-server", 66, Form.TEXT),
          kind("tftp-server-name", 66, Form.TEXT),
          kind("bootfile-name", 67, Form.TEXT),
          kind("mobile-ip-home", 68, Form.ADDRESSES),
          kind("smtp-server", 69, Form.ADDRESSES),
          kind("pop3-server", 70, Form.ADDRESSES),
          kind("nntp-server", 71, Form.ADDRESSES),
          kind("irc-server", 74, Form.ADDRESSES),
          kind("user-class", 77, Form.TEXT),
          kind("client-arch", 93, Form.U16),
          kind("server-ip-address", 150, Form.ADDRESSES),
          kind("tftp-server-address", 150, Form.ADDRESSES),
          kind("domain-search", 119, Form.TEXT),
          kind("classless-static-route", ROUTES, Form.ROUTES));

  private DhcpOptions() {}

  private static Map.Entry<String, Kind> kind(String name, int code, Form form) {
    return Map.entry(name, new Kind(code, form));
  }

  static Octets u8(int value) {
    return Octets.wrap(new byte[] {(byte) value});
  }

  static Octets u16(int value) {
    return Octets.wrap(new byte[] {(byte) (value >>> 8), (byte) value});
  }

  static Octets u32(int value) {
    return Octets.wrap(new Ipv4Address(value).toBytes());
  }

  static Octets addresses(List<? extends IpAddress> addresses) {
    List<byte[]> parts =
        addresses.stream().filter(it -> it.version() == 4).map(IpAddress::toBytes).toList();
    byte[] out = new byte[4 * parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, out, 4 * i, 4);
    }
    return Octets.wrap(out);
  }

  /** Adds an extra option, in place of one of the same code. */
  static void add(Map<Integer, Octets> options, DhcpOption option) {
    Kind kind = find(option.name());
    Octets value = kind == null ? null : encode(kind.form, option.value().strip());
    if (kind != null && value != null) {
      options.put(kind.code, value);
    }
  }

  private static @Nullable Kind find(String name) {
    Kind named = NAMES.get(name);
    if (named == null) {
      named = NAMES.get(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    if (named != null) {
      return named;
    }
    int code = number(name, 254);
    for (Kind kind : NAMES.values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    return code > 0 ? new Kind(code, Form.TEXT) : null;
  }

  private static @Nullable Octets encode(Form form, String text) {
    return switch (form) {
      case TEXT -> text.isEmpty() ? null : Octets.ascii(text);
      case FLAG ->
          switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "on", "yes" -> u8(1);
            case "0", "false", "off", "no" -> u8(0);
            default -> null;
          };
      case U8 -> number(text, 0xff) < 0 ? null : u8(number(text, 0xff));
      case U16 -> number(text, 0xffff) < 0 ? null : u16(number(text, 0xffff));
      case U32 -> number(text, Integer.MAX_VALUE) < 0 ? null : u32(number(text, Integer.MAX_VALUE));
      case ADDRESSES -> parse(text);
      case ROUTES -> null;
    };
  }

  private static @Nullable Octets parse(String text) {
    List<IpAddress> addresses = new ArrayList<>();
    for (String part : text.split("[,\\s]+", -1)) {
      Optional<Ipv4Address> address = Ipv4Address.tryParse(part);
      if (address.isEmpty()) {
        return null;
      }
      addresses.add(address.get());
    }
    return addresses(addresses);
  }

  private static int number(String text, int max) {
    if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    long value = Long.parseLong(text);
    return value > max ? -1 : (int) value;
  }
}
