package org.midonet.benchmarks.datapath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.packets.Ipv4Address;

/**
 * Measures connections through a VIP beside HAProxy, in turn, and writes the table. For one thread.
 */
public final class LoadBalancerBenchmark {
  private static final int ROUNDS = 7;
  private static final int WARMING_ROUNDS = 3;
  private static final double SECONDS = 3;
  private static final int SERVERS = 3;

  private static final int CLIENTS = 16;

  private static final String OURS = "VIP";
  private static final String HAPROXY = "HAProxy";
  private static final String LOAD = "connections";

  private final int rounds;
  private final double seconds;
  private final Figures figures = new Figures();
  private final List<Long> failures = new ArrayList<>();

  private LoadBalancerBenchmark(boolean quick) {
    rounds = quick ? 1 : ROUNDS;
    seconds = quick ? 1 : SECONDS;
  }

  /**
   * Runs it.
   *
   * @param args the source tree, an empty folder, the file of the table, and {@code --quick} for
   *     one round of a second
   */
  public static void main(String[] args) throws IOException {
    boolean quick = List.of(args).contains("--quick");
    String table = new LoadBalancerBenchmark(quick).run(Path.of(args[0]), Path.of(args[1]));
    System.out.println(table);
    Files.writeString(Path.of(args[2]), table);
  }

  private String run(Path checkout, Path folder) throws IOException {
    try (Hosts hosts = Hosts.start(checkout, folder, false)) {
      Cloud cloud = new Cloud(hosts);
      String inside = cloud.network("10.1.0", false);
      String front = cloud.network("10.2.0", false);
      cloud.router(inside, front);
      List<Endpoint> clients = cloud.machineOf(CLIENTS, front);
      NetworkNamespace client = clients.getFirst().namespace();
      List<Endpoint> servers = new ArrayList<>();
      for (int i = 0; i < SERVERS; i++) {
        servers.add(cloud.machine(0, inside));
        Visitors.serve(servers.getLast().namespace());
      }
      Ipv4Address vip = cloud.vip(front, Visitors.PORT, inside, servers);
      // It answers as soon as the agent knows of it.
      Endpoint.run(client, "ping", "-c", "1", "-w", "20", vip.toString());
      try (Haproxy haproxy = Haproxy.start(folder, client, servers, Visitors.PORT)) {
        List<Endpoint> beside = Haproxy.clients(client, CLIENTS);
        measure(
            new Visitors(clients, vip, seconds), new Visitors(beside, haproxy.service(), seconds));
      }
    }
    return text();
  }

  private void measure(Visitors ours, Visitors theirs) {
    for (int round = -WARMING_ROUNDS; round < rounds; round++) {
      double there = theirs.connections();
      double here = ours.connections();
      System.err.printf(
          Locale.ROOT,
          "round %d: HAProxy %,.0f, VIP %,.0f, %.2f%n",
          round,
          there,
          here,
          here / there);
      if (round >= 0) {
        figures.add(HAPROXY, LOAD, there);
        figures.add(OURS, LOAD, here);
      }
    }
    failures.addAll(List.of(theirs.failures(), ours.failures()));
  }

  private String text() {
    return String.format(
        Locale.ROOT,
        """
        # Load balancing: a VIP beside HAProxy

        %s, %d processors, medians of %d rounds of %.0f s, both in turn in each; %d before them do not count.
        `benchmarks/loadbalancer/run` writes this file.

        | | connections in a second | that failed |
        |---|--:|--:|
        | HAProxy of Debian, TCP mode | %,.0f | %d |
        | VIP | %,.0f | %d |
        | ratio, median of the rounds' (wanted: 2) | %.2f | |
        """,
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        rounds,
        seconds,
        WARMING_ROUNDS,
        figures.median(HAPROXY, LOAD),
        failures.get(0),
        figures.median(OURS, LOAD),
        failures.get(1),
        figures.ratio(OURS, HAPROXY, LOAD));
  }
}
