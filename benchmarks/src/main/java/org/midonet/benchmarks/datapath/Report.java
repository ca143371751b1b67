package org.midonet.benchmarks.datapath;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The table. Immutable, safe to share. */
record Report(Figures figures, List<Way> ways, int rounds, double seconds) {
  String text() {
    Set<String> loads = figures.loads();
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            """
            # Forwarding: ours beside a cable and what Linux has

            %s, %d processors, medians of %d rounds of %.0f s, all ways in turn in each. `benchmarks/datapath/run` writes this file.
            A figure and its ratio to the way that it is compared with in the same round: a veth pair, or for two hosts bridges with VXLAN.
            tcp, tcp8: Mb/s of 1 and 8 streams. udp: frames of 64 octets that arrive in a second. requests: answers in a second.
            connections: new ones in a second by two clients. Security groups are on.

            """,
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            rounds,
            seconds));
    out.append("| way | compared with | ").append(String.join(" | ", loads)).append(" |\n");
    out.append("|---|---|").append("--:|".repeat(loads.size())).append('\n');
    for (Way way : ways) {
      out.append("| ").append(way.name()).append(" | ").append(way.peer()).append(" |");
      for (String load : loads) {
        double median = figures.median(way.name(), load);
        double ratio = figures.ratio(way.name(), way.peer(), load);
        out.append(String.format(Locale.ROOT, " %,.0f, %.2f |", median, ratio));
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** What became of first packets; latencies in microseconds, sorted. */
  static String first(double rate, long[] ours, long[] cable) {
    return String.format(
        Locale.ROOT,
        """

        First packets of flows decided and delivered in a second: %,.0f (wanted: 100,000).
        Time from sending one to receiving it, at 2,000 a second, microseconds p50, p99: %d, %d; by the veth pair %d, %d.
        """,
        rate,
        at(ours, 50),
        at(ours, 99),
        at(cable, 50),
        at(cable, 99));
  }

  private static long at(long[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
