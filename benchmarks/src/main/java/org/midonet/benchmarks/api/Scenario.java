package org.midonet.benchmarks.api;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The requests with which a server is measured, in order; not safe to share between threads. */
final class Scenario {

  private static final int BULK = 100;
  private static final int WARM_UP_CLIENTS = 8;

  private final Server server;
  private final Api api;
  private final Plan plan;
  private final List<Row> rows = new ArrayList<>();
  private int counter;

  /**
   * How long to measure.
   *
   * @param warmUp how long port requests of each kind are sent before the first figure
   * @param round how long one round of a figure takes
   * @param rounds how many there are, after one that does not count
   */
  record Plan(Duration warmUp, Duration round, int rounds) {
    /** Medians of three rounds. */
    static final Plan FULL = new Plan(Duration.ofSeconds(10), Duration.ofSeconds(4), 3);

    /** Something to look at soon. */
    static final Plan QUICK = new Plan(Duration.ofSeconds(5), Duration.ofSeconds(1), 1);
  }

  /** By what servers are compared. */
  enum Measure {
    /** Answers per second. */
    RATE,
    /** The median time until the answer. */
    TIME
  }

  /**
   * One measured figure, the median of the rounds.
   *
   * @param what the operation
   * @param measure by what servers are compared
   * @param clients requests under way at any time
   * @param perSecond answers per second
   * @param p50 milliseconds
   * @param p99 milliseconds
   * @param failures answers with a status other than 2xx in all rounds
   */
  record Row(
      String what,
      Measure measure,
      int clients,
      double perSecond,
      double p50,
      double p99,
      int failures) {}

  Scenario(Server server, Api api, Plan plan) {
    this.server = server;
    this.api = api;
    this.plan = plan;
  }

  List<Row> run() throws IOException, InterruptedException {
    String network = network("bench");
    String port = api.post("/ports", port(network)).at("/port/id").stringValue();
    byte[] show = api.request("GET", "/ports/" + port, "");
    warmUp(show);
    for (int clients : new int[] {1, 8, 32}) {
      measure("GET port", Measure.RATE, clients, repeat(show));
    }
    for (int clients : new int[] {1, 8, 32}) {
      measure("POST port", Measure.RATE, clients, creates(network("bench" + clients)));
    }
    String target = network("bulk");
    byte[] bulk =
        api.request("POST", "/ports", bulk("ports", "\"network_id\": \"" + target + "\"", BULK));
    measure("POST " + BULK + " ports at once", Measure.TIME, 1, repeat(bulk));
    measure(
        "PUT port",
        Measure.RATE,
        8,
        generate(number -> api.request("PUT", "/ports/" + port, renamed(number))));
    for (int count : new int[] {1000, 10_000}) {
      server.fillNetworks(api, count);
      measure(
          "GET " + count + " networks",
          Measure.TIME,
          1,
          repeat(api.request("GET", "/networks", "")));
    }
    return rows;
  }

  /** Both servers get used to reading and to writing, as those have that were not just started. */
  private void warmUp(byte[] show) throws IOException, InterruptedException {
    HttpLoad.run(api.address(), WARM_UP_CLIENTS, plan.warmUp(), repeat(show));
    HttpLoad.run(api.address(), WARM_UP_CLIENTS, plan.warmUp(), creates(network("warm-up")));
  }

  private Iterator<byte[]> creates(String network) {
    return generate(number -> api.request("POST", "/ports", port(network)));
  }

  private String network(String name) throws IOException, InterruptedException {
    String id =
        api.post("/networks", "{\"network\": {\"name\": \"%s\"}}".formatted(name))
            .at("/network/id")
            .stringValue();
    api.post(
        "/subnets",
        "{\"subnet\": {\"network_id\": \"%s\", \"ip_version\": 4, \"cidr\": \"10.200.0.0/16\"}}"
            .formatted(id));
    return id;
  }

  private String port(String network) {
    return "{\"port\": {\"network_id\": \"%s\", \"name\": \"p%d\"}}".formatted(network, counter++);
  }

  private static String renamed(int number) {
    return "{\"port\": {\"name\": \"r%d\"}}".formatted(number);
  }

  /** A body that creates several equal resources. */
  static String bulk(String collection, String attributes, int count) {
    return "{\"%s\": [%s]}"
        .formatted(
            collection, String.join(", ", Collections.nCopies(count, "{" + attributes + "}")));
  }

  private static Iterator<byte[]> repeat(byte[] request) {
    return Stream.generate(() -> request).iterator();
  }

  private static Iterator<byte[]> generate(IntFunction<byte[]> request) {
    return IntStream.iterate(0, number -> number + 1).mapToObj(request).iterator();
  }

  /** Runs one round that does not count and takes the medians of the others. */
  private void measure(String what, Measure measure, int clients, Iterator<byte[]> requests)
      throws IOException {
    HttpLoad.run(api.address(), clients, plan.round(), requests);
    var results = new ArrayList<HttpLoad.Result>();
    for (int i = 0; i < plan.rounds(); i++) {
      results.add(HttpLoad.run(api.address(), clients, plan.round(), requests));
    }
    var row =
        new Row(
            what,
            measure,
            clients,
            median(results.stream().map(HttpLoad.Result::perSecond)),
            median(results.stream().map(HttpLoad.Result::p50)),
            median(results.stream().map(HttpLoad.Result::p99)),
            results.stream().mapToInt(HttpLoad.Result::failures).sum());
    System.err.printf("%-10s %s%n", server.name(), row);
    rows.add(row);
  }

  private static double median(Stream<Double> values) {
    List<Double> sorted = values.sorted(Comparator.naturalOrder()).toList();
    return sorted.get(sorted.size() / 2);
  }
}
