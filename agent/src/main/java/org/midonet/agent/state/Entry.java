package org.midonet.agent.state;

/**
 * What is known by a key, or by the two keys of a translation. Not safe to share: {@link
 * LocalState} guards it, but for what never changes and the expiry.
 */
final class Entry {
  /** The expiry of what stays until it is forgotten. */
  static final long NEVER = Long.MAX_VALUE;

  final StateKey key;
  final Object value;
  final Origin origin;
  volatile long expiry;

  /** Where it waits; it may lie about elsewhere from before, and is not meant then. */
  long slot = NEVER;

  /** When peers were told of it, and whether more than once. */
  long told;

  boolean retold;

  /** The key by which a translation's way back is known, and what it is translated to. */
  record WayBack(NatKey key, NatBinding binding) {}

  Entry(StateKey key, Object value, Origin origin, long expiry) {
    this.key = key;
    this.value = value;
    this.origin = origin;
    this.expiry = expiry;
  }

  /** Lets it live longer; it never lives shorter by this. */
  void prolong(long until) {
    expiry = Math.max(expiry, until);
  }
}
