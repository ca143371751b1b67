package org.midonet.agent.forward;

import java.util.function.LongSupplier;
import org.midonet.agent.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that packets are lost by failures, in one line a second however many they are.
 * Confined to the packet loop.
 */
final class Losses {
  private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
  private static final long INTERVAL_MILLIS = 1000;

  private final LongSupplier millis;
  private long last = Long.MIN_VALUE;
  private long unsaid;
  private long lines;

  Losses(LongSupplier millis) {
    this.millis = millis;
  }

  /** Notes a loss. What the system refused, as for want of room, needs no stack trace. */
  void add(Object packet, RuntimeException why) {
    long now = millis.getAsLong();
    if (last != Long.MIN_VALUE && now - last < INTERVAL_MILLIS) {
      unsaid++;
      return;
    }
    last = now;
    lines++;
    if (why instanceof LinuxException) {
      LOG.warn("A packet is lost ({} before it): {}: {}", unsaid, packet, why.getMessage());
    } else {
      LOG.error("A packet is lost ({} before it): {}", unsaid, packet, why);
    }
    unsaid = 0;
  }

  /** How many lines were written. */
  long lines() {
    return lines;
  }

  /** How many losses the next line will tell of beside its own. */
  long unsaid() {
    return unsaid;
  }
}
