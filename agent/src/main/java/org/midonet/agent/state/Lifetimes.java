package org.midonet.agent.state;

import java.time.Duration;

/**
 * How long state lives, by what it is of and how far its connection is. Immutable, safe to share.
 */
record Lifetimes(StateTimeouts timeouts) {
  /** So long a client that makes no connections is remembered with the member it was kept on. */
  static final Duration STICKY = Duration.ofMinutes(10);

  /** How long state lives on after a packet that was decided by it. */
  Duration of(StateKey key, Phase phase) {
    return switch (key) {
      case MacKey mac -> timeouts.mac();
      // That packets reach a neighbour does not prove that it is still there.
      case NeighbourKey neighbour -> Duration.ZERO;
      case MetadataKey metadata -> Duration.ZERO;
      case ConnectionKey connection -> of(phase);
      case TurnKey turn -> Duration.ZERO;
      case NatKey nat -> nat.kind() == NatKey.Kind.STICKY ? STICKY : of(phase);
    };
  }

  private Duration of(Phase phase) {
    return switch (phase) {
      case ACTIVE -> timeouts.idle();
      case ESTABLISHED -> timeouts.established();
      case HALF_CLOSED -> timeouts.halfClosed();
      case CLOSED -> timeouts.closed();
    };
  }

  /** When a neighbour that expires then ought to be asked again. */
  long staleAt(long expiry) {
    return expiry - timeouts.neighbourExpiry().minus(timeouts.neighbourStale()).toMillis();
  }
}
