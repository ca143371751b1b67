package org.midonet.agent.sim;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * The proxy of the metadata service on this host, as the simulation sees it (spec/midonet.md 1.7).
 * Safe to share.
 *
 * <p>A machine's request is handed to the proxy's interface under a source address of the host's
 * own, by which the proxy can tell from what port it came.
 */
public interface MetadataProxy {
  /** Stands for the proxy's interface among the ports. */
  UUID PORT = new UUID(0x4000L, 0x8000_0000_a9fe_a9feL);

  /** Where machines ask for their metadata. */
  Ipv4Address ADDRESS = Ipv4Address.parse("169.254.169.254");

  /** What the machines' addresses look like to the proxy, and the service to machines. */
  Mac MAC = Mac.parse("94:e7:ac:7a:c5:13");

  int SERVICE_PORT = 80;

  /** The MAC of the proxy's interface. */
  Mac mac();

  /** The TCP port on which the proxy listens. */
  int listenPort();

  /** The address by which the proxy knows a port of this host, null for others. */
  @Nullable Ipv4Address addressOf(UUID port);

  /** The port that the proxy knows by an address, null for none. */
  @Nullable UUID portOf(Ipv4Address address);

  /**
   * The link-local address of a port by the datapath's number for it, from 1 to 65000; {@link
   * #ADDRESS} itself is left out.
   */
  static Ipv4Address ofNumber(int number) {
    int own = ADDRESS.bits() & 0xffff;
    return new Ipv4Address(0xa9fe_0000 | (number < own ? number : number + 1));
  }
}
