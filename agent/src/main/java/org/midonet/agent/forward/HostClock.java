package org.midonet.agent.forward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * A clock that one agent after the other reads, and that nobody can set: the time since the host
 * was started. Immutable, safe to share.
 *
 * @param boot tells apart from when the host ran before
 * @param millis since then
 */
record HostClock(UUID boot, LongSupplier millis) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path UPTIME = Path.of("/proc/uptime");

  /** The clock of this host; where the system has none, one that ends with the process. */
  static HostClock system() {
    try {
      UUID boot = UUID.fromString(Files.readString(BOOT_ID).strip());
      return new HostClock(boot, HostClock::uptime);
    } catch (IOException | IllegalArgumentException e) {
      return new HostClock(UUID.randomUUID(), StateKeeper::now);
    }
  }

  /** Seconds with two places, as proc_uptime(5) has it. */
  private static long uptime() {
    try {
      String text = Files.readString(UPTIME);
      return (long) (Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1000);
    } catch (IOException e) {
      return 0;
    }
  }
}
