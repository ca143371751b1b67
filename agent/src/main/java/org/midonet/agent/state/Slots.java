package org.midonet.agent.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Things by the second in which they are to be looked at. Not safe to share. */
final class Slots<T> {
  private static final long MILLIS = 1000;

  private final TreeMap<Long, List<T>> slots = new TreeMap<>();

  static long slot(long millis) {
    return Math.floorDiv(millis, MILLIS);
  }

  void add(long slot, T thing) {
    slots.computeIfAbsent(slot, _ -> new ArrayList<>()).add(thing);
  }

  /** Takes out what is in slots up to a time; the visitor may add again. */
  void take(long millis, BiConsumer<Long, T> visitor) {
    Map<Long, List<T>> due = slots.headMap(slot(millis), true);
    Map<Long, List<T>> taken = new TreeMap<>(due);
    due.clear();
    taken.forEach((slot, things) -> things.forEach(thing -> visitor.accept(slot, thing)));
  }
}
