package org.midonet.agent.state;

import java.time.Duration;

/**
 * How long state outlives its last use. Immutable, safe to share.
 *
 * @param idle of connections and translations (spec/midonet.md 5.7)
 * @param imported of those that a peer told of, until they are used here
 * @param established of TCP connections that are known to be established (RFC 5382 section 5)
 * @param halfClosed of TCP connections that one side has ended (RFC 5382 REQ-5)
 * @param closed of TCP connections that are known to be over
 * @param reserved of ports that were given out for a packet that never left
 * @param mac of learned MACs after their last flow
 * @param neighbourStale when a router asks for a neighbour again
 * @param neighbourExpiry when a router forgets a neighbour
 */
public record StateTimeouts(
    Duration idle,
    Duration imported,
    Duration established,
    Duration halfClosed,
    Duration closed,
    Duration reserved,
    Duration mac,
    Duration neighbourStale,
    Duration neighbourExpiry) {
  public static final StateTimeouts DEFAULT =
      new StateTimeouts(
          Duration.ofSeconds(60),
          Duration.ofSeconds(90),
          Duration.ofMinutes(124),
          Duration.ofMinutes(4),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(90));
}
