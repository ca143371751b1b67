package org.midonet.cluster.translation;

import java.util.Collection;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.Port;

/** Small networks within a router, between it and what serves it. Stateless. midonet.md 1.7. */
final class LinkLocal {
  private static final Cidr ALL = Cidr.parse("169.254.0.0/16");
  private static final int LENGTH = 30;
  private static final int SIZE = 4;

  private LinkLocal() {}

  /** Whether an address of a port is one of these. */
  static boolean is(IpPrefix address) {
    return address.prefixLength() == LENGTH && ALL.contains(address.address());
  }

  /**
   * The router's address in the first network that none of its ports is in.
   *
   * @throws TranslationException if there is none left
   */
  static IpPrefix firstFree(Collection<Port> ports) {
    long first = ALL.first().toBigInteger().longValue();
    long last = ALL.last().toBigInteger().longValue();
    for (long network = first; network < last; network += SIZE) {
      Ipv4Address address = new Ipv4Address((int) (network + 1));
      boolean taken =
          ports.stream()
              .flatMap(port -> port.portSubnets().stream())
              .anyMatch(subnet -> subnet.contains(address));
      if (!taken) {
        return new IpPrefix(address, LENGTH);
      }
    }
    throw TranslationException.conflict("The router has no link-local network left");
  }
}
