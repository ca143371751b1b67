package org.midonet.agent.flow;

import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * What forwards by flows. Safe to share between threads.
 *
 * <p>It is a cache: a flow that it lost is a packet that comes up again.
 */
public interface FlowCache {

  /**
   * Forwards by a flow from now on, replacing one of the same key with its statistics.
   *
   * @return false if there is no room
   */
  boolean install(FlowKey key, Actions actions);

  /** Forgets flows; keys that are not there do no harm. */
  void remove(Collection<FlowKey> keys);

  /** Forgets all flows at once, and lets no packet go by those of templates. */
  void removeAll();

  /**
   * Visits all flows that it holds, in no order; those that come and go meanwhile may be missed.
   */
  default void forEach(BiConsumer<FlowKey, FlowStatistics> visitor) {
    forEach(Long.MAX_VALUE, visitor);
  }

  /**
   * The same, for flows of which a packet came lately alone.
   *
   * @param idleNanos how long ago that may be at most; being installed counts as a packet
   */
  void forEach(long idleNanos, BiConsumer<FlowKey, FlowStatistics> visitor);
}
