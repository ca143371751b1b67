package org.midonet.agent.external;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.midonet.agent.linux.HostRoutes;
import org.midonet.agent.linux.HostRoutes.HostRoute;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.LinuxException;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's interfaces on external networks, in the network namespace of the thread that made
 * this. For one thread.
 */
final class AccessDevices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessDevices.class);

  private final Links links = new Links();

  /** Those that are there, also those that an agent before this one left. */
  Set<String> present() {
    return links.list().stream()
        .map(Link::name)
        .filter(ExternalNetwork::isDevice)
        .collect(Collectors.toSet());
  }

  /** The route by which the host reaches some of a gateway's subnet already. */
  static Optional<HostRoute> nearer(IpPrefix gateway, String device) {
    return HostRoutes.list().stream()
        .filter(route -> route.destination().prefixLength() > 0)
        .filter(route -> !route.device().equals(device))
        .filter(route -> route.destination().overlaps(gateway.cidr()))
        .findFirst();
  }

  /** Whether a network's interface is there with addresses, as an agent before this one made it. */
  boolean isMade(ExternalNetwork network, List<IpPrefix> addresses) {
    try {
      NetworkInterface device = NetworkInterface.getByName(network.device());
      return device != null
          && device.isUp()
          && links.find(network.plug()).filter(Link::up).isPresent()
          && of(device).equals(Set.copyOf(addresses));
    } catch (SocketException e) {
      return false;
    }
  }

  private static Set<IpPrefix> of(NetworkInterface device) {
    return device.getInterfaceAddresses().stream()
        .filter(one -> !one.getAddress().isLinkLocalAddress())
        .map(one ->
            new IpPrefix(
                IpAddress.parse(one.getAddress().getHostAddress().replaceFirst("%.*", "")),
                one.getNetworkPrefixLength()))
        .collect(Collectors.toSet());
  }

  /**
   * Makes a network's interface with addresses, in place of one that is there.
   *
   * @throws LinuxException if the kernel refuses
   */
  void make(ExternalNetwork network, List<IpPrefix> addresses) {
    remove(network.device());
    links.createVeth(network.device(), network.plug());
    silence(network.plug());
    links.setUp(links.get(network.plug()).index());
    int index = links.get(network.device()).index();
    links.setUp(index);
    for (IpPrefix address : addresses) {
      add(network, index, address);
    }
  }

  private void add(ExternalNetwork network, int index, IpPrefix address) {
    try {
      links.addAddress(index, address.address(), address.prefixLength());
    } catch (LinuxException e) {
      LOG.warn("{} does not get the address {}: {}", network.device(), address, e.getMessage());
    }
  }

  /** The datapath's end has nothing to say of its own. */
  private static void silence(String device) {
    Path ipv6 = Path.of("/proc/sys/net/ipv6/conf", device, "disable_ipv6");
    try {
      if (Files.exists(ipv6)) {
        Files.writeString(ipv6, "1");
      }
    } catch (IOException e) {
      LOG.debug("{} speaks IPv6", device, e);
    }
  }

  void remove(String device) {
    links.find(device).ifPresent(link -> links.delete(link.index()));
  }

  @Override
  public void close() {
    links.close();
  }
}
