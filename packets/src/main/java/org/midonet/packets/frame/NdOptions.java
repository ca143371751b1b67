package org.midonet.packets.frame;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/** The options of neighbour discovery (RFC 4861 section 4.6, RFC 8106). Stateless. */
final class NdOptions {
  private static final int PREFIX = 3;
  private static final int MTU = 5;
  private static final int DNS = 25;
  private static final int DNS_LIFETIME = 86400;

  private NdOptions() {}

  /** An option with its two leading octets. */
  private static List<Octets> all(Octets body, int from, int type) {
    List<Octets> options = new ArrayList<>();
    int at = from;
    while (body.has(at, 8)) {
      int length = body.u8(at + 1) * 8;
      if (length == 0 || !body.has(at, length)) {
        break;
      }
      if (body.u8(at) == type) {
        options.add(body.slice(at, at + length));
      }
      at += length;
    }
    return options;
  }

  /** The link-layer address in the first option of a type. */
  static @Nullable Mac mac(Octets body, int from, int type) {
    List<Octets> options = all(body, from, type);
    return options.isEmpty() ? null : options.getFirst().mac(2);
  }

  static int mtu(Octets body, int from) {
    List<Octets> options = all(body, from, MTU);
    return options.isEmpty() ? 0 : options.getFirst().i32(4);
  }

  static List<NeighbourMessage.Prefix> prefixes(Octets body, int from) {
    List<NeighbourMessage.Prefix> prefixes = new ArrayList<>();
    for (Octets option : all(body, from, PREFIX)) {
      if (option.has(0, 32) && option.u8(2) <= 128) {
        prefixes.add(
            new NeighbourMessage.Prefix(
                new Cidr(option.ipv6(16), option.u8(2)),
                (option.u8(3) & 0x40) != 0,
                option.i32(4),
                option.i32(8)));
      }
    }
    return prefixes;
  }

  static List<Ipv6Address> dnsServers(Octets body, int from) {
    List<Ipv6Address> servers = new ArrayList<>();
    for (Octets option : all(body, from, DNS)) {
      for (int at = 8; option.has(at, 16); at += 16) {
        servers.add(option.ipv6(at));
      }
    }
    return servers;
  }

  /** A target, and an option with a link-layer address. */
  static Octets write(@Nullable Ipv6Address target, int type, @Nullable Mac mac) {
    int at = target == null ? 0 : 16;
    byte[] out = new byte[at + (mac == null ? 0 : 8)];
    if (target != null) {
      Wire.address(out, 0, target);
    }
    if (mac != null) {
      mac(out, at, type, mac);
    }
    return Octets.wrap(out);
  }

  private static void mac(byte[] out, int at, int type, Mac mac) {
    Wire.u8(out, at, type);
    Wire.u8(out, at + 1, 1);
    Wire.mac(out, at + 2, mac);
  }

  static Octets write(NeighbourMessage.RouterAdvertisement it) {
    int dns = it.dnsServers().isEmpty() ? 0 : 8 + 16 * it.dnsServers().size();
    byte[] out = new byte[8 + 8 + (it.mtu() > 0 ? 8 : 0) + 32 * it.prefixes().size() + dns];
    int at = 8;
    mac(out, at, 1, it.source());
    at += 8;
    if (it.mtu() > 0) {
      Wire.u8(out, at, MTU);
      Wire.u8(out, at + 1, 1);
      Wire.i32(out, at + 4, it.mtu());
      at += 8;
    }
    for (NeighbourMessage.Prefix prefix : it.prefixes()) {
      Wire.u8(out, at, PREFIX);
      Wire.u8(out, at + 1, 4);
      Wire.u8(out, at + 2, prefix.cidr().prefixLength());
      Wire.u8(out, at + 3, 0x80 | (prefix.autonomous() ? 0x40 : 0));
      Wire.i32(out, at + 4, prefix.validLifetime());
      Wire.i32(out, at + 8, prefix.preferredLifetime());
      Wire.address(out, at + 16, prefix.cidr().network());
      at += 32;
    }
    if (dns > 0) {
      Wire.u8(out, at, DNS);
      Wire.u8(out, at + 1, dns / 8);
      Wire.i32(out, at + 4, DNS_LIFETIME);
      for (int i = 0; i < it.dnsServers().size(); i++) {
        Wire.address(out, at + 8 + 16 * i, it.dnsServers().get(i));
      }
    }
    return Octets.wrap(out);
  }
}
