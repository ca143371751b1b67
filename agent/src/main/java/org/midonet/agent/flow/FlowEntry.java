package org.midonet.agent.flow;

/**
 * A flow in the table, and what it was last seen to have carried. Not safe to share: {@link
 * FlowTable} guards it.
 */
final class FlowEntry {
  private static final FlowIndex.Link[] NONE = {};

  /** The index puts an equal one here whose tags take less room. */
  Flow flow;

  final long installed;

  private FlowStatistics seen = FlowStatistics.NONE;

  private long seenAt;

  /** The last sweep that found it in the cache. */
  long sweep;

  /** Where the index has it. */
  FlowIndex.Link[] links = NONE;

  FlowEntry(Flow flow, long installed) {
    this.flow = flow;
    this.installed = installed;
    this.seenAt = installed;
  }

  /** Notes what it has carried; whether that is more than before. */
  boolean see(FlowStatistics now, long at) {
    boolean more = now.packets() > seen.packets();
    seen = now;
    seenAt = at;
    return more;
  }

  /** How long it has been idle if it carried nothing since it was seen last. */
  long idleNanos(long now) {
    return seen.idleNanos() + now - seenAt;
  }

  /** What it has carried if that was nothing since it was seen last. */
  FlowStatistics seen(long now) {
    return new FlowStatistics(seen.packets(), seen.bytes(), idleNanos(now), seen.tcpFlags());
  }

  /** What it had carried when it was seen last. */
  FlowStatistics seen() {
    return seen;
  }
}
