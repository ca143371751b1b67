package org.midonet.cluster.translation;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.Ids;

/**
 * What a bridge knows of a port before the port has said a word: where its MAC is, and which MAC
 * has its addresses. Stateless. midonet.md 4.3.
 */
final class Seeds {
  private Seeds() {}

  private record Location(UUID bridge, Mac mac, UUID port) {}

  private record Neighbour(UUID bridge, Ipv4Address address, Mac mac) {}

  static void add(Draft draft, NeutronPort port) {
    locations(port).forEach(it -> draft.addMac(it.bridge(), it.mac(), it.port()));
    neighbours(port).forEach(it -> draft.addArp(it.bridge(), it.address(), it.mac()));
  }

  static void remove(Draft draft, NeutronPort port) {
    locations(port).forEach(it -> draft.removeMac(it.bridge(), it.mac(), it.port()));
    neighbours(port).forEach(it -> draft.removeArp(it.bridge(), it.address(), it.mac()));
  }

  static void update(Draft draft, NeutronPort old, NeutronPort port) {
    minus(locations(old), locations(port))
        .forEach(it -> draft.removeMac(it.bridge(), it.mac(), it.port()));
    minus(neighbours(old), neighbours(port))
        .forEach(it -> draft.removeArp(it.bridge(), it.address(), it.mac()));
    minus(locations(port), locations(old))
        .forEach(it -> draft.addMac(it.bridge(), it.mac(), it.port()));
    minus(neighbours(port), neighbours(old))
        .forEach(it -> draft.addArp(it.bridge(), it.address(), it.mac()));
  }

  /**
   * DHCP ports and VIPs of LBaaS v1 are left out, and ports that are of IPv6 in the first place.
   */
  private static boolean isSeeded(NeutronPort port) {
    boolean ipv6 =
        !port.fixedIps().isEmpty() && port.fixedIps().getFirst().address().version() == 6;
    return !ipv6
        && port.macAddress() != null
        && switch (port.owner()) {
          case COMPUTE, ROUTER_INTF, ROUTER_GW, REMOTE_SITE, LOADBALANCERV2 -> true;
          case DHCP, FLOATINGIP, LOADBALANCER -> false;
        };
  }

  private static Set<Location> locations(NeutronPort port) {
    Mac mac = port.macAddress();
    if (mac == null || !isSeeded(port)) {
      return Set.of();
    }
    // What is on a remote site is reached by the port that leads there.
    boolean remote = port.owner() == NeutronPort.DeviceOwner.REMOTE_SITE;
    UUID id = remote ? Ids.L2GW_NETWORK_PORT.of(port.networkId()) : port.id();
    return Set.of(new Location(port.networkId(), mac, id));
  }

  private static Set<Neighbour> neighbours(NeutronPort port) {
    Set<Neighbour> neighbours = new LinkedHashSet<>();
    Mac mac = port.macAddress();
    if (mac != null && isSeeded(port)) {
      for (FixedIp ip : port.fixedIps()) {
        if (ip.address() instanceof Ipv4Address address) {
          neighbours.add(new Neighbour(port.networkId(), address, mac));
        }
      }
    }
    return neighbours;
  }

  private static <T> Set<T> minus(Set<T> from, Set<T> what) {
    Set<T> rest = new LinkedHashSet<>(from);
    rest.removeAll(what);
    return rest;
  }
}
