package org.midonet.agent.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

  // Written out, as what the compiler makes of a record is slow until it is compiled, and several
  // of these are looked for by each first packet.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConnectionKey it
        && sourcePort == it.sourcePort
        && destinationPort == it.destinationPort
        && protocol == it.protocol
        && source.equals(it.source)
        && destination.equals(it.destination)
        && device.equals(it.device);
  }

  @Override
  public int hashCode() {
    int hash = 31 * source.hashCode() + sourcePort;
    hash = 31 * (31 * hash + destination.hashCode()) + destinationPort;
    return 31 * (31 * hash + protocol) + device.hashCode();
  }

  @Override
  public String toString() {
    return source + ":" + sourcePort + " > " + destination + ":" + destinationPort;
  }
}
