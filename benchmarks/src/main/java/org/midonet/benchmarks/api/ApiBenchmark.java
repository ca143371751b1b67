package org.midonet.benchmarks.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures our API server beside the reference server and writes the table of results. {@code
 * benchmarks/api/run} starts keystone and gives the arguments; not safe to share between threads.
 */
public final class ApiBenchmark {

  private ApiBenchmark() {}

  /**
   * What was measured of one server.
   *
   * @param start seconds to the first answer
   * @param idle memory after start
   * @param loaded memory with 10,000 networks
   * @param rows the figures
   */
  record Measured(double start, Memory idle, Memory loaded, List<Scenario.Row> rows) {}

  /**
   * Runs the benchmark.
   *
   * @param arguments project folder, folder of our server's configuration, its port, state folder
   *     of conformance/bin, port of the reference server, URL of keystone, results file, then any
   *     of {@code --ours-only}, {@code --reference-only} and {@code --quick}
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path checkout = Path.of(arguments[0]);
    List<String> options = List.of(arguments).subList(7, arguments.length);
    var ours = new Server.Ours(checkout, Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    var reference =
        new Server.Reference(checkout, Path.of(arguments[3]), Integer.parseInt(arguments[4]));
    Scenario.Plan plan = options.contains("--quick") ? Scenario.Plan.QUICK : Scenario.Plan.FULL;
    var measured = new LinkedHashMap<String, Measured>();
    if (!options.contains("--ours-only")) {
      measured.put(reference.name(), measure(reference, arguments[5], plan));
    }
    if (!options.contains("--reference-only")) {
      measured.put(ours.name(), measure(ours, arguments[5], plan));
    }
    write(Path.of(arguments[6]), measured, plan);
  }

  private static Measured measure(Server server, String keystone, Scenario.Plan plan)
      throws IOException, InterruptedException {
    double start = server.start();
    try {
      Api api = Api.login(server.url(), keystone);
      Memory idle = Memory.of(server.pid());
      List<Scenario.Row> rows = new Scenario(server, api, plan).run();
      return new Measured(start, idle, Memory.of(server.pid()), rows);
    } finally {
      server.stop();
    }
  }

  private static void write(Path file, Map<String, Measured> measured, Scenario.Plan plan)
      throws IOException {
    String report = Report.of(measured, plan);
    Files.writeString(file, report);
    System.out.print(report);
  }
}
