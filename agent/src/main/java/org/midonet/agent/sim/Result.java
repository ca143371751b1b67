package org.midonet.agent.sim;

/**
 * How far a packet, or one copy of it, came. Of several copies the one that came furthest counts.
 */
enum Result {
  DROPPED,
  CONSUMED,
  WAITING,
  FORWARDED;

  Result or(Result other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
