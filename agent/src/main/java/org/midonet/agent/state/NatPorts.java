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
 * <p>A port may serve many connections at once, as long as they go to different places. ICMP echoes
 * keep their identifier where it is free, as nothing tells two machines' echoes apart otherwise.
 */
final class NatPorts {
  /** How many of the blocks that were leased last are searched first. */
  private static final int RECENT = 2;

  private final NatBlocks blocks;
  private final Map<Pool, List<Integer>> leased = new HashMap<>();

  /** Keys of the way back that are in use or reserved. */
  private final Set<NatKey> taken = new HashSet<>();

  private record Pool(UUID device, Ipv4Address address) {}

  NatPorts(NatBlocks blocks) {
    this.blocks = blocks;
  }

  /** A binding whose way back is free; it is taken from now on. */
  @Nullable NatBinding take(NatKey key, List<NatTarget> targets) {
    for (NatTarget target : targets) {
      NatBinding binding = take(key, target);
      if (binding != null) {
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
      if (binding != null) {
        return binding;
      }
    }
    return null;
  }

  private @Nullable NatBinding take(NatKey key, Ipv4Address address, int first, int last) {
    Predicate<NatBinding> free = binding -> taken.add(key.reverse(binding));
    if (key.protocol() == IpProtocol.ICMP.number()) {
      return echo(key, address, free);
    }
    Pool pool = new Pool(key.device(), address);
    List<Integer> mine = leased.computeIfAbsent(pool, it -> new ArrayList<>());
    // Older blocks are as good as full; they are searched when there are no new ones.
    NatBinding binding = search(key, mine, mine.size() - RECENT, address, first, last, free);
    if (binding != null) {
      return binding;
    }
    int block = blocks.lease(key.device(), address, first, last);
    if (block < 0) {
      return search(key, mine, 0, address, first, last, free);
    }
    mine.add(block);
    return inBlock(key, block, address, first, last, free);
  }

  private static @Nullable NatBinding search(
      NatKey key,
      List<Integer> mine,
      int from,
      Ipv4Address address,
      int first,
      int last,
      Predicate<NatBinding> free) {
    for (int i = mine.size() - 1; i >= Math.max(0, from); i--) {
      NatBinding binding = inBlock(key, mine.get(i), address, first, last, free);
      if (binding != null) {
        return binding;
      }
    }
    return null;
  }

  private static @Nullable NatBinding echo(
      NatKey key, Ipv4Address address, Predicate<NatBinding> free) {
    for (int i = 0; i < 65536; i++) {
      NatBinding binding = new NatBinding(address, key.sourcePort() + i & 0xffff);
      if (free.test(binding)) {
        return binding;
      }
    }
    return null;
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

  /** Notes a binding that was made elsewhere or before. */
  void took(NatKey reverse) {
    taken.add(reverse);
  }

  /** Frees the way back of a binding; blocks of which no port is used go back. */
  void free(NatKey reverse) {
    taken.remove(reverse);
  }

  /** Gives back blocks of which no port is in use. Called now and then: it looks at all. */
  void releaseIdleBlocks() {
    Map<Pool, Set<Integer>> blocksInUse = new HashMap<>();
    for (NatKey key : taken) {
      if (key.destination() instanceof Ipv4Address address) {
        blocksInUse
            .computeIfAbsent(new Pool(key.device(), address), it -> new HashSet<>())
            .add(key.destinationPort() / NatBlocks.SIZE * NatBlocks.SIZE);
      }
    }
    leased.forEach((pool, mine) ->
        mine.removeIf(block -> {
          boolean idle = !blocksInUse.getOrDefault(pool, Set.of()).contains(block);
          if (idle) {
            blocks.release(pool.device(), pool.address(), block);
          }
          return idle;
        }));
  }

  int inUse() {
    return taken.size();
  }
}
