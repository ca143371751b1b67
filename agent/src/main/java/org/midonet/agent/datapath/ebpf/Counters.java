package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.midonet.agent.datapath.DatapathCounters;

/** The program's counters, one for each processor. Safe to share. */
final class Counters {
  static final int COUNT = 10;

  private final BpfMap map;
  private final int processors = possibleProcessors();

  Counters(BpfMap map) {
    this.map = map;
  }

  DatapathCounters read() {
    long[] sums = new long[COUNT];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(4, 4);
      MemorySegment values = arena.allocate(8L * processors, 8);
      for (int i = 0; i < COUNT; i++) {
        key.set(JAVA_INT, 0, i);
        map.lookup(key, values);
        for (int cpu = 0; cpu < processors; cpu++) {
          sums[i] += values.get(JAVA_LONG, 8L * cpu);
        }
      }
    }
    return new DatapathCounters(
        sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], sums[8], sums[9]);
  }

  /** The kernel copies a value for each processor that there could be, as {@code 0-3,8}. */
  private static int possibleProcessors() {
    try {
      String text = Files.readString(Path.of("/sys/devices/system/cpu/possible")).strip();
      String last = text.substring(text.lastIndexOf(',') + 1);
      return Integer.parseInt(last.substring(last.lastIndexOf('-') + 1)) + 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
