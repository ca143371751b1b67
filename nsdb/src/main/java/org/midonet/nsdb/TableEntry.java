package org.midonet.nsdb;

/**
 * An entry of a state table. Immutable, safe to share.
 *
 * <p>For one key a learned entry hides a persistent one, and of several learned ones the highest
 * version counts (spec/midonet.md 1.2).
 *
 * @param version {@link #PERSISTENT}, or the place of a learned entry in the order of learning
 */
public record TableEntry<K, V>(K key, V value, int version) {
  /** The version of entries that were configured, not learned. */
  public static final int PERSISTENT = Integer.MAX_VALUE;

  /** Whether it was configured; otherwise it was learned and goes with its owner's session. */
  public boolean isPersistent() {
    return version == PERSISTENT;
  }

  /** Whether this entry counts rather than another one of the same key. */
  boolean hides(TableEntry<K, V> other) {
    if (isPersistent() != other.isPersistent()) {
      return other.isPersistent();
    }
    return isPersistent()
        ? value.toString().compareTo(other.value.toString()) < 0
        : version > other.version;
  }

  /** The name of its znode: {@code key,value,version} with ten digits of version. */
  String znode() {
    return "%s,%s,%010d".formatted(key, value, version);
  }
}
