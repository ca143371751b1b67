package org.midonet.agent.sim;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  /** No option: the server to boot from, in the message itself; as dnsmasq numbers it. */
  static final int NEXT_SERVER = 255;

  /** What the protocol itself says by, which nobody may say otherwise. */
  private static final Set<Integer> RESERVED = Set.of(0, 50, 52, 53, 54, 55, 57, 61, 82);

  private record Kind(int code, DhcpValue form) {}

  private static final Map<String, Kind> NAMES =
      Map.ofEntries(
          kind("netmask", MASK, DhcpValue.ADDRESSES),
          kind("subnet-mask", MASK, DhcpValue.ADDRESSES),
          kind("time-offset", 2, DhcpValue.I32),
          kind("router", ROUTER, DhcpValue.ADDRESSES),
          kind("time-server", 4, DhcpValue.ADDRESSES),
          kind("dns-server", DNS, DhcpValue.ADDRESSES),
          kind("domain-name-servers", DNS, DhcpValue.ADDRESSES),
          kind("log-server", 7, DhcpValue.ADDRESSES),
          kind("lpr-server", 9, DhcpValue.ADDRESSES),
          kind("hostname", HOST_NAME, DhcpValue.TEXT),
          kind("host-name", HOST_NAME, DhcpValue.TEXT),
          kind("boot-file-size", 13, DhcpValue.U16),
          kind("domain-name", DOMAIN, DhcpValue.TEXT),
          kind("swap-server", 16, DhcpValue.ADDRESSES),
          kind("root-path", 17, DhcpValue.TEXT),
          kind("extension-path", 18, DhcpValue.TEXT),
          kind("ip-forward-enable", 19, DhcpValue.FLAG),
          kind("non-local-source-routing", 20, DhcpValue.FLAG),
          kind("policy-filter", 21, DhcpValue.PAIRS),
          kind("max-datagram-reassembly", 22, DhcpValue.U16),
          kind("default-ttl", 23, DhcpValue.U8),
          kind("mtu", MTU, DhcpValue.U16),
          kind("interface-mtu", MTU, DhcpValue.U16),
          kind("all-subnets-local", 27, DhcpValue.FLAG),
          kind("broadcast", BROADCAST, DhcpValue.ADDRESSES),
          kind("router-discovery", 31, DhcpValue.FLAG),
          kind("router-solicitation", 32, DhcpValue.ADDRESSES),
          kind("static-route", 33, DhcpValue.PAIRS),
          kind("trailer-encapsulation", 34, DhcpValue.FLAG),
          kind("arp-timeout", 35, DhcpValue.U32),
          kind("ethernet-encap", 36, DhcpValue.FLAG),
          kind("tcp-ttl", 37, DhcpValue.U8),
          kind("tcp-keepalive", 38, DhcpValue.U32),
          kind("nis-domain", 40, DhcpValue.TEXT),
          kind("nis-server", 41, DhcpValue.ADDRESSES),
          kind("ntp-server", 42, DhcpValue.ADDRESSES),
          kind("ntp-servers", 42, DhcpValue.ADDRESSES),
          kind("vendor-encap", 43, DhcpValue.ANY),
          kind("netbios-ns", 44, DhcpValue.ADDRESSES),
          kind("netbios-dd", 45, DhcpValue.ADDRESSES),
          kind("netbios-nodetype", 46, DhcpValue.U8),
          kind("netbios-scope", 47, DhcpValue.ANY),
          kind("x-windows-fs", 48, DhcpValue.ADDRESSES),
          kind("x-windows-dm", 49, DhcpValue.ADDRESSES),
          kind("lease-time", LEASE_TIME, DhcpValue.TIME),
          kind("t1", 58, DhcpValue.TIME),
          kind("t2", 59, DhcpValue.TIME),
          kind("vendor-class", 60, DhcpValue.ANY),
          kind("nis+-domain", 64, DhcpValue.TEXT),
          kind("nis+-server", 65, DhcpValue.ADDRESSES),
          kind("tftp-server", 66, DhcpValue.TEXT),
          kind("tftp-server-name", 66, DhcpValue.TEXT),
          kind("bootfile-name", 67, DhcpValue.TEXT),
          kind("mobile-ip-home", 68, DhcpValue.ADDRESSES),
          kind("smtp-server", 69, DhcpValue.ADDRESSES),
          kind("pop3-server", 70, DhcpValue.ADDRESSES),
          kind("nntp-server", 71, DhcpValue.ADDRESSES),
          kind("irc-server", 74, DhcpValue.ADDRESSES),
          kind("user-class", 77, DhcpValue.ANY),
          kind("client-arch", 93, DhcpValue.U16),
          kind("rapid-commit", 80, DhcpValue.ANY),
          kind("associated-ip", 92, DhcpValue.ADDRESSES),
          kind("client-interface-id", 94, DhcpValue.ANY),
          kind("client-machine-id", 97, DhcpValue.ANY),
          kind("posix-timezone", 100, DhcpValue.TEXT),
          kind("tzdb-timezone", 101, DhcpValue.TEXT),
          kind("ipv6-only", 108, DhcpValue.U32),
          kind("sip-server", 120, DhcpValue.SIP_SERVERS),
          kind("vendor-id-encap", 125, DhcpValue.ANY),
          kind("tftp-server-address", 150, DhcpValue.ADDRESSES),
          kind("domain-search", 119, DhcpValue.NAMES),
          kind("classless-static-route", ROUTES, DhcpValue.ROUTES),
          kind("microsoft-classless-static-route", 249, DhcpValue.ROUTES),
          kind("wpad", 252, DhcpValue.TEXT),
          kind("server-ip-address", NEXT_SERVER, DhcpValue.ADDRESS));

  private DhcpOptions() {}

  private static Map.Entry<String, Kind> kind(String name, int code, DhcpValue form) {
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
    Kind kind = find(option.name().strip());
    Octets value = kind == null ? null : kind.form.encode(option.value().strip());
    if (kind != null && value != null) {
      options.put(kind.code, value);
    }
  }

  private static @Nullable Kind find(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    if (plain.startsWith("option:")) {
      plain = plain.substring("option:".length());
    }
    Kind named = NAMES.get(plain);
    if (named != null) {
      return named;
    }
    int code = DhcpValue.number(plain, NEXT_SERVER);
    if (code < 0 || RESERVED.contains(code)) {
      return null;
    }
    for (Kind kind : NAMES.values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    return new Kind(code, DhcpValue.ANY);
  }
}
