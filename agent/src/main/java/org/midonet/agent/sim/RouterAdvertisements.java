package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.NeighbourMessage;
import org.midonet.packets.frame.NeighbourMessage.Prefix;
import org.midonet.packets.frame.NeighbourMessage.RouterAdvertisement;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpHost;

/**
 * Tells machines of the IPv6 subnets of their network and of the router there (RFC 4861 section
 * 6.2). Stateless.
 *
 * <p>MidoNet has none of this. A machine is told of the subnets that it has an address in, and that
 * it may make itself that address where this is what Neutron gave it: by its MAC. So it holds
 * without the subnet's address mode being known.
 */
final class RouterAdvertisements {
  private static final int ROUTER_LIFETIME = 1800;
  private static final int VALID = 86400;
  private static final int PREFERRED = 14400;
  private static final int HOPS = 64;

  private RouterAdvertisements() {}

  /** The advertisement for a machine on a bridge, null when it has no address of IPv6 there. */
  static @Nullable Ethernet to(
      Mac machine,
      @Nullable Ipv6Address asker,
      BridgeDevice bridge,
      DhcpServers servers,
      SimulationSettings settings) {
    List<Prefix> prefixes = new ArrayList<>();
    List<Ipv6Address> dns = new ArrayList<>();
    Mac router = null;
    boolean managed = false;
    boolean other = false;
    for (DhcpServers.Lease lease : servers.ipv6().getOrDefault(machine, List.of())) {
      Dhcp subnet = lease.subnet();
      if (!subnet.enabled()) {
        continue;
      }
      String mode = mode(servers, subnet.id());
      prefixes.add(
          new Prefix(subnet.subnet(), isAutonomous(lease.host(), subnet), VALID, PREFERRED));
      managed |= mode.equals("dhcpv6-stateful");
      other |= mode.equals("dhcpv6-stateful") || mode.equals("dhcpv6-stateless");
      subnet.dnsServers().stream()
          .filter(Ipv6Address.class::isInstance)
          .map(Ipv6Address.class::cast)
          .filter(it -> !dns.contains(it))
          .forEach(dns::add);
      IpAddress gateway = subnet.defaultGateway();
      router = router == null && gateway != null ? bridge.routerAddresses().get(gateway) : router;
    }
    if (prefixes.isEmpty()) {
      return null;
    }
    // Without a router of ours the prefixes are still on the link.
    Mac source = router == null ? DhcpReply.SERVER : router;
    int mtu =
        Math.min(servers.mtu() > 0 ? servers.mtu() : settings.dhcpMtu(), settings.underlayMtu());
    RouterAdvertisement message =
        new RouterAdvertisement(
            HOPS, managed, other, router == null ? 0 : ROUTER_LIFETIME, source, mtu, prefixes, dns);
    boolean toAll = asker == null || asker.isUnspecified();
    Ipv6Address to = toAll || asker == null ? NeighbourMessage.ALL_NODES : asker;
    return Ethernet.of(machine, source, message.packet(NeighbourMessage.linkLocal(source), to));
  }

  private static boolean isAutonomous(DhcpHost host, Dhcp subnet) {
    Cidr cidr = subnet.subnet();
    return cidr.prefixLength() == 64
        && cidr.network() instanceof Ipv6Address network
        && host.mac().slaac(network).equals(host.address());
  }

  private static String mode(DhcpServers servers, UUID subnet) {
    for (DhcpServers.Subnet6 known : servers.subnets6()) {
      if (known.subnet().id().equals(subnet)) {
        return known.raMode();
      }
    }
    return "";
  }
}
