package org.midonet.topology;

import org.midonet.packets.Ipv4Address;

/**
 * Addresses and ports that NAT may choose from, bounds included. Immutable, safe to share.
 *
 * @param portFrom 0 together with portTo 0: ports are left alone
 */
public record NatTarget(Ipv4Address addressFrom, Ipv4Address addressTo, int portFrom, int portTo) {

  /** The target of static NAT, which rewrites the address alone and keeps no state. */
  public static NatTarget of(Ipv4Address address) {
    return new NatTarget(address, address, 0, 0);
  }
}
