package org.midonet.neutron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of [DEFAULT] that change the whole API, each off or set. */
final class OptionsTest {
  @TempDir private Path directory;

  @Test
  void optionsOfTheApiHaveTheirEffect() {
    Map<String, String> options =
        Map.of(
            "DEFAULT.allow_bulk", "false",
            "DEFAULT.filter_validation", "false",
            "DEFAULT.pagination_max_limit", "1",
            "DEFAULT.network_link_prefix", "https://api.example.org/net");
    try (TestServer server = start(options)) {
      TestServer.Client admin = server.admin();
      TestServer.Answer bulk = admin.post("networks", Map.of("networks", List.of(Map.of())));
      assertThat(bulk.status()).isEqualTo(400);
      assertThat(bulk.errorMessage()).isEqualTo("Bulk operation not supported");
      admin.create("networks", "network", Map.of("name", "one"));
      admin.create("networks", "network", Map.of("name", "two"));
      TestServer.Answer list = admin.get("networks?nonsense=1");
      assertThat(list.status()).isEqualTo(200);
      assertThat((List<?>) list.body().get("networks")).hasSize(1);
      assertThat(String.valueOf(Objects.requireNonNull(list.body().get("networks_links"))))
          .contains("https://api.example.org/net/v2.0/networks?nonsense=1&marker=");
      assertThat(admin.get("extensions/filter-validation").status()).isEqualTo(404);
    }
  }

  @Test
  void withoutOptionsPagesHaveNoLimitAndUnknownFiltersAreRefused() {
    try (TestServer server = start(Map.of("DEFAULT.pagination_max_limit", "infinite"))) {
      TestServer.Client admin = server.admin();
      admin.post("networks", Map.of("networks", List.of(Map.of(), Map.of())));
      assertThat(admin.get("networks").items()).hasSize(2);
      assertThat(admin.get("networks?nonsense=1").errorMessage())
          .isEqualTo("['nonsense'] is invalid attribute for filtering");
    }
  }

  private TestServer start(Map<String, String> options) {
    return TestServer.start("sqlite:///" + directory.resolve("neutron.db"), options);
  }
}
