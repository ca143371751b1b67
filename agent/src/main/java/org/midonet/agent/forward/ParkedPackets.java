package org.midonet.agent.forward;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Packets of new connections that wait for ports to translate them to. Not safe to share: it is the
 * packet loop's. Those that wait for too long, or are too many, are lost; their senders try again.
 */
final class ParkedPackets {
  private static final int MOST = 1024;
  private static final long PATIENCE_MILLIS = 1000;

  private final Deque<Parked> all = new ArrayDeque<>();

  private record Parked(Packet packet, long since) {}

  void add(Packet packet, long nowMillis) {
    while (!all.isEmpty()
        && (all.size() == MOST || nowMillis - all.getFirst().since > PATIENCE_MILLIS)) {
      all.removeFirst();
    }
    all.addLast(new Parked(packet, nowMillis));
  }

  /** Takes out those that are not too old, in the order in which they came. */
  List<Packet> take(long nowMillis) {
    List<Packet> some = new ArrayList<>();
    for (Parked parked : all) {
      if (nowMillis - parked.since <= PATIENCE_MILLIS) {
        some.add(parked.packet);
      }
    }
    all.clear();
    return some;
  }
}
