package org.midonet.agent.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.midonet.packets.Cidr;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;

/**
 * The routes of the main table in the calling thread's network namespace, as proc(5) tells them.
 * Stateless.
 */
public final class HostRoutes {
  private static final Path IPV4 = Path.of("/proc/thread-self/net/route");
  private static final Path IPV6 = Path.of("/proc/thread-self/net/ipv6_route");

  private HostRoutes() {}

  /** A route. Immutable, safe to share. */
  public record HostRoute(Cidr destination, String device) {}

  /** All of them, those of the host's own addresses of IPv6 included. */
  public static List<HostRoute> list() {
    List<HostRoute> routes = new ArrayList<>();
    try {
      Files.readAllLines(IPV4).stream().skip(1).map(HostRoutes::ipv4).forEach(routes::add);
      if (Files.exists(IPV6)) { // not where the kernel has no IPv6
        Files.readAllLines(IPV6).stream().map(HostRoutes::ipv6).forEach(routes::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return routes;
  }

  /** Interface, destination, gateway, flags, references, use, metric, mask... */
  static HostRoute ipv4(String line) {
    String[] fields = line.strip().split("\\s+", -1);
    int prefix = Integer.bitCount(HexFormat.fromHexDigits(fields[7]));
    return new HostRoute(new Cidr(address(fields[1]), prefix), fields[0]);
  }

  /** The word of memory that it is, on a machine that keeps the lowest octet first. */
  private static Ipv4Address address(String hex) {
    int word = HexFormat.fromHexDigits(hex);
    return new Ipv4Address(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(word) : word);
  }

  /**
   * Destination, its length, source, its length, next hop, metric, references, use, flags, device.
   */
  static HostRoute ipv6(String line) {
    String[] fields = line.strip().split("\\s+", -1);
    ByteBuffer octets = ByteBuffer.wrap(HexFormat.of().parseHex(fields[0]));
    int prefix = HexFormat.fromHexDigits(fields[1]);
    return new HostRoute(
        new Cidr(new Ipv6Address(octets.getLong(), octets.getLong()), prefix), fields[9]);
  }
}
