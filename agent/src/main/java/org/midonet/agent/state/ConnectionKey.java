package org.midonet.agent.state;

import java.util.UUID;
import org.midonet.packets.IpAddress;

/**
 * A connection as seen from the packets of its way back, where they enter: when it is known, such
 * packets are a return flow (spec/midonet.md 5.7). Immutable, safe to share.
 *
 * @param sourcePort of an ICMP echo its identifier
 * @param destinationPort likewise
 * @param device the bridge or router by whose exterior port the packets enter
 */
public record ConnectionKey(
    IpAddress source,
    int sourcePort,
    IpAddress destination,
    int destinationPort,
    int protocol,
    UUID device)
    implements StateKey {

  /** The key of the other way, entering by another device. */
  public ConnectionKey reversed(UUID enters) {
    return new ConnectionKey(
        /* source= */ destination,
        /* sourcePort= */ destinationPort,
        /* destination= */ source,
        /* destinationPort= */ sourcePort,
        protocol,
        enters);
  }

  @Override
  public String toString() {
    return source + ":" + sourcePort + " > " + destination + ":" + destinationPort;
  }
}
