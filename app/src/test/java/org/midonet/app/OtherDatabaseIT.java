package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.nsdb.EmbeddedZooKeeper;

/** A topology beside a database that it was not made from. */
class OtherDatabaseIT {
  private static final int MANY = 5;

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
        state_path = %1$s/var
        [database]
        connection = sqlite:///%1$s/neutron.db
        [MIDONET]
        client = builtin
        agent = off
        metrics = false
        cluster_api_port = 0
        %2$s
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

  private static ServerProcess.Answer network(ServerProcess server) {
    return server.send("admin", "POST", "networks", Map.of("network", Map.of("name", "n")));
  }

  private void networks(Path config, int count) throws Exception {
    try (ServerProcess server = start(config)) {
      for (int i = 0; i < count; i++) {
        assertThat(network(server).status()).isEqualTo(201);
      }
    }
  }

  /** A server that ends leaves tasks to the next one. */
  private void followAll(Path config) {
    assertThat(midonet(config, "repair")).as("%s%s", out, err).isZero();
  }

  private void moveDatabase(String from, String to) throws IOException {
    for (String part : List.of("", "-wal", "-shm")) {
      Path file = directory.resolve(from + part);
      Files.deleteIfExists(directory.resolve(to + part));
      if (Files.exists(file)) {
        Files.move(file, directory.resolve(to + part));
      }
    }
  }

  @Test
  void aTopologyOfItsOwnIsMadeThatOfTheDatabase() throws Exception {
    Path config = config("");
    networks(config, MANY);
    followAll(config);
    moveDatabase("neutron.db", "first.db");
    networks(config, 1); // fewer tasks than the topology has followed
    assertThat(midonet(config, "check")).as("%s", out).isZero();

    networks(config, MANY);
    moveDatabase("first.db", "neutron.db"); // as from a backup
    networks(config, 1);
    assertThat(midonet(config, "check")).as("%s", out).isZero();
  }

  @Test
  void aTopologyOnAnEnsembleIsLeftAloneUntilSomebodyDecides() throws Exception {
    try (EmbeddedZooKeeper ensemble = EmbeddedZooKeeper.start(directory.resolve("zk"), 0)) {
      Path config = config("zookeeper_hosts = " + ensemble.hosts());
      networks(config, MANY);
      followAll(config);
      moveDatabase("neutron.db", "first.db");
      try (ServerProcess server = start(config)) {
        ServerProcess.Answer refused = network(server);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().toString())
            .contains("was made from another database")
            .contains("midonet db repair")
            .contains("zookeeper_root_key");
      }
      assertThat(midonet(config, "check")).isEqualTo(1);
      assertThat(out).contains("which is none of this database");
      assertThat(midonet(config, "repair")).as("%s%s", out, err).isZero();
      networks(config, 1);
      assertThat(midonet(config, "check")).as("%s", out).isZero();
    }
  }

  @Test
  void theTopologyOfARealMidonetIsNamedAndLeftAsItIs() throws Exception {
    String object = "/midonet/zoom/0/models/Network/33baf6cd-e968-4bfb-85c1-91f94b193188";
    try (EmbeddedZooKeeper ensemble = EmbeddedZooKeeper.start(directory.resolve("zk"), 0);
        CuratorFramework client =
            CuratorFrameworkFactory.newClient(ensemble.hosts(), new RetryOneTime(100))) {
      client.start();
      client.create().creatingParentsIfNeeded().forPath(object);
      Path config = config("zookeeper_hosts = " + ensemble.hosts());
      try (ServerProcess server = start(config)) {
        ServerProcess.Answer refused = network(server);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().toString())
            .contains("/midonet/zoom/0/models")
            .contains("zookeeper_root_key");
      }
      for (String command : List.of("check", "repair")) {
        assertThat(midonet(config, command)).isEqualTo(2);
        assertThat(err).contains("/midonet/zoom/0/models");
      }
      assertThat(client.getChildren().forPath("/midonet")).containsExactly("zoom");
      assertThat(client.getChildren().forPath("/midonet/zoom/0")).containsExactly("models");
      networks(config("zookeeper_hosts = " + ensemble.hosts() + "\nzookeeper_root_key = /ours"), 1);
      assertThat(client.checkExists().forPath(object)).isNotNull();
    }
  }
}
