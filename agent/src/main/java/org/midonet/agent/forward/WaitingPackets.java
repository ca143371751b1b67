package org.midonet.agent.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.midonet.agent.state.NeighbourKey;

/**
 * Packets whose next hop was asked for its MAC and did not answer yet. Not safe to share: it is the
 * packet loop's.
 *
 * @param <P> the packets
 */
final class WaitingPackets<P> {
  /** As Linux asks ({@code mcast_solicit}, {@code retrans_time_ms}). */
  private static final int QUESTIONS = 3;

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int MOST_FOR_ONE = 16;
  private static final int MOST = 4096;

  private final Map<NeighbourKey, Wait<P>> waits = new HashMap<>();
  private int held;

  private static final class Wait<P> {
    final List<P> packets = new ArrayList<>();
    final Runnable question;
    int asked = 1;
    long due;

    Wait(Runnable question, long due) {
      this.question = question;
      this.due = due;
    }
  }

  /**
   * What is to be given up.
   *
   * @param neighbour who did not answer
   */
  record Silence<P>(NeighbourKey neighbour, List<P> packets) {}

  /**
   * Holds a packet back. The neighbour is asked at once if it was not yet; where many packets wait
   * already the oldest makes room.
   *
   * @param question asks the neighbour
   */
  void add(NeighbourKey neighbour, P packet, Runnable question, long nowMillis) {
    Wait<P> wait = waits.get(neighbour);
    if (wait == null) {
      wait = new Wait<>(question, nowMillis + INTERVAL.toMillis());
      waits.put(neighbour, wait);
      question.run();
    }
    if (held >= MOST && wait.packets.isEmpty()) {
      return;
    }
    wait.packets.add(packet);
    held++;
    if (wait.packets.size() > MOST_FOR_ONE) {
      wait.packets.removeFirst();
      held--;
    }
  }

  boolean isEmpty() {
    return waits.isEmpty();
  }

  boolean isWaiting(NeighbourKey neighbour) {
    return waits.containsKey(neighbour);
  }

  /** The packets that can go on, as the neighbour answered. */
  List<P> answered(NeighbourKey neighbour) {
    Wait<P> wait = waits.remove(neighbour);
    if (wait == null) {
      return List.of();
    }
    held -= wait.packets.size();
    return wait.packets;
  }

  /** Asks again who is due, and gives up who was asked often enough. */
  List<Silence<P>> due(long nowMillis) {
    List<Silence<P>> silent = new ArrayList<>();
    Iterator<Map.Entry<NeighbourKey, Wait<P>>> all = waits.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<NeighbourKey, Wait<P>> each = all.next();
      Wait<P> wait = each.getValue();
      if (wait.due <= nowMillis) {
        if (wait.asked == QUESTIONS) {
          all.remove();
          held -= wait.packets.size();
          silent.add(new Silence<>(each.getKey(), wait.packets));
        } else {
          wait.asked++;
          wait.due = nowMillis + INTERVAL.toMillis();
          wait.question.run();
        }
      }
    }
    return silent;
  }
}
