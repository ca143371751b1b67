package org.midonet.benchmarks.decisions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.midonet.app.rehearsal.Way;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link FirstPacket} and writes the table. Stateless. */
public final class DecisionsBenchmark {
  private static final double WANTED = 100_000;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private DecisionsBenchmark() {}

  /**
   * Runs it.
   *
   * @param args the file for the table, how many rounds are measured, and names of ways; all of
   *     them if there are none
   */
  public static void main(String[] args) throws RunnerException, IOException {
    int rounds = Integer.parseInt(args[1]);
    List<String> ways = new ArrayList<>(List.of(args).subList(2, args.length));
    if (ways.isEmpty()) {
      List.of(Way.values()).forEach(way -> ways.add(way.name()));
    }
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(FirstPacket.class.getName() + "\\.")
        .param("way", ways.toArray(String[]::new))
        .forks(1)
        .warmupIterations(2 * rounds)
        .measurementIterations(rounds)
        .addProfiler(GCProfiler.class);
    String table = table(new Runner(options.build()).run(), rounds);
    Files.writeString(Path.of(args[0]), table);
    System.out.println(table);
  }

  private static String table(Collection<RunResult> results, int rounds) {
    StringBuilder out = new StringBuilder();
    out.append("# First packets decided by one thread\n\n");
    out.append(
        "%s, %d processors, %d rounds of 30,000 connections. `benchmarks/decisions/run` writes this"
            .formatted(
                LocalDate.now(ZoneOffset.UTC), Runtime.getRuntime().availableProcessors(), rounds));
    out.append(
        " file.\nFrom the frame to both flows in the table, and the connection in state and");
    out.append(" file; a datapath that keeps nothing.\n\n");
    out.append("| way | first packets in a second | of the wanted 100,000 | microseconds each |");
    out.append(" octets allocated each |\n|---|--:|--:|--:|--:|\n");
    results.stream()
        .sorted(Comparator.comparing(DecisionsBenchmark::way))
        .forEach(result -> out.append(row(result)));
    return out.toString();
  }

  private static Way way(RunResult result) {
    return Way.valueOf(result.getParams().getParam("way"));
  }

  private static String row(RunResult result) {
    double micros = result.getPrimaryResult().getStatistics().getPercentile(50);
    double rate = 1e6 / micros;
    double octets = Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED)).getScore();
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.2f | %.1f | %,.0f |%n",
        way(result).text(),
        rate,
        rate / WANTED,
        micros,
        octets);
  }
}
