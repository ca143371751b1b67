package org.midonet.nsdb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.midonet.packets.Ipv4Address;

/** Port blocks of stores in memory. Safe to share. */
record MemoryPortBlocks(Shared shared, MemoryNsdb owner) implements PortBlocks {
  private record Block(UUID device, Ipv4Address address, int number) {}

  /** Who holds what, for siblings in common. Safe to share. */
  static final class Shared {
    private final Map<Block, MemoryNsdb> holders = new HashMap<>();

    /** Those that somebody had, the one that was given back first before the others. */
    private final Set<Block> free = new LinkedHashSet<>();

    private synchronized Set<Integer> take(
        UUID device, Ipv4Address address, int first, int last, int most, MemoryNsdb owner) {
      Map<Integer, Block> candidates = new LinkedHashMap<>();
      for (int number = first; number <= last; number++) {
        candidates.put(number, new Block(device, address, number));
      }
      candidates.values().removeIf(block -> holders.containsKey(block) || free.contains(block));
      for (Block block : free) {
        if (block.device.equals(device)
            && block.address.equals(address)
            && block.number >= first
            && block.number <= last) {
          candidates.put(block.number, block);
        }
      }
      Set<Integer> taken = new LinkedHashSet<>();
      candidates.values().stream()
          .limit(most)
          .forEach(block -> {
            claim(block, owner);
            taken.add(block.number);
          });
      return taken;
    }

    private synchronized boolean claim(Block block, MemoryNsdb owner) {
      MemoryNsdb holder = holders.putIfAbsent(block, owner);
      free.remove(block);
      return holder == null || holder == owner;
    }

    private synchronized boolean holds(Block block, MemoryNsdb owner) {
      return holders.get(block) == owner;
    }

    private synchronized void release(Block block, MemoryNsdb owner) {
      if (holders.remove(block, owner)) {
        free.add(block);
      }
    }

    private synchronized Set<UUID> devices() {
      Set<UUID> devices = new HashSet<>();
      holders.keySet().forEach(block -> devices.add(block.device));
      free.forEach(block -> devices.add(block.device));
      return devices;
    }

    private synchronized void remove(UUID device) {
      holders.keySet().removeIf(block -> block.device.equals(device));
      free.removeIf(block -> block.device.equals(device));
    }

    synchronized void releaseAll(MemoryNsdb owner) {
      Set.copyOf(holders.keySet()).forEach(block -> release(block, owner));
    }
  }

  @Override
  public Set<Integer> take(UUID device, Ipv4Address address, int first, int last, int most) {
    return shared.take(device, address, first, last, most, owner);
  }

  @Override
  public boolean claim(UUID device, Ipv4Address address, int block) {
    return shared.claim(new Block(device, address, block), owner);
  }

  @Override
  public boolean holds(UUID device, Ipv4Address address, int block) {
    return shared.holds(new Block(device, address, block), owner);
  }

  @Override
  public void release(UUID device, Ipv4Address address, int block) {
    shared.release(new Block(device, address, block), owner);
  }

  @Override
  public Set<UUID> devices() {
    return shared.devices();
  }

  @Override
  public void remove(UUID device) {
    shared.remove(device);
  }
}
