package org.midonet.agent.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /** Neighbours; a scan of addresses asks for so many at once and no more. */
  private static final int MOST_NEIGHBOURS = 16_384;

  /** In the order in which they are due, as each is asked at the same interval. */
  private final Map<NeighbourKey, Wait<P>> waits = new LinkedHashMap<>();

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
   * already the oldest makes room. Beyond a number of neighbours the packet is lost.
   *
   * @param question asks the neighbour
   */
  void add(NeighbourKey neighbour, P packet, Runnable question, long nowMillis) {
    Wait<P> wait = waits.get(neighbour);
    if (wait == null) {
      if (waits.size() >= MOST_NEIGHBOURS) {
        return;
      }
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
    while (!waits.isEmpty()) {
      Map.Entry<NeighbourKey, Wait<P>> first = waits.entrySet().iterator().next();
      NeighbourKey neighbour = first.getKey();
      Wait<P> wait = first.getValue();
      if (wait.due > nowMillis) {
        break;
      }
      waits.remove(neighbour);
      if (wait.asked == QUESTIONS) {
        held -= wait.packets.size();
        silent.add(new Silence<>(neighbour, wait.packets));
      } else {
        wait.asked++;
        wait.due = nowMillis + INTERVAL.toMillis();
        waits.put(neighbour, wait);
        wait.question.run();
      }
    }
    return silent;
  }
}
