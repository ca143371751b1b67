package org.midonet.cluster.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.midonet.nsdb.Sequence;
import org.midonet.nsdb.Topology;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;

/**
 * The tunnel keys of a topology: no two ports may have the same, and those that are given out next
 * must be new. Immutable once made, safe to share between threads.
 */
final class Keys {
  private static final int TYPE = 20;
  private static final long FIP64 = 2;
  private static final long NUMBER = (1L << TYPE) - 1;

  private final Set<UUID> bad = new HashSet<>();
  private final Map<Sequence, Long> highest = new HashMap<>();

  /**
   * Looks at all ports. Of two with the same key, one that is not wanted keeps it, then the one
   * with the lower id.
   */
  static Keys of(Topology topology, Wanted wanted) {
    Keys keys = new Keys();
    List<Port> ports = new ArrayList<>(topology.list(ObjectType.PORT));
    ports.sort(
        Comparator.comparing((Port port) -> wanted.has(ObjectType.PORT, port.id()))
            .thenComparing(Port::id));
    Set<Long> seen = new HashSet<>();
    for (Port port : ports) {
      if (port.tunnelKey() != 0) {
        if (!seen.add(port.tunnelKey())) {
          keys.bad.add(port.id());
        }
        keys.highest.merge(sequence(port.tunnelKey()), port.tunnelKey() & NUMBER, Math::max);
      }
    }
    return keys;
  }

  /** The sequence that a key's number is of. */
  static Sequence sequence(long key) {
    return key >> TYPE == FIP64 ? Sequence.FIP64_TUNNEL_KEY : Sequence.OVERLAY_TUNNEL_KEY;
  }

  /** The key of a number of a sequence. */
  static long key(Sequence sequence, long number) {
    return sequence == Sequence.FIP64_TUNNEL_KEY ? (FIP64 << TYPE) | number : number;
  }

  /** Whether another port has the same. */
  boolean isBad(Port port) {
    return bad.contains(port.id());
  }

  /** The sequences that would give out a number again, and the number that they should be at. */
  Map<Sequence, Long> behind(Topology topology) {
    Map<Sequence, Long> behind = new HashMap<>();
    highest.forEach((sequence, number) -> {
      if (topology.last(sequence) < number) {
        behind.put(sequence, number);
      }
    });
    return behind;
  }
}
