package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;
import org.midonet.nsdb.EmbeddedZooKeeper;

/**
 * {@code midonet db check} and {@code midonet db repair} as an operator runs them, on each
 * database.
 */
@DatabaseTest
class DbCheckIT {
  @TempDir private Path directory = Path.of("");
  private final TestDatabase database;
  private CheckedServer checked = new CheckedServer(directory, "");

  DbCheckIT(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void start() {
    checked = new CheckedServer(directory, database.another());
  }

  @Test
  void aTopologyThatIsLostIsNamedAndMadeAnew() throws Exception {
    Path config = checked.config("");
    try (ServerProcess server = checked.start(config)) {
      CheckedServer.create(server, "port", Map.of("network_id", CheckedServer.network(server, 1)));
      assertThat(checked.midonet(config, "check")).isEqualTo(2);
      assertThat(checked.err()).contains("another midonet uses the data in").contains("stop it");
    }
    assertThat(checked.midonet(config, "check")).as("%s", checked.out()).isZero();
    assertThat(checked.out()).contains("no difference.");

    checked.deleteTopology();
    assertThat(checked.midonet(config, "check")).isEqualTo(1);
    assertThat(checked.out())
        .contains("C3POState is missing")
        .contains("Network ")
        .contains(" is missing");
    assertThat(checked.midonet(config, "repair")).as("%s", checked.out()).isZero();
    assertThat(checked.out()).contains("All of them are repaired.");
    assertThat(checked.midonet(config, "check")).as("%s", checked.out()).isZero();
    try (ServerProcess server = checked.start(config)) {
      CheckedServer.network(server, 2);
    }
    assertThat(checked.midonet(config, "check")).as("%s", checked.out()).isZero();
  }

  @Test
  void whatNeutronDoesBesideWhatWasAskedForIsToldToo() throws Exception {
    Path config = checked.config("");
    try (ServerProcess server = checked.start(config)) {
      String network = CheckedServer.network(server, 1);
      dhcpPort(server, network);
      delete(server, "subnets", automatic(server, network, 1));
      delete(server, "networks", network);

      network = CheckedServer.network(server, 2);
      String port = CheckedServer.create(server, "port", Map.of("network_id", network));
      String subnet = automatic(server, network, 2);
      assertThat(fixedIps(server, port)).hasSize(2);
      delete(server, "subnets", subnet);
      assertThat(fixedIps(server, port)).hasSize(1);
      dhcpPort(server, network);

      String router = CheckedServer.create(server, "router", Map.of("name", "r"));
      for (int i = 3; i < 5; i++) {
        subnet = automatic(server, network, i);
        assertThat(
                server
                    .send(
                        "admin",
                        "PUT",
                        "routers/" + router + "/add_router_interface",
                        Map.of("subnet_id", subnet))
                    .status())
            .isEqualTo(200);
      }
      assertThat(
              server
                  .send(
                      "admin",
                      "PUT",
                      "routers/" + router + "/remove_router_interface",
                      Map.of("subnet_id", subnet))
                  .status())
          .isEqualTo(200);
      delete(server, "subnets", subnet);
    }
    assertThat(checked.midonet(config, "check")).as("%s", checked.out()).isZero();
  }

  private static String automatic(ServerProcess server, String network, int number) {
    return CheckedServer.create(
        server,
        "subnet",
        Map.of(
            "network_id",
            network,
            "ip_version",
            6,
            "cidr",
            "fd00:%d::/64".formatted(number),
            "ipv6_ra_mode",
            "slaac",
            "ipv6_address_mode",
            "slaac"));
  }

  private static void dhcpPort(ServerProcess server, String network) {
    CheckedServer.create(
        server, "port", Map.of("network_id", network, "device_owner", "network:dhcp"));
  }

  private static void delete(ServerProcess server, String collection, String id) {
    assertThat(server.send("admin", "DELETE", collection + "/" + id, null).status()).isEqualTo(204);
  }

  private static List<?> fixedIps(ServerProcess server, String port) {
    return (List<?>)
        Objects.requireNonNull(
            server.send("admin", "GET", "ports/" + port, null).item("port").get("fixed_ips"));
  }

  @Test
  void onAnEnsembleServersMayRunMeanwhile() throws Exception {
    try (EmbeddedZooKeeper ensemble = EmbeddedZooKeeper.start(directory.resolve("zk"), 0)) {
      Path config = checked.config("zookeeper_hosts = " + ensemble.hosts());
      try (ServerProcess server = checked.start(config)) {
        String network = CheckedServer.network(server, 1);
        List<String> ports = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          ports.add(CheckedServer.create(server, "port", Map.of("network_id", network)));
          assertThat(checked.midonet(config, "check"))
              .as("%s%s", checked.out(), checked.err())
              .isZero();
        }
        tamper(ensemble, ports.getFirst());
        assertThat(checked.midonet(config, "check")).isEqualTo(1);
        assertThat(checked.out()).contains("Port " + ports.getFirst() + " is missing");
        CheckedServer.create(server, "port", Map.of("network_id", network));
        assertThat(checked.midonet(config, "repair"))
            .as("%s%s", checked.out(), checked.err())
            .isZero();
        CheckedServer.create(server, "port", Map.of("network_id", network));
        Awaitility.await()
            .untilAsserted(() -> {
              assertThat(checked.midonet(config, "check")).as("%s", checked.out()).isZero();
              assertThat(checked.out()).doesNotContain("not applied yet");
            });
      }
    }
  }

  /** As if somebody had deleted the znode by hand. */
  private static void tamper(EmbeddedZooKeeper ensemble, String port) throws Exception {
    ZooKeeper zooKeeper = new ZooKeeper(ensemble.hosts(), 30_000, event -> {});
    try {
      ZKUtil.deleteRecursive(zooKeeper, "/midonet/zoom/0/objects/" + port);
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
    assertThat(checked.midonet(config, "check")).isEqualTo(2);
    assertThat(checked.err()).contains("only the topology of the built-in MidoNet can be compared");
  }
}
