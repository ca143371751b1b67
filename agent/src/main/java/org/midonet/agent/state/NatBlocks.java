package org.midonet.agent.state;

import java.util.UUID;
import org.midonet.packets.Ipv4Address;

/**
 * Leases of ports among hosts: a host translates by ports of its own blocks alone, so that two
 * hosts never give the same one to different connections (spec/midonet.md 1.2). Safe to share.
 */
public interface NatBlocks {
  /** Ports in a block, which starts at a multiple of this. */
  int SIZE = 64;

  /**
   * Leases a further block of an address of a router, at once.
   *
   * @param first the lowest port that will do
   * @param last the highest port that will do
   * @return the first port of the block, or -1 when none is at hand
   */
  int lease(UUID device, Ipv4Address address, int first, int last);

  /**
   * Takes a block again that this host had before, unless another has it now. This may take a
   * while: {@link #isLeased} tells.
   */
  void claim(UUID device, Ipv4Address address, int block);

  /** Whether a block is this host's still; it may have lost it while it was cut off. */
  boolean isLeased(UUID device, Ipv4Address address, int block);

  /** Gives a block back, if it is this host's. */
  void release(UUID device, Ipv4Address address, int block);

  /** Whether somebody was told that none is at hand, and some may come soon. */
  boolean isAwaiting();

  /** How often some came, or turned out not to. */
  long arrivals();

  /** Has something done, by any thread, whenever more have come, or turned out not to. */
  void whenMoreArrive(Runnable listener);

  /** The blocks of a host that is alone. */
  static NatBlocks alone() {
    return new LoneBlocks();
  }
}
