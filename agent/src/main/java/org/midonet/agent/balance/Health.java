package org.midonet.agent.balance;

import org.jspecify.annotations.Nullable;
import org.midonet.topology.LbStatus;

/**
 * What a member's probes said. Immutable, safe to share.
 *
 * @param status null while nothing is proven
 * @param failures in a row, until they count no more
 */
record Health(@Nullable LbStatus status, int failures) {
  static final Health UNKNOWN = new Health(null, 0);

  /** After one more probe: one that is answered is enough, failures must be several. */
  Health after(boolean answered, int maxRetries) {
    if (answered) {
      return new Health(LbStatus.ACTIVE, 0);
    }
    int now = Math.min(failures + 1, maxRetries);
    return new Health(now >= maxRetries ? LbStatus.INACTIVE : status, now);
  }

  /** Whether it is failing but not yet dead. */
  boolean isInDoubt() {
    return failures > 0 && status != LbStatus.INACTIVE;
  }
}
