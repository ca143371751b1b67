package org.midonet.agent.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpProtocol;

/**
 * A packet's addresses before a translation (spec/midonet.md 5.7). Immutable, safe to share.
 *
 * @param sourcePort of an ICMP echo its identifier
 * @param destinationPort likewise
 * @param device the router that translates, or the load balancer; of stickiness the VIP
 */
public record NatKey(
    Kind kind,
    IpAddress source,
    int sourcePort,
    IpAddress destination,
    int destinationPort,
    int protocol,
    UUID device)
    implements StateKey {

  /** What is translated, and for which way. */
  public enum Kind {
    SNAT,
    DNAT,
    REVERSE_SNAT,
    REVERSE_DNAT,
    /** The member that a client of a VIP is kept on, whatever port it comes from. */
    STICKY,
    REVERSE_STICKY;

    /** The kind of the other way. */
    Kind reverse() {
      return switch (this) {
        case SNAT -> REVERSE_SNAT;
        case DNAT -> REVERSE_DNAT;
        case REVERSE_SNAT -> SNAT;
        case REVERSE_DNAT -> DNAT;
        case STICKY -> REVERSE_STICKY;
        case REVERSE_STICKY -> STICKY;
      };
    }

    /** Whether it is of the way there. */
    public boolean isThere() {
      return this == SNAT || this == DNAT || this == STICKY;
    }
  }

  /** The key of the packets of the way back, once this one is translated to a binding. */
  public NatKey reverse(NatBinding binding) {
    return switch (kind) {
      case SNAT, REVERSE_DNAT, REVERSE_STICKY ->
          new NatKey(
              kind.reverse(),
              destination,
              isIcmp() ? binding.port() : destinationPort,
              binding.address(),
              binding.port(),
              protocol,
              device);
      case DNAT, REVERSE_SNAT, STICKY ->
          new NatKey(
              kind.reverse(),
              binding.address(),
              binding.port(),
              source,
              isIcmp() ? binding.port() : sourcePort,
              protocol,
              device);
    };
  }

  /** Of ICMP both ports are the one identifier. */
  private boolean isIcmp() {
    return protocol == IpProtocol.ICMP.number() || protocol == IpProtocol.ICMPV6.number();
  }

  /** What the packets of the way back are translated to. */
  public NatBinding original() {
    return switch (kind) {
      case SNAT, REVERSE_DNAT, REVERSE_STICKY -> new NatBinding(source, sourcePort);
      case DNAT, REVERSE_SNAT, STICKY -> new NatBinding(destination, destinationPort);
    };
  }

  // Written out, as what the compiler makes of a record is slow until it is compiled, and several
  // of these are looked for by each first packet.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NatKey it
        && sourcePort == it.sourcePort
        && destinationPort == it.destinationPort
        && kind == it.kind
        && protocol == it.protocol
        && source.equals(it.source)
        && destination.equals(it.destination)
        && device.equals(it.device);
  }

  /** The same in every process: it chooses targets. Kinds are too few to matter. */
  @Override
  public int hashCode() {
    int hash = 31 * source.hashCode() + sourcePort;
    hash = 31 * (31 * hash + destination.hashCode()) + destinationPort;
    return 31 * (31 * hash + protocol) + device.hashCode();
  }

  @Override
  public String toString() {
    return kind + " " + source + ":" + sourcePort + " > " + destination + ":" + destinationPort;
  }
}
