package org.midonet.agent.external;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.midonet.packets.IpPrefix;

/**
 * An external network whose gateway nobody is. Immutable, safe to share.
 *
 * @param id the network's, and its bridge's
 * @param name for people
 * @param gateways the addresses of the gateways in their subnets
 */
record ExternalNetwork(UUID id, String name, List<IpPrefix> gateways) {
  private static final String PREFIX = "mnx";
  private static final int DIGITS = 8;
  private static final Pattern DEVICE = Pattern.compile(PREFIX + "[0-9a-f]{" + DIGITS + "}");
  private static final Pattern PLUG = Pattern.compile(DEVICE + "p");

  ExternalNetwork {
    gateways = List.copyOf(gateways);
  }

  /** The host's interface on the network. */
  String device() {
    return PREFIX + id.toString().substring(0, DIGITS);
  }

  /** The other end of its cable, to which the port is bound. */
  String plug() {
    return device() + "p";
  }

  /** The port of the network that is a host's. */
  UUID port(UUID host) {
    return UUID.nameUUIDFromBytes((id + " external " + host).getBytes(US_ASCII));
  }

  /** Whether a device is one of those, whatever network it is for. */
  static boolean isDevice(String name) {
    return DEVICE.matcher(name).matches();
  }

  static boolean isPlug(String name) {
    return PLUG.matcher(name).matches();
  }
}
