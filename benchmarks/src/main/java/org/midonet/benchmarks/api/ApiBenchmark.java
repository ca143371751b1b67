package org.midonet.benchmarks.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    boolean quick = options.contains("--quick");
    var measured = new LinkedHashMap<String, Measured>();
    if (!options.contains("--ours-only")) {
      measured.put(reference.name(), measure(reference, arguments[5], quick));
    }
    if (!options.contains("--reference-only")) {
      measured.put(ours.name(), measure(ours, arguments[5], quick));
    }
    write(Path.of(arguments[6]), measured, quick);
  }

  private static Measured measure(Server server, String keystone, boolean quick)
      throws IOException, InterruptedException {
    double start = server.start();
    try {
      Api api = Api.login(server.url(), keystone);
      Memory idle = Memory.of(server.pid());
      var scenario = new Scenario(server, api, Duration.ofSeconds(quick ? 1 : 4), quick ? 1 : 3);
      List<Scenario.Row> rows = scenario.run();
      return new Measured(start, idle, Memory.of(server.pid()), rows);
    } finally {
      server.stop();
    }
  }

  private static void write(Path file, Map<String, Measured> measured, boolean quick)
      throws IOException {
    String report = Report.of(measured, quick);
    Files.writeString(file, report);
    System.out.print(report);
  }
}
