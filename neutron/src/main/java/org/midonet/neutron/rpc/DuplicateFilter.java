package org.midonet.neutron.rpc;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Remembers the ids of the last messages, as many as oslo.messaging does; safe to share between
 * threads.
 */
final class DuplicateFilter {
  /** How many ids a receiver remembers. */
  static final int REMEMBERED = 16;

  private final Deque<String> ids = new ArrayDeque<>();

  /** Whether the message is new; remembers it. */
  synchronized boolean accept(String uniqueId) {
    if (ids.contains(uniqueId)) {
      return false;
    }
    if (ids.size() == REMEMBERED) {
      ids.removeFirst();
    }
    ids.addLast(uniqueId);
    return true;
  }
}
