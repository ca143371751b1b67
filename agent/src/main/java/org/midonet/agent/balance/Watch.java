package org.midonet.agent.balance;

import java.time.Duration;
import java.util.UUID;
import org.midonet.agent.sim.HealthProber;

/**
 * A member that is to be probed, and how. Immutable, safe to share.
 *
 * @param delay between probes
 * @param timeout of a probe
 * @param maxRetries after so many failures in a row the member is dead
 */
record Watch(
    UUID member,
    HealthProber.Target target,
    int port,
    Kind kind,
    Duration delay,
    Duration timeout,
    int maxRetries) {

  /** What is asked of the member. */
  sealed interface Kind {
    /** Whether it answers an ICMP echo. */
    record Ping() implements Kind {}

    /** Whether it takes a TCP connection. */
    record Tcp() implements Kind {}

    /**
     * Whether it answers a request.
     *
     * @param tls whether by TLS; whose certificate the member has does not matter
     * @param codes the statuses that are well
     */
    record Http(boolean tls, String method, String path, StatusCodes codes) implements Kind {}
  }

  /** How long to wait after a probe; a member in doubt is asked more often, within one delay. */
  Duration pause(boolean inDoubt) {
    return inDoubt ? delay.dividedBy(Math.max(1, maxRetries)) : delay;
  }
}
