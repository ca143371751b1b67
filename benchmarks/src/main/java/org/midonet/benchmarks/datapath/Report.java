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
    line(out, "# Forwarding: ours beside a cable and what Linux has");
    line(out, "");
    line(
        out,
        "%s, %d processors, medians of %d rounds of %.0f s, all ways in turn in each."
            + " `benchmarks/datapath/run` writes this file.",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        rounds,
        seconds);
    line(
        out,
        "A figure and its ratio to the way that it is compared with in the same round: a veth pair, or"
            + " for two hosts bridges with VXLAN. tcp, tcp8: Mb/s of 1 and 8 streams. udp: frames of 64"
            + " octets that arrive in a second. requests: answers in a second. connections: new ones in"
            + " a second by two clients. Security groups are on.");
    line(out, "");
    line(out, "| way | compared with | %s |", String.join(" | ", loads));
    line(out, "|---|---|%s", "--:|".repeat(loads.size()));
    for (Way way : ways) {
      StringBuilder row = new StringBuilder("| " + way.name() + " | " + way.peer() + " |");
      for (String load : loads) {
        row.append(
            String.format(
                Locale.ROOT,
                " %,.0f, %.2f |",
                figures.median(way.name(), load),
                figures.ratio(way.name(), way.peer(), load)));
      }
      line(out, "%s", row);
    }
    return out.toString();
  }

  /** What became of first packets; latencies in microseconds, sorted. */
  static String first(double rate, long[] ours, long[] cable) {
    StringBuilder out = new StringBuilder();
    line(out, "");
    line(
        out,
        "First packets of flows decided and delivered in a second: %,.0f (wanted: 100,000).",
        rate);
    line(
        out,
        "Time from sending one to receiving it, at 2,000 a second, microseconds p50, p99: %d, %d;"
            + " by the veth pair %d, %d.",
        at(ours, 50),
        at(ours, 99),
        at(cable, 50),
        at(cable, 99));
    return out.toString();
  }

  private static long at(long[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
