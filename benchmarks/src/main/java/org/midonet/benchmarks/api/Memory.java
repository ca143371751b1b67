package org.midonet.benchmarks.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process and its descendants occupy, from /proc/PID/smaps_rollup; immutable.
 *
 * @param rss MiB, in which pages shared by processes count for each of them
 * @param pss MiB, in which a shared page counts once in all
 */
record Memory(double rss, double pss) {

  static Memory of(long pid) throws IOException {
    long[] processes =
        Stream.concat(
                ProcessHandle.of(pid).stream(),
                ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants))
            .mapToLong(ProcessHandle::pid)
            .toArray();
    double rss = 0;
    double pss = 0;
    for (long process : processes) {
      for (String line : Files.readAllLines(Path.of("/proc/" + process + "/smaps_rollup"))) {
        if (line.startsWith("Rss:")) {
          rss += mebibytes(line);
        } else if (line.startsWith("Pss:")) {
          pss += mebibytes(line);
        }
      }
    }
    return new Memory(rss, pss);
  }

  private static double mebibytes(String line) {
    return Long.parseLong(line.split("\\s+", 3)[1]) / 1024.0;
  }
}
