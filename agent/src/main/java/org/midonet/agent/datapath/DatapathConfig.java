package org.midonet.agent.datapath;

import java.util.Optional;

/**
 * How a datapath is set up. Immutable, safe to share.
 *
 * @param name under which it is known on the host, at most 8 characters; names of its own devices
 *     and of what it keeps in the kernel begin so
 * @param flows how many flows it has room for
 * @param ringBytes of packets that wait to come up, a power of two and at least a page
 * @param missesPerSecond how many packets of a port may come up in a second, 0 for no limit
 * @param missBurst how many may come up at once
 * @param overlay empty where there are no peers
 */
public record DatapathConfig(
    String name,
    int flows,
    int ringBytes,
    int missesPerSecond,
    int missBurst,
    Optional<Overlay> overlay) {

  /**
   * The device for tunnels to peers.
   *
   * @param device its name
   * @param udpPort on which peers listen as well
   */
  public record Overlay(String device, int udpPort) {}

  public static final DatapathConfig DEFAULT =
      new DatapathConfig(
          "midonet",
          1 << 20,
          1 << 22,
          20_000,
          2_000,
          Optional.of(new Overlay("tnvxlan-overlay", 6677)));

  public DatapathConfig {
    if (name.isEmpty() || name.length() > 8) {
      throw new IllegalArgumentException("'" + name + "' is not 1 to 8 characters");
    }
  }
}
