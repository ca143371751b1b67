package org.midonet.topology;

/**
 * Which IP fragments a condition matches.
 *
 * <p>A condition without a policy matches everything when it has no other field either, and
 * unfragmented packets alone when it has (spec/midonet.md 5.6).
 */
public enum FragmentPolicy {
  ANY,
  /** Later fragments, which carry no transport header. */
  NONHEADER,
  /** Unfragmented packets and first fragments. */
  HEADER,
  UNFRAGMENTED
}
