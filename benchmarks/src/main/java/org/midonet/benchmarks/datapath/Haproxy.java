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
  private static final String FRONT = "10.9.0.";
  private static final int FIRST_CLIENT = 10;

  private final Process process;
  private final NetworkNamespace host;

  private Haproxy(NetworkNamespace host, Process process) {
    this.host = host;
    this.process = process;
  }

  /**
   * Starts it, and returns when it listens.
   *
   * @param folder for its configuration and what it says
   * @param port of it and of the servers, which get turns
   */
  static Haproxy start(Path folder, NetworkNamespace client, List<Endpoint> servers, int port)
      throws IOException {
    NetworkNamespace host = Wires.machine();
    join(host, "front", client, FRONT);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < servers.size(); i++) {
      String network = "10.9.%d.".formatted(i + 1);
      join(host, "back" + i, servers.get(i).namespace(), network);
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
    Haproxy haproxy = new Haproxy(host, host.call(builder::start));
    Runtime.getRuntime().addShutdownHook(new Thread(haproxy::close));
    haproxy.awaitListening(port);
    return haproxy;
  }

  /** Cables a machine's eth1 to the host, at .2 and .1 of a network. */
  private static void join(
      NetworkNamespace host, String device, NetworkNamespace machine, String network) {
    Wires.cable(host, device, machine, "eth1");
    Endpoint.ip(host, "address add " + network + "1/24 dev " + device);
    Endpoint.ip(machine, "address add " + network + "2/24 dev eth1");
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
  Ipv4Address service() {
    return Ipv4Address.parse(FRONT + 1);
  }

  /** Gives the client that it is cabled to so many addresses that reach it. */
  static List<Endpoint> clients(NetworkNamespace client, int count) {
    List<Endpoint> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Ipv4Address address = Ipv4Address.parse(FRONT + (FIRST_CLIENT + i));
      Endpoint.ip(client, "address add " + address + "/24 dev eth1");
      clients.add(new Endpoint(client, address));
    }
    return clients;
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
