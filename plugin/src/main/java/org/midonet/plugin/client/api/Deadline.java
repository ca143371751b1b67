package org.midonet.plugin.client.api;

import java.time.Duration;

/** The moment by which a call must be over. Immutable, safe to share between threads. */
record Deadline(long nanoTime) {

  static Deadline after(Duration bound) {
    return new Deadline(System.nanoTime() + bound.toNanos());
  }

  /** Nanoseconds that are left; zero or less when the moment has passed. */
  long remaining() {
    return nanoTime - System.nanoTime();
  }
}
