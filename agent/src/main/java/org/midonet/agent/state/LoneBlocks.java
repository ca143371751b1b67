package org.midonet.agent.state;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.midonet.packets.Ipv4Address;

/** Port blocks where there is one host: all are its own. Safe to share. */
final class LoneBlocks implements NatBlocks {
  private static final int BLOCKS = 65536 / SIZE;

  private final Map<Owner, Leases> leases = new HashMap<>();

  private record Owner(UUID device, Ipv4Address address) {}

  /** What is taken, and where to look on: a block that was just given back is taken last. */
  private static final class Leases {
    final BitSet taken = new BitSet(BLOCKS);
    int next;
  }

  @Override
  public synchronized int lease(UUID device, Ipv4Address address, int first, int last) {
    Leases of = leases.computeIfAbsent(new Owner(device, address), it -> new Leases());
    int low = first / SIZE;
    int high = last / SIZE;
    int count = high - low + 1;
    int start = Math.clamp(of.next, low, high);
    for (int i = 0; i < count; i++) {
      int block = low + (start - low + i) % count;
      if (!of.taken.get(block)) {
        of.taken.set(block);
        of.next = block + 1;
        return block * SIZE;
      }
    }
    return -1;
  }

  @Override
  public synchronized void claim(UUID device, Ipv4Address address, int block) {
    leases.computeIfAbsent(new Owner(device, address), it -> new Leases()).taken.set(block / SIZE);
  }

  @Override
  public synchronized boolean isLeased(UUID device, Ipv4Address address, int block) {
    return true;
  }

  @Override
  public synchronized void release(UUID device, Ipv4Address address, int block) {
    Leases of = leases.get(new Owner(device, address));
    if (of != null) {
      of.taken.clear(block / SIZE);
    }
  }

  @Override
  public boolean isAwaiting() {
    return false;
  }

  @Override
  public long arrivals() {
    return 0;
  }

  @Override
  public void whenMoreArrive(Runnable listener) {} // none ever does
}
