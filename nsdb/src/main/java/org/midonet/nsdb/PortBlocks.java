package org.midonet.nsdb;

import java.util.Set;
import java.util.UUID;
import org.midonet.packets.Ipv4Address;

/**
 * Blocks of the ports of an address, each of which one host at a time may translate sources to
 * (spec/midonet.md 1.2). Safe to share.
 *
 * <p>Blocks are numbered from 0. One is held until it is released, or until the store that took it
 * is closed or dies. All methods but {@link #holds} wait for the store, and throw an {@link
 * NsdbException} of kind UNAVAILABLE when it cannot be reached.
 */
public interface PortBlocks {
  /**
   * Takes blocks that nobody holds: any of those that nobody ever had, and when there are no more
   * those that were given back first. So a host that was cut off for a while hardly meets another
   * one in its blocks.
   *
   * @param first the lowest block that will do
   * @param last the highest block that will do
   * @param most how many to take
   * @return the blocks, fewer where not so many are free
   */
  Set<Integer> take(UUID device, Ipv4Address address, int first, int last, int most);

  /**
   * Takes a block again that this host had when its process was another one.
   *
   * @return false if another host has it now
   */
  boolean claim(UUID device, Ipv4Address address, int block);

  /** Whether a block was taken here, and not lost to another host since. */
  boolean holds(UUID device, Ipv4Address address, int block);

  /** Gives a block back; nothing happens when it is not held here. */
  void release(UUID device, Ipv4Address address, int block);

  /** The devices of which anything is known. */
  Set<UUID> devices();

  /** Forgets all about a device that is no more, whoever holds its blocks. */
  void remove(UUID device);
}
