package org.midonet.agent.forward;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.midonet.agent.sim.DropReason;
import org.midonet.agent.sim.Verdict;

/** Counts what was decided. Safe to share. */
final class Tally {
  private final Map<Verdict.Kind, LongAdder> kinds = new EnumMap<>(Verdict.Kind.class);
  private final Map<DropReason, LongAdder> drops = new EnumMap<>(DropReason.class);
  private final LongAdder fromPeers = new LongAdder();
  private final Timings simulation = new Timings();
  private final Timings waits = new Timings();
  private final Timings topology = new Timings();

  Tally() {
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      kinds.put(kind, new LongAdder());
    }
    for (DropReason reason : DropReason.values()) {
      drops.put(reason, new LongAdder());
    }
  }

  /** A packet was decided about; that took so long. */
  void decided(Verdict verdict, long nanos) {
    add(kinds, verdict.kind());
    DropReason reason = verdict.reason();
    if (reason != null) {
      add(drops, reason);
    }
    simulation.add(nanos);
  }

  /** A packet of a peer came up, which the peer had decided. */
  void fromPeer() {
    fromPeers.increment();
  }

  /** So long a packet had lain in the ring. */
  void waited(long nanos) {
    waits.add(nanos);
  }

  /**
   * A change of the topology was put in place, and flows that rest on it went; that took so long.
   */
  void followed(long nanos) {
    topology.add(nanos);
  }

  private static <K> void add(Map<K, LongAdder> counts, K key) {
    LongAdder count = counts.get(key);
    if (count != null) {
      count.increment();
    }
  }

  ForwardingStatistics.Decisions decisions() {
    return new ForwardingStatistics.Decisions(sums(kinds), sums(drops), fromPeers.sum());
  }

  Timings.Snapshot simulation() {
    return simulation.snapshot();
  }

  Timings.Snapshot waits() {
    return waits.snapshot();
  }

  Timings.Snapshot topology() {
    return topology.snapshot();
  }

  private static <K> Map<K, Long> sums(Map<K, LongAdder> counts) {
    Map<K, Long> sums = new LinkedHashMap<>();
    counts.forEach((key, count) -> sums.put(key, count.sum()));
    return sums;
  }
}
