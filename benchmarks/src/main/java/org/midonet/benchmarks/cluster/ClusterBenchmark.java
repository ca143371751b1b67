package org.midonet.benchmarks.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.midonet.benchmarks.api.Load;

/**
 * Creates ports on many networks with security groups on a server with the built-in MidoNet, and
 * tells how fast each thousand was, how far the topology was behind, and the memory. {@code
 * benchmarks/cluster/run} gives the arguments; not safe to share between threads.
 */
public final class ClusterBenchmark {
  private static final int NETWORKS = 100;
  private static final int GROUPS = 20;
  private static final int PORTS = 10_000;
  private static final int STEP = 1000;
  private static final int CLIENTS = 8;
  private static final double ENOUGH = 0.8;

  private final Load load;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI midonet;
  private final StringBuilder report = new StringBuilder();

  private ClusterBenchmark(Load load, URI midonet) {
    this.load = load;
    this.midonet = midonet;
  }

  /**
   * Runs the benchmark on a server that was just started.
   *
   * @param arguments root of the Networking API, root of MidoNet's API, the server's process id,
   *     results file
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var benchmark =
        new ClusterBenchmark(
            new Load(URI.create(arguments[0]), Long.parseLong(arguments[2])),
            URI.create(arguments[1]));
    boolean isEnough = benchmark.run();
    Files.writeString(Path.of(arguments[3]), benchmark.report);
    System.exit(isEnough ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    List<String> networks = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < NETWORKS; i++) {
      networks.add(load.network("net" + i, "10.%d.0.0/16".formatted(i)));
    }
    for (int i = 0; i < GROUPS; i++) {
      groups.add(load.create("security-groups", "security_group", "\"name\": \"group" + i + "\""));
    }
    warmUp();
    Iterator<byte[]> ports =
        IntStream.range(0, PORTS)
            .mapToObj(i -> load.port(networks.get(i % NETWORKS), groups.get(i % GROUPS), i))
            .iterator();
    say("| ports | created per second | p50, p99 ms | last in the topology after, ms | MiB RSS |");
    say("|--:|--:|--:|--:|--:|");
    List<Double> rates = new ArrayList<>();
    for (int done = STEP; done <= PORTS; done += STEP) {
      Load.Result result = load.run(CLIENTS, STEP, ports);
      double lag = lag(networks.get(0), groups.get(0));
      rates.add(result.perSecond());
      say(
          String.format(
              Locale.ROOT,
              "| %,d | %,.0f | %.1f, %.1f | %.0f | %.0f |",
              done,
              result.perSecond(),
              result.p50(),
              result.p99(),
              lag,
              load.rss()));
    }
    double ratio = rates.getLast() / rates.getFirst();
    say("");
    say(
        String.format(
            Locale.ROOT,
            "Last thousand / first thousand: %.2f (at least %.1f is wanted).",
            ratio,
            ENOUGH));
    return ratio >= ENOUGH;
  }

  /** Else the first thousand would be slow because the Java machine still compiles. */
  private void warmUp() throws IOException, InterruptedException {
    String network = load.network("warm-up", "10.200.0.0/16");
    String group = load.create("security-groups", "security_group", "\"name\": \"warm-up\"");
    Iterator<byte[]> ports =
        IntStream.range(0, 5 * STEP).mapToObj(i -> load.port(network, group, i)).iterator();
    load.run(CLIENTS, 5 * STEP, ports);
    lag(network, group);
  }

  /** Milliseconds from the answer to one more port until MidoNet has it too. */
  private double lag(String network, String group) throws IOException, InterruptedException {
    String port =
        load.create(
            "ports",
            "port",
            "\"network_id\": \"" + network + "\", \"security_groups\": [\"" + group + "\"]");
    long start = System.nanoTime();
    URI uri = midonet.resolve("/midonet-api/neutron/ports/" + port);
    while (http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
            .statusCode()
        != 200) {
      if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(1)) {
        throw new IOException("the port " + port + " does not come into the topology");
      }
      Thread.sleep(2);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private void say(String line) {
    System.out.println(line);
    report.append(line).append('\n');
  }
}
