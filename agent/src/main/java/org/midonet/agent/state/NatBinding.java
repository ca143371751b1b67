package org.midonet.agent.state;

import org.midonet.packets.IpAddress;

/**
 * What an address and a port are translated to. Immutable, safe to share.
 *
 * @param port of an ICMP echo its identifier
 */
public record NatBinding(IpAddress address, int port) {
  @Override
  public String toString() {
    return address + ":" + port;
  }
}
