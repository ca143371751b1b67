package org.midonet.agent.host;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.linux.Link;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices as agents publish them: with their addresses. Stateless. */
final class HostInterfaces {
  private static final Logger LOG = LoggerFactory.getLogger(HostInterfaces.class);

  private HostInterfaces() {}

  /** The interfaces of devices; those that are gone meanwhile are left out. */
  static List<HostInterface> of(Collection<Link> links) {
    List<HostInterface> interfaces = new ArrayList<>();
    for (Link link : links) {
      try {
        NetworkInterface one = NetworkInterface.getByIndex(link.index());
        if (one != null) {
          interfaces.add(of(link, one));
        }
      } catch (SocketException e) {
        LOG.debug("{} is gone", link.name(), e);
      }
    }
    return interfaces;
  }

  private static HostInterface of(Link link, NetworkInterface one) throws SocketException {
    return new HostInterface(
        link.name(),
        mac(one.getHardwareAddress()),
        link.mtu(),
        link.up(),
        !link.kind().isEmpty(),
        one.inetAddresses().map(HostInterfaces::address).toList());
  }

  private static Mac mac(byte @Nullable [] octets) {
    long bits = 0;
    if (octets != null) {
      for (byte octet : octets) {
        bits = bits << 8 | (octet & 0xff);
      }
    }
    return new Mac(bits & 0xffff_ffff_ffffL);
  }

  private static IpAddress address(InetAddress address) {
    String text = address.getHostAddress();
    int zone = address instanceof Inet4Address ? -1 : text.indexOf('%');
    return IpAddress.parse(zone < 0 ? text : text.substring(0, zone));
  }
}
