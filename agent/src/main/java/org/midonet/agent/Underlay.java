package org.midonet.agent;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.forward.Forwarding;
import org.midonet.packets.Ipv4Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network between the hosts, as seen from this one. Immutable, safe to share.
 *
 * @param address this host's
 * @param mtu octets of IP
 */
record Underlay(Ipv4Address address, int mtu) {
  private static final Logger LOG = LoggerFactory.getLogger(Underlay.class);

  /** Octets of IP that a link must take (RFC 8200 section 5). */
  private static final int LEAST_INSIDE = 1280;

  private static final Ipv4Address LOOPBACK = Ipv4Address.parse("127.0.0.1");
  private static final int USUAL_MTU = 1500;

  /**
   * An address for documentation (RFC 5737): nothing is sent there, only the route is asked for.
   */
  private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("192.0.2.1", 9);

  /**
   * Finds how this host reaches others.
   *
   * @param wanted the address to use, null for that of the default route
   */
  static Underlay find(@Nullable Ipv4Address wanted) {
    Ipv4Address address = wanted == null ? ofDefaultRoute() : wanted;
    Underlay found = new Underlay(address, mtu(address));
    if (found.mtu - Forwarding.OVERLAY_OCTETS < LEAST_INSIDE) {
      LOG.warn(
          "The network between the hosts takes packets of {} octets; {} of them are the overlay's,"
              + " and IPv6 needs {} inside: raise the MTU of the interface of {}",
          found.mtu,
          Forwarding.OVERLAY_OCTETS,
          LEAST_INSIDE,
          address);
    }
    return found;
  }

  private static Ipv4Address ofDefaultRoute() {
    try (DatagramChannel probe = DatagramChannel.open(StandardProtocolFamily.INET)) {
      probe.connect(SOMEWHERE);
      return probe.getLocalAddress() instanceof InetSocketAddress local
              && local.getAddress() instanceof Inet4Address address
          ? Ipv4Address.parse(address.getHostAddress())
          : LOOPBACK;
    } catch (IOException e) {
      return LOOPBACK; // a host without a network has no peers
    }
  }

  private static int mtu(Ipv4Address address) {
    try {
      NetworkInterface device =
          NetworkInterface.getByInetAddress(InetAddress.getByName(address.toString()));
      if (device == null) {
        LOG.warn(
            "{} (agent_tunnel_ip) is no address of this host now: others cannot reach it", address);
      }
      return device == null || device.isLoopback() ? USUAL_MTU : device.getMTU();
    } catch (IOException e) {
      return USUAL_MTU;
    }
  }
}
