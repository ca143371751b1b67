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

  private final Server server;
  private final Api api;
  private final Duration round;
  private final int rounds;
  private final List<Row> rows = new ArrayList<>();
  private int counter;

  /**
   * One measured figure, the median of the rounds.
   *
   * @param what the operation
   * @param clients requests under way at any time
   * @param perSecond answers per second
   * @param p50 milliseconds
   * @param p99 milliseconds
   * @param failures answers with a status other than 2xx in all rounds
   */
  record Row(String what, int clients, double perSecond, double p50, double p99, int failures) {}

  Scenario(Server server, Api api, Duration round, int rounds) {
    this.server = server;
    this.api = api;
    this.round = round;
    this.rounds = rounds;
  }

  List<Row> run() throws IOException, InterruptedException {
    String network = network("bench");
    String port = api.post("/ports", port(network)).at("/port/id").stringValue();
    for (int clients : new int[] {1, 8, 32}) {
      measure("GET port", clients, repeat(api.request("GET", "/ports/" + port, "")));
    }
    for (int clients : new int[] {1, 8, 32}) {
      String target = network("bench" + clients);
      measure(
          "POST port", clients, generate(number -> api.request("POST", "/ports", port(target))));
    }
    String target = network("bulk");
    byte[] bulk =
        api.request("POST", "/ports", bulk("ports", "\"network_id\": \"" + target + "\"", BULK));
    measure("POST " + BULK + " ports at once", 1, repeat(bulk));
    measure(
        "PUT port", 8, generate(number -> api.request("PUT", "/ports/" + port, renamed(number))));
    for (int count : new int[] {1000, 10_000}) {
      server.fillNetworks(api, count);
      measure("GET " + count + " networks", 1, repeat(api.request("GET", "/networks", "")));
    }
    return rows;
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

  /** Runs one round to warm up and takes the medians of the others. */
  private void measure(String what, int clients, Iterator<byte[]> requests) throws IOException {
    HttpLoad.run(api.address(), clients, round, requests);
    var results = new ArrayList<HttpLoad.Result>();
    for (int i = 0; i < rounds; i++) {
      results.add(HttpLoad.run(api.address(), clients, round, requests));
    }
    var row =
        new Row(
            what,
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
