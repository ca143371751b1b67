package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.resource.Json;

/** How long {@code midonet db repair} takes for a large cloud. */
class RepairAtScaleIT {
  private static final int NETWORKS = 100;
  private static final int PORTS = 10_000;
  private static final int GROUPS = 20;
  private static final int BULK = 50;

  @TempDir private Path directory;

  @Test
  @Tag("heavy")
  void tenThousandPortsAreRepairedFromNothingWithinAMinute() throws Exception {
    CheckedServer checked = new CheckedServer(directory, "sqlite:///" + directory + "/neutron.db");
    Path config = checked.config("");
    try (ServerProcess server = checked.start(config)) {
      fill(server);
    }
    checked.deleteTopology();

    long begun = System.nanoTime();
    assertThat(checked.midonet(config, "repair")).isZero();
    long repaired = System.nanoTime();
    assertThat(checked.midonet(config, "check")).isZero();
    long compared = System.nanoTime();

    System.out.printf(
        "repair of %s ports: %.1f s, check: %.1f s, heap in use %d MiB; %s%n",
        PORTS,
        (repaired - begun) / 1e9,
        (compared - repaired) / 1e9,
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
        checked.out().strip());
    assertThat(repaired - begun).isLessThan(60_000_000_000L);
  }

  private static void fill(ServerProcess server) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      groups.add(CheckedServer.create(server, "security_group", Map.of("name", "g" + i)));
    }
    for (int i = 0; i < NETWORKS; i++) {
      String network = CheckedServer.network(server, i);
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
}
