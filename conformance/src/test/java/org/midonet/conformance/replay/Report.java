package org.midonet.conformance.replay;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the outcomes of a replay as a table of differences. */
final class Report {

  private Report() {}

  static String of(List<Replay.Outcome> outcomes) {
    List<Replay.Outcome> different = outcomes.stream().filter(Replay.Outcome::differs).toList();
    String rows = different.stream().map(Report::row).collect(Collectors.joining());
    return "%d of %d recorded answers reproduced%n%n| sample | request | status | differences |%n|---|---|---|---|%n%s"
        .formatted(outcomes.size() - different.size(), outcomes.size(), rows);
  }

  private static String row(Replay.Outcome outcome) {
    Sample sample = outcome.sample();
    String differences =
        outcome.differences().stream()
            .map(difference -> difference.toString().replace('|', '/').replace("\n", "\\n"))
            .collect(Collectors.joining("<br>"));
    return "| %s | %s %s | %d | %s |%n"
        .formatted(sample, sample.method(), sample.path(), outcome.status(), differences);
  }
}
