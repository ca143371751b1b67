package org.midonet.nsdb;

import java.util.UUID;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;

/**
 * An IPv6 floating IP and what it leads to. Immutable, safe to share.
 *
 * @param natPool the addresses that IPv6 clients get behind the translation
 * @param portId the router's gateway port
 */
public record Fip64Entry(
    Ipv4Address fixedIp, Ipv6Address floatingIp, IpPrefix natPool, UUID portId, UUID routerId) {
  /**
   * Reads {@code fixedIp;floatingIp;pool address as a number;pool length;portId;routerId}.
   *
   * @throws IllegalArgumentException if the text is no entry
   */
  public static Fip64Entry parse(String text) {
    String[] parts = text.split(";", -1);
    if (parts.length != 6) {
      throw new IllegalArgumentException("'" + text + "' is not a floating IPv6 entry");
    }
    return new Fip64Entry(
        Ipv4Address.parse(parts[0]),
        Ipv6Address.parse(parts[1]),
        new IpPrefix(new Ipv4Address(Integer.parseInt(parts[2])), Integer.parseInt(parts[3])),
        UUID.fromString(parts[4]),
        UUID.fromString(parts[5]));
  }

  @Override
  public String toString() {
    return fixedIp
        + ";"
        + floatingIp
        + ";"
        + natPool.address().toBigInteger().intValue()
        + ";"
        + natPool.prefixLength()
        + ";"
        + portId
        + ";"
        + routerId;
  }
}
