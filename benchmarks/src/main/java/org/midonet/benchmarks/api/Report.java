package org.midonet.benchmarks.api;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what was measured as a table with ratios. */
final class Report {

  private static final String NOTHING = "-";

  private Report() {}

  static String of(Map<String, ApiBenchmark.Measured> measured, Scenario.Plan plan) {
    ApiBenchmark.@Nullable Measured ours = measured.get("ours");
    ApiBenchmark.@Nullable Measured reference = measured.get("reference");
    var lines = new ArrayList<String>(head(plan));
    lines.add("");
    lines.add(
        "| what | clients | reference | ours | ratio | reference p50, p99 ms | ours p50, p99 ms |");
    lines.add("|---|--:|--:|--:|--:|--:|--:|");
    List<Scenario.Row> rows = (ours != null ? ours : measured.values().iterator().next()).rows();
    for (int i = 0; i < rows.size(); i++) {
      lines.add(
          row(
              reference == null ? null : reference.rows().get(i),
              ours == null ? null : ours.rows().get(i)));
    }
    lines.add("");
    lines.add("| what | reference | ours | ratio |");
    lines.add("|---|--:|--:|--:|");
    lines.add(figure("first 200 after start, s", reference, ours, ApiBenchmark.Measured::start));
    lines.add(figure("memory at rest, MiB PSS", reference, ours, each -> each.idle().pss()));
    lines.add(
        figure(
            "memory with 10,000 networks, MiB PSS", reference, ours, each -> each.loaded().pss()));
    lines.add(
        figure(
            "memory with 10,000 networks, MiB RSS", reference, ours, each -> each.loaded().rss()));
    lines.add("");
    return String.join("\n", lines);
  }

  private static List<String> head(Scenario.Plan plan) {
    String rounds =
        plan.rounds() == 1
            ? "one round of %d s for each figure".formatted(plan.round().toSeconds())
            : "medians of %d rounds of %d s".formatted(plan.rounds(), plan.round().toSeconds());
    return List.of(
        "# Networking API: ours beside the reference server",
        "",
        "%s, %d processors, %s. `benchmarks/api/run` writes this file."
            .formatted(
                LocalDate.now(ZoneOffset.UTC), Runtime.getRuntime().availableProcessors(), rounds),
        "Reference: neutron-server 21 of Debian, api_workers = 2, MariaDB. Ours: SQLite, every commit"
            + " on disk.",
        "Both with the same keystone and the same driver, and both warmed up alike: GET and POST port"
            + " for %d s each, then a round of each figure that does not count."
                .formatted(plan.warmUp().toSeconds()),
        "Ratios are of what stands left of them, answers per second or median times; more is better."
            + " * marks failed requests.");
  }

  private static String row(Scenario.@Nullable Row reference, Scenario.@Nullable Row ours) {
    Scenario.Row any = ours != null ? ours : reference;
    if (any == null) {
      throw new IllegalArgumentException("nothing was measured");
    }
    String ratio = ours != null && reference != null ? number(ratio(reference, ours)) : NOTHING;
    return "| %s | %d | %s | %s | %s | %s | %s |"
        .formatted(
            any.what(),
            any.clients(),
            value(reference),
            value(ours),
            ratio,
            times(reference),
            times(ours));
  }

  private static double ratio(Scenario.Row reference, Scenario.Row ours) {
    return switch (ours.measure()) {
      case RATE -> ours.perSecond() / reference.perSecond();
      case TIME -> reference.p50() / ours.p50();
    };
  }

  private static String value(Scenario.@Nullable Row row) {
    if (row == null) {
      return NOTHING;
    }
    String value =
        switch (row.measure()) {
          case RATE -> number(row.perSecond()) + "/s";
          case TIME -> number(row.p50()) + " ms";
        };
    return value + (row.failures() > 0 ? "*" : "");
  }

  private static String times(Scenario.@Nullable Row row) {
    return row == null ? NOTHING : number(row.p50()) + ", " + number(row.p99());
  }

  private interface Figure {
    double of(ApiBenchmark.Measured measured);
  }

  private static String figure(
      String what,
      ApiBenchmark.@Nullable Measured reference,
      ApiBenchmark.@Nullable Measured ours,
      Figure figure) {
    String theirs = reference == null ? NOTHING : number(figure.of(reference));
    String own = ours == null ? NOTHING : number(figure.of(ours));
    String ratio =
        ours != null && reference != null
            ? number(figure.of(reference) / figure.of(ours))
            : NOTHING;
    return "| %s | %s | %s | %s |".formatted(what, theirs, own, ratio);
  }

  /** Three significant digits. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return NOTHING;
    }
    int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
