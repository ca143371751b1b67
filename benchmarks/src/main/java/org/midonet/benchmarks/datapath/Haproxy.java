package org.midonet.benchmarks.datapath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.packets.Ipv4Address;

/**
 * HAProxy on a host of its own, which a client and servers are cabled to: nothing else is between
 * them. For one thread; what stops it may be another.
 */
final class Haproxy implements AutoCloseable {
  private static final String LONGEST_RUN = "7200";
  private static final long STOP_SECONDS = 10;
  private static final String CLIENTS = "10.9.0.";

  private final Process process;
  private final NetworkNamespace host;
  private final List<Ipv4Address> services;

  private Haproxy(NetworkNamespace host, Process process, List<Ipv4Address> services) {
    this.host = host;
    this.process = process;
    this.services = List.copyOf(services);
  }

  /**
   * Starts it, and returns when it listens.
   *
   * @param folder for its configuration and what it says
   * @param port of it and of the servers, which get turns
   * @param addresses on how many it listens
   */
  static Haproxy start(
      Path folder, Endpoint client, List<Endpoint> servers, int port, int addresses)
      throws IOException {
    NetworkNamespace host = Wires.machine();
    Wires.widenPorts(host);
    join(host, "front", client, CLIENTS);
    List<Ipv4Address> services = new ArrayList<>();
    for (int i = 0; i < addresses; i++) {
      String address = CLIENTS + (100 + i);
      Endpoint.ip(host, "address add " + address + "/24 dev front");
      services.add(Ipv4Address.parse(address));
    }
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < servers.size(); i++) {
      String network = "10.9.%d.".formatted(i + 1);
      join(host, "back" + i, servers.get(i), network);
      lines.append("  server s%d %s2:%d%n".formatted(i, network, port));
    }
    Path config =
        Files.writeString(
            folder.resolve("haproxy.cfg"),
            """
            global
              maxconn 8000
            defaults
              mode tcp
              timeout connect 5s
              timeout client 30s
              timeout server 30s
              maxconn 8000
            listen service
              bind :%d
              balance roundrobin
            %s\
            """
                .formatted(port, lines));
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "timeout",
                    "--kill-after=5",
                    LONGEST_RUN,
                    "haproxy",
                    "-db",
                    "-f",
                    config.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("haproxy.log").toFile());
    Haproxy haproxy = new Haproxy(host, host.call(builder::start), services);
    Runtime.getRuntime().addShutdownHook(new Thread(haproxy::close));
    haproxy.awaitListening(port);
    return haproxy;
  }

  /** Cables a machine's eth1 to the host, at .2 and .1 of a network. */
  private static void join(NetworkNamespace host, String device, Endpoint machine, String network) {
    Wires.cable(host, device, machine.namespace(), "eth1");
    Endpoint.ip(host, "address add " + network + "1/24 dev " + device);
    Endpoint.ip(machine.namespace(), "address add " + network + "2/24 dev eth1");
  }

  private void awaitListening(int port) {
    for (int i = 0; i < 500 && process.isAlive(); i++) {
      if (Endpoint.run(host, "ss", "-Hltn", "sport = :" + port).contains(":" + port)) {
        return;
      }
    }
    close();
    throw new IllegalStateException("haproxy does not listen");
  }

  /** Where clients reach it. */
  List<Ipv4Address> services() {
    return services;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
