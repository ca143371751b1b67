package org.midonet.benchmarks.datapath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Measures all ways with all loads in turn and writes the table. For one thread. */
public final class DatapathBenchmark {
  private static final int ROUNDS = 5;
  private static final double SECONDS = 2;

  /** As many as it takes to send more first packets than the agent decides. */
  private static final int SOURCES = 10;

  private final boolean quick;
  private final Set<String> loadsWanted = new HashSet<>();
  private final Set<String> waysWanted = new HashSet<>();
  private final double seconds;
  private final Figures figures = new Figures();

  private DatapathBenchmark(List<String> options) {
    quick = options.contains("--quick");
    seconds = quick ? 1 : SECONDS;
    for (int i = 0; i + 1 < options.size(); i++) {
      switch (options.get(i)) {
        case "--only" -> loadsWanted.add(options.get(i + 1));
        case "--way" -> waysWanted.add(options.get(i + 1));
        default -> {}
      }
    }
  }

  /**
   * Runs it.
   *
   * @param args the source tree, an empty folder, the file of the table, and options as {@code
   *     benchmarks/datapath/run} has them
   */
  public static void main(String[] args) throws IOException {
    List<String> options = List.of(args).subList(3, args.length);
    String table = new DatapathBenchmark(options).run(Path.of(args[0]), Path.of(args[1]));
    System.out.println(table);
    Files.writeString(Path.of(args[2]), table);
  }

  private String run(Path checkout, Path folder) throws IOException {
    Way veth = Wires.veth();
    Way vxlan = Wires.vxlan();
    try (Hosts hosts = Hosts.start(checkout, folder)) {
      Cloud cloud = new Cloud(hosts);
      List<Way> ways = new ArrayList<>(List.of(veth, Wires.bridge(), vxlan));
      String network = cloud.network("10.1.0", false);
      ways.addAll(ways(cloud, network, veth.name(), vxlan.name()));
      ways.removeIf(way -> !isWanted(way));
      int rounds = quick ? 1 : ROUNDS;
      measure(ways, rounds);
      String first = loadsWanted.isEmpty() ? first(cloud, network, veth) : "";
      return new Report(figures, ways, rounds, seconds).text() + first;
    }
  }

  private boolean isWanted(Way way) {
    return waysWanted.isEmpty() || waysWanted.contains(way.name()) || way.peer().equals(way.name());
  }

  private static List<Way> ways(Cloud cloud, String one, String veth, String vxlan) {
    String two = cloud.network("10.2.0", false);
    String guarded = cloud.network("10.3.0", false);
    String external = cloud.network("172.24.4", true);
    cloud.gateway(cloud.router(one, two), external);
    String firewalled = cloud.router(guarded);
    cloud.gateway(firewalled, external);
    cloud.firewall(firewalled);
    Endpoint client = cloud.machine(0, one);
    Endpoint server = cloud.machine(0, one);
    Endpoint far = cloud.machine(1, one);
    Endpoint.ip(far.namespace(), "link set eth0 mtu 1450");
    Endpoint world = cloud.world(external, "172.24.4.1");
    return List.of(
        new Way("network", client, server, veth),
        new Way("routed", client, cloud.machine(0, two), veth),
        new Way("source NAT", client, world, veth),
        new Way("source NAT, firewall of 100 rules", cloud.machine(0, guarded), world, veth),
        new Way("floating IP", world, cloud.floating(external, server), veth),
        new Way("two hosts", client, far, vxlan));
  }

  private void measure(List<Way> ways, int rounds) {
    for (Way way : ways) {
      way.client()
          .run("ping", "-c", "5", "-i", "0.2", "-W", "5", way.server().address().toString());
    }
    loads()
        .forEach((name, load) -> {
          // The first round lets programs compile and counts for nothing.
          for (int round = -1; round < rounds; round++) {
            for (Way way : ways) {
              double value = load.applyAsDouble(way);
              System.err.printf("%s, %s: %,.0f%n", name, way.name(), value);
              if (round >= 0) {
                figures.add(way.name(), name, value);
              }
            }
          }
        });
  }

  private Map<String, ToDoubleFunction<Way>> loads() {
    Load load = new Load(seconds);
    Map<String, ToDoubleFunction<Way>> loads = new LinkedHashMap<>();
    loads.put("tcp", way -> load.tcp(way, 1));
    loads.put("tcp8", way -> load.tcp(way, 8));
    loads.put("udp", load::udp);
    loads.put("requests", load::requests);
    loads.put("connections", load::connections);
    loads.keySet().removeIf(name -> !loadsWanted.isEmpty() && !loadsWanted.contains(name));
    return loads;
  }

  private String first(Cloud cloud, String network, Way veth) {
    FirstPackets packets = new FirstPackets(seconds);
    Endpoint server = cloud.machine(0, network);
    List<Endpoint> clients = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      clients.add(cloud.machine(0, network));
    }
    double rate = packets.rate(clients, server);
    Way way = new Way("first packets", clients.getFirst(), server, veth.name());
    packets.latencies(way); // the agent's code is compiled for this pace, too
    return Report.first(rate, packets.latencies(way), packets.latencies(veth));
  }
}
