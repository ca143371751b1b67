package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.resource.Json;
import org.midonet.nsdb.EmbeddedZooKeeper;

/** {@code midonet db check} and {@code midonet db repair} as an operator runs them. */
class DbCheckIT {
  private static final int NETWORKS = 100;
  private static final int PORTS = 10_000;
  private static final int GROUPS = 20;
  private static final int BULK = 50;

  @TempDir private Path directory;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();

  private Path config(String more) throws IOException {
    return Files.writeString(
        directory.resolve("neutron.conf"),
        """
        [DEFAULT]
        auth_strategy = noauth
        bind_host = 127.0.0.1
        bind_port = 0
        core_plugin = midonet_v2
        service_plugins = midonet_l3
        state_path = %s/var
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
            .formatted(directory, more));
  }

  private int midonet(Path config, String command) {
    out.setLength(0);
    err.setLength(0);
    return Main.execute(out, err, "db", command, "--config-file", config.toString());
  }

  private ServerProcess start(Path config) throws IOException {
    return ServerProcess.start(config, directory.resolve("errors"));
  }

  private static String create(ServerProcess server, String what, Map<String, ?> fields) {
    ServerProcess.Answer answer =
        server.send("admin", "POST", what.replace('_', '-') + "s", Map.of(what, fields));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return String.valueOf(answer.item(what).get("id"));
  }

  private static String network(ServerProcess server, int number) {
    String network = create(server, "network", Map.of("name", "n" + number));
    create(
        server,
        "subnet",
        Map.of("network_id", network, "ip_version", 4, "cidr", "10.%d.0.0/16".formatted(number)));
    return network;
  }

  @Test
  void aTopologyThatIsLostIsNamedAndMadeAnew() throws Exception {
    Path config = config("");
    try (ServerProcess server = start(config)) {
      create(server, "port", Map.of("network_id", network(server, 1)));
      assertThat(midonet(config, "check")).isEqualTo(2);
      assertThat(err).contains("another midonet uses the data in").contains("stop it");
    }
    assertThat(midonet(config, "check")).as("%s", out).isZero();
    assertThat(out).contains("no difference.");

    delete(directory.resolve("var/zookeeper"));
    assertThat(midonet(config, "check")).isEqualTo(1);
    assertThat(out).contains("C3POState is missing").contains("Network ").contains(" is missing");
    assertThat(midonet(config, "repair")).as("%s", out).isZero();
    assertThat(out).contains("All of them are repaired.");
    assertThat(midonet(config, "check")).as("%s", out).isZero();
    try (ServerProcess server = start(config)) {
      network(server, 2);
    }
    assertThat(midonet(config, "check")).as("%s", out).isZero();
  }

  @Test
  void onAnEnsembleServersMayRunMeanwhile() throws Exception {
    try (EmbeddedZooKeeper ensemble = EmbeddedZooKeeper.start(directory.resolve("zk"), 0)) {
      Path config = config("zookeeper_hosts = " + ensemble.hosts());
      try (ServerProcess server = start(config)) {
        String network = network(server, 1);
        List<String> ports = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          ports.add(create(server, "port", Map.of("network_id", network)));
          assertThat(midonet(config, "check")).as("%s%s", out, err).isZero();
        }
        tamper(ensemble, ports.getFirst());
        assertThat(midonet(config, "check")).isEqualTo(1);
        assertThat(out).contains("Port " + ports.getFirst() + " is missing");
        create(server, "port", Map.of("network_id", network));
        assertThat(midonet(config, "repair")).as("%s%s", out, err).isZero();
        create(server, "port", Map.of("network_id", network));
        Awaitility.await()
            .untilAsserted(() -> {
              assertThat(midonet(config, "check")).as("%s", out).isZero();
              assertThat(out.toString()).doesNotContain("not applied yet");
            });
      }
    }
  }

  /** As if somebody had deleted the znode by hand. */
  private static void tamper(EmbeddedZooKeeper ensemble, String port) throws Exception {
    ZooKeeper zooKeeper = new ZooKeeper(ensemble.hosts(), 30_000, event -> {});
    try {
      ZKUtil.deleteRecursive(zooKeeper, "/midonet/zoom/0/models/Port/" + port);
    } finally {
      zooKeeper.close();
    }
  }

  @Test
  void anotherMidonetCannotBeCompared() throws Exception {
    Path config = directory.resolve("neutron.conf");
    Files.writeString(
        config,
        "[DEFAULT]\ncore_plugin = midonet_v2\nstate_path = %s\n[MIDONET]\nmidonet_uri = http://127.0.0.1:1/\nclient = midonet.neutron.client.api.MidonetApiClient\n"
            .formatted(directory));
    assertThat(midonet(config, "check")).isEqualTo(2);
    assertThat(err).contains("only the topology of the built-in MidoNet can be compared");
  }

  @Test
  @Tag("heavy")
  void tenThousandPortsAreRepairedFromNothingWithinAMinute() throws Exception {
    Path config = config("");
    try (ServerProcess server = start(config)) {
      fill(server);
    }
    delete(directory.resolve("var/zookeeper"));

    long begun = System.nanoTime();
    assertThat(midonet(config, "repair")).isZero();
    long repaired = System.nanoTime();
    assertThat(midonet(config, "check")).isZero();
    long checked = System.nanoTime();

    System.out.printf(
        "repair of %s ports: %.1f s, check: %.1f s, heap in use %d MiB; %s%n",
        PORTS,
        (repaired - begun) / 1e9,
        (checked - repaired) / 1e9,
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
        out.toString().strip());
    assertThat(repaired - begun).isLessThan(60_000_000_000L);
  }

  private static void fill(ServerProcess server) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      groups.add(create(server, "security_group", Map.of("name", "g" + i)));
    }
    for (int i = 0; i < NETWORKS; i++) {
      String network = network(server, i);
      for (int from = 0; from < PORTS / NETWORKS; from += BULK) {
        List<Map<String, ?>> ports = new ArrayList<>();
        for (int j = 0; j < BULK; j++) {
          String group = groups.get((from + j) % GROUPS);
          ports.add(Map.of("network_id", network, "security_groups", List.of(group)));
        }
        ServerProcess.Answer answer = server.send("admin", "POST", "ports", Map.of("ports", ports));
        assertThat(answer.status()).as("%s", Json.write(answer.body())).isEqualTo(201);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
