package org.midonet.topology;

/** What becomes of the other end of a binding when an object is deleted. */
public enum OnDelete {
  /** It is deleted too. */
  CASCADE,
  /** It loses the reference. */
  CLEAR,
  /** It forbids the deletion. */
  ERROR
}
