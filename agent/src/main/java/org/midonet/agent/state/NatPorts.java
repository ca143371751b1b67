package org.midonet.agent.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpProtocol;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.NatTarget;

/**
 * Chooses the ports of source translation. Not safe to share: {@link LocalState} guards it.
 *
 * <p>A port may serve many connections at once, as long as they go to different places. The
 * identifiers of ICMP echoes are ports like others, but for one that is in a block of this host's
 * and free, which stays.
 */
final class NatPorts {
  /** How many of the blocks that were leased last are searched first. */
  private static final int RECENT = 2;

  /** After so many checks without a connection the last block is given back, too. */
  private static final int IDLE_CHECKS = 20;

  private final NatBlocks blocks;
  private final Map<Pool, Leased> leased = new HashMap<>();

  /** Keys of the way back that are in use or reserved. */
  private final Set<NatKey> taken = new HashSet<>();

  private record Pool(UUID device, Ipv4Address address) {}

  /** The blocks of an address in the order of their lease, and how many ports of each are used. */
  private static final class Leased {
    final List<Integer> blocks = new ArrayList<>();
    final Map<Integer, Integer> used = new HashMap<>();

    /** How many checks in a row found nothing used. */
    int idle;
  }

  NatPorts(NatBlocks blocks) {
    this.blocks = blocks;
  }

  /** A binding whose way back is free; it is taken from now on. */
  @Nullable NatBinding take(NatKey key, List<NatTarget> targets) {
    for (NatTarget target : targets) {
      NatBinding binding = take(key, target);
      if (binding != null || blocks.isAwaiting()) {
        return binding;
      }
    }
    return null;
  }

  private @Nullable NatBinding take(NatKey key, NatTarget target) {
    long first = target.addressFrom().toLong();
    long size = target.addressTo().toLong() - first + 1;
    int start = Math.floorMod(key.source().hashCode(), (int) Math.min(size, Integer.MAX_VALUE));
    for (long i = 0; i < size; i++) {
      Ipv4Address address = new Ipv4Address((int) (first + (start + i) % size));
      NatBinding binding = take(key, address, target.portFrom(), target.portTo());
      if (binding != null || blocks.isAwaiting()) {
        return binding;
      }
    }
    return null;
  }

  private @Nullable NatBinding take(NatKey key, Ipv4Address address, int first, int last) {
    Predicate<NatBinding> free = binding -> add(key.reverse(binding));
    Pool pool = new Pool(key.device(), address);
    List<Integer> mine = leased.computeIfAbsent(pool, _ -> new Leased()).blocks;
    NatBinding same = new NatBinding(address, key.sourcePort());
    if (key.protocol() == IpProtocol.ICMP.number()
        && isMine(pool, mine, blockOf(key.sourcePort()))
        && free.test(same)) {
      return same;
    }
    // Older blocks are as good as full; they are searched when there are no new ones.
    NatBinding binding = search(pool, mine.size() - RECENT, key, first, last, free);
    if (binding != null) {
      return binding;
    }
    int block = blocks.lease(key.device(), address, first, last);
    if (block < 0) {
      return search(pool, 0, key, first, last, free);
    }
    mine.add(block);
    return inBlock(key, block, address, first, last, free);
  }

  private @Nullable NatBinding search(
      Pool pool, int from, NatKey key, int first, int last, Predicate<NatBinding> free) {
    List<Integer> mine = leased.getOrDefault(pool, new Leased()).blocks;
    for (int i = mine.size() - 1; i >= Math.max(0, from); i--) {
      int block = mine.get(i);
      if (blocks.isLeased(pool.device(), pool.address(), block)) {
        NatBinding binding = inBlock(key, block, pool.address(), first, last, free);
        if (binding != null) {
          return binding;
        }
      }
    }
    return null;
  }

  private boolean isMine(Pool pool, List<Integer> mine, int block) {
    return mine.contains(block) && blocks.isLeased(pool.device(), pool.address(), block);
  }

  private static @Nullable NatBinding inBlock(
      NatKey key, int block, Ipv4Address address, int first, int last, Predicate<NatBinding> free) {
    int start = Math.floorMod(key.hashCode(), NatBlocks.SIZE);
    for (int i = 0; i < NatBlocks.SIZE; i++) {
      int port = block + (start + i) % NatBlocks.SIZE;
      if (port >= first && port <= last) {
        NatBinding binding = new NatBinding(address, port);
        if (free.test(binding)) {
          return binding;
        }
      }
    }
    return null;
  }

  private boolean add(NatKey reverse) {
    boolean isNew = taken.add(reverse);
    if (isNew) {
      count(reverse, 1);
    }
    return isNew;
  }

  /** Blocks have the ports of source translation. */
  private void count(NatKey reverse, int by) {
    if (reverse.kind() == NatKey.Kind.REVERSE_SNAT
        && reverse.destination() instanceof Ipv4Address address) {
      Map<Integer, Integer> used =
          leased.computeIfAbsent(new Pool(reverse.device(), address), _ -> new Leased()).used;
      used.merge(blockOf(reverse.destinationPort()), by, (a, b) -> a + b == 0 ? null : a + b);
    }
  }

  private static int blockOf(int port) {
    return port / NatBlocks.SIZE * NatBlocks.SIZE;
  }

  /** Notes a binding that was made elsewhere or before. */
  void took(NatKey reverse) {
    add(reverse);
  }

  /** Takes the block of a binding again that was made here before. */
  void claim(NatKey reverse) {
    if (reverse.kind() == NatKey.Kind.REVERSE_SNAT
        && reverse.destination() instanceof Ipv4Address address) {
      List<Integer> mine =
          leased.computeIfAbsent(new Pool(reverse.device(), address), _ -> new Leased()).blocks;
      int block = blockOf(reverse.destinationPort());
      if (!mine.contains(block)) {
        mine.add(block);
        blocks.claim(reverse.device(), address, block);
      }
    }
  }

  /** Frees the way back of a binding. */
  void free(NatKey reverse) {
    if (taken.remove(reverse)) {
      count(reverse, -1);
    }
  }

  /**
   * Gives back blocks of which no port is in use, but the one that was leased last stays for a
   * while: the next connection need not wait for the store then. To be called now and then.
   */
  void releaseIdleBlocks() {
    leased.forEach((pool, of) -> {
      of.idle = of.used.isEmpty() ? of.idle + 1 : 0;
      int last = of.blocks.isEmpty() ? -1 : of.blocks.getLast();
      of.blocks.removeIf(block -> {
        boolean stays = of.used.containsKey(block) || (block == last && of.idle < IDLE_CHECKS);
        if (!stays) {
          blocks.release(pool.device(), pool.address(), block);
        }
        return !stays;
      });
    });
    leased.values().removeIf(of -> of.blocks.isEmpty() && of.used.isEmpty());
  }

  int inUse() {
    return taken.size();
  }
}
