package org.midonet.topology;

import org.jspecify.annotations.Nullable;

/**
 * A range of transport ports, or of ICMP types or codes, whose bounds may be open. Immutable, safe
 * to share.
 *
 * @param start the lowest that matches, null for no lower bound
 * @param end the highest that matches, null for no upper bound
 */
public record TpRange(@Nullable Integer start, @Nullable Integer end) {

  /** The range of one value. */
  public static TpRange of(int value) {
    return new TpRange(value, value);
  }

  public boolean contains(int value) {
    return (start == null || start <= value) && (end == null || value <= end);
  }
}
