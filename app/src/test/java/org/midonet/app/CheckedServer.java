package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server with the built-in MidoNet, and the commands of {@code midonet db} about it. For one
 * thread.
 */
final class CheckedServer {
  private final Path directory;
  private final String connection;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();

  /**
   * @param directory for all it keeps
   * @param connection of an empty database
   */
  CheckedServer(Path directory, String connection) {
    this.directory = directory;
    this.connection = connection;
  }

  /** Writes a configuration, and brings the database up to date. */
  Path config(String more) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("neutron.conf"),
            """
            [DEFAULT]
            auth_strategy = noauth
            bind_host = 127.0.0.1
            bind_port = 0
            core_plugin = midonet_v2
            service_plugins = midonet_l3
            state_path = %s/var
            [database]
            connection = %s
            [quotas]
            default_quota = -1
            quota_port = -1
            quota_network = -1
            quota_subnet = -1
            quota_security_group = -1
            [MIDONET]
            client = builtin
            cluster_api_port = 0
            %s
            """
                .formatted(directory, connection, more));
    assertThat(midonet(file, "upgrade")).as("%s%s", out, err).isZero();
    return file;
  }

  /** The exit code of a command of {@code midonet db}. */
  int midonet(Path config, String command) {
    out.setLength(0);
    err.setLength(0);
    return Main.execute(out, err, "db", command, "--config-file", config.toString());
  }

  /** What the last command said. */
  String out() {
    return out.toString();
  }

  /** What it complained of. */
  String err() {
    return err.toString();
  }

  ServerProcess start(Path config) throws IOException {
    return ServerProcess.start(config, directory.resolve("errors"));
  }

  /** Loses the topology. */
  void deleteTopology() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("var/zookeeper"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static String create(ServerProcess server, String what, Map<String, ?> fields) {
    ServerProcess.Answer answer =
        server.send("admin", "POST", what.replace('_', '-') + "s", Map.of(what, fields));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return String.valueOf(answer.item(what).get("id"));
  }

  /** A network with a subnet. */
  static String network(ServerProcess server, int number) {
    String network = create(server, "network", Map.of("name", "n" + number));
    create(
        server,
        "subnet",
        Map.of("network_id", network, "ip_version", 4, "cidr", "10.%d.0.0/16".formatted(number)));
    return network;
  }
}
