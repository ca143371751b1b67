package org.midonet.neutron.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.server.TestServer;

/** Lists longer than what is read at once. */
final class LongListTest {
  private static final int MANY = 2100;

  @TempDir private Path directory;

  @Test
  void longListIsWholeAndInOrder() {
    try (TestServer server =
        TestServer.start(
            "sqlite:///" + directory.resolve("neutron.db"), Map.of("quotas.quota_network", "-1"))) {
      TestServer.Client admin = server.admin();
      List<String> names = create(admin);
      assertThat(names(admin, "networks?sort_key=name&sort_dir=asc")).isEqualTo(names);
      assertThat(names(admin, "networks?sort_key=name&sort_dir=desc")).isEqualTo(names.reversed());
      assertThat(names(admin, "networks?sort_key=name&sort_dir=asc&limit=2050"))
          .isEqualTo(names.subList(0, 2050));
      assertThat(names(admin, "networks?sort_key=name&sort_dir=asc&limit=1500&page_reverse=True"))
          .isEqualTo(names.subList(MANY - 1500, MANY));
    }
  }

  private static List<String> create(TestServer.Client admin) {
    List<String> names = new ArrayList<>();
    List<Map<String, ?>> networks = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      String name = "n%05d".formatted(i);
      names.add(name);
      networks.add(Map.of("name", name));
    }
    for (int from = 0; from < MANY; from += 700) {
      Map<String, ?> body = Map.of("networks", networks.subList(from, from + 700));
      assertThat(admin.post("networks", body).status()).isEqualTo(201);
    }
    return names;
  }

  private static List<String> names(TestServer.Client admin, String path) {
    return admin.get(path).items().stream().map(n -> String.valueOf(n.get("name"))).toList();
  }
}
