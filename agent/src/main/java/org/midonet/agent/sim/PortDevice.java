package org.midonet.agent.sim;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Mac;
import org.midonet.topology.Port;

/**
 * A port prepared for many packets. Immutable, safe to share.
 *
 * @param groups the port groups that it is in
 * @param dscp what the port's or its bridge's QoS policy marks packets with, -1 for nothing
 * @param policies the QoS policies that were asked
 * @param accessVlan of a router port on an uplink: the VLAN of its network there, 0 for none
 * @param traces trace requests at this port
 */
record PortDevice(
    Port port,
    Set<UUID> groups,
    int dscp,
    List<UUID> policies,
    int accessVlan,
    List<TraceMatch> traces) {

  UUID id() {
    return port.id();
  }

  boolean isRouterPort() {
    return port.routerId() != null;
  }

  /** The MAC of a router port. */
  Mac mac() {
    Mac mac = port.portMac();
    return mac == null ? Mac.ZERO : mac;
  }

  /** The bridge or router, null for a port of neither. */
  @Nullable UUID device() {
    return port.bridgeId() != null ? port.bridgeId() : port.routerId();
  }

  /** A router port's address of an IP version, null when it has none. */
  @Nullable IpAddress address(int version) {
    IpAddress first = port.portAddress();
    if (first != null && first.version() == version) {
      return first;
    }
    for (IpPrefix subnet : port.portSubnets()) {
      if (subnet.address().version() == version) {
        return subnet.address();
      }
    }
    return null;
  }

  boolean hasAddress(IpAddress address) {
    if (address.equals(port.portAddress())) {
      return true;
    }
    for (IpPrefix subnet : port.portSubnets()) {
      if (subnet.address().equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** The subnet of a router port in which an address is, null when it is in none. */
  @Nullable IpPrefix subnetOf(IpAddress address) {
    for (IpPrefix subnet : port.portSubnets()) {
      if (subnet.contains(address)) {
        return subnet;
      }
    }
    return null;
  }
}
