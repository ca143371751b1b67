package org.midonet.neutron.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.neutron.server.Fixture.assertRefused;
import static org.midonet.neutron.server.Fixture.attributes;
import static org.midonet.neutron.server.Fixture.id;
import static org.midonet.neutron.server.Fixture.update;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.server.TestServer.Client;

class RouterModesTest {
  private static final String ACTIVE =
      "Bad router request: Cannot change the 'distributed' attribute of active routers. Please set"
          + " router admin_state_up to False prior to upgrade.";
  private static final String ACTIVE_HA =
      "Bad router request: Cannot change HA attribute of active routers. Please set router"
          + " admin_state_up to False prior to upgrade.";

  @TempDir static Path directory;

  private static TestServer server;
  private static Client admin;
  private static Client demo;

  @BeforeAll
  static void start() {
    server = TestServer.start(directory);
    admin = server.admin();
    demo = server.member("demo");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRouterIsNeitherUnlessAskedFor() {
    assertThat(router()).containsEntry("distributed", false).containsEntry("ha", false);
    assertThat(router("distributed", null, "ha", null))
        .containsEntry("distributed", false)
        .containsEntry("ha", false);
    assertThat(router("distributed", "true", "ha", 1))
        .containsEntry("distributed", true)
        .containsEntry("ha", true);
  }

  @Test
  void theConfigurationSaysWhatARouterIsByDefault() {
    Map<String, String> options =
        Map.of("DEFAULT.router_distributed", "true", "DEFAULT.l3_ha", "true");
    try (TestServer other = TestServer.start("sqlite://", options)) {
      Map<String, Object> made =
          other.admin().create("routers", "router", attributes("distributed", null));
      assertThat(made).containsEntry("distributed", true).containsEntry("ha", true);
      assertThat(other.admin().create("routers", "router", attributes("ha", false)))
          .containsEntry("ha", false);
    }
  }

  @Test
  void onlyTheAdministratorSeesAndSetsThem() {
    String own = id(demo.create("routers", "router", Map.of()));
    assertThat(demo.get("routers/" + own).item()).doesNotContainKeys("distributed", "ha");
    assertThat(admin.get("routers/" + own).item()).containsKeys("distributed", "ha");
    assertRefused(
        demo.post("routers", Map.of("router", attributes("distributed", null))),
        403,
        "PolicyNotAuthorized",
        "(rule:create_router and rule:create_router:distributed) is disallowed by policy");
    assertRefused(
        demo.post("routers", Map.of("router", Map.of("ha", true))),
        403,
        "PolicyNotAuthorized",
        "(rule:create_router and rule:create_router:ha) is disallowed by policy");
    assertRefused(
        change(demo, own, "distributed", true),
        403,
        "PolicyNotAuthorized",
        "(rule:update_router and rule:update_router:distributed) is disallowed by policy");
  }

  @Test
  void aRouterThatIsUpOrComesUpStaysWhereItIsForwarded() {
    String router = id(router());
    assertRefused(change(admin, router, "distributed", true), 400, "BadRequest", ACTIVE);
    assertRefused(
        change(admin, router, "distributed", true, "admin_state_up", false),
        400,
        "BadRequest",
        ACTIVE);
    assertThat(change(admin, router, "distributed", false).status()).isEqualTo(200);
    assertThat(change(admin, router, "distributed", null).status()).isEqualTo(200);
    change(admin, router, "admin_state_up", false);
    assertRefused(
        change(admin, router, "distributed", true, "admin_state_up", true),
        400,
        "BadRequest",
        ACTIVE);
  }

  @Test
  void aRouterThatIsDownChangesInBothDirections() {
    String router = id(router("admin_state_up", false));
    assertThat(change(admin, router, "distributed", true, "ha", true).item())
        .containsEntry("distributed", true)
        .containsEntry("ha", true);
    assertThat(change(admin, router, "distributed", null, "ha", null).item())
        .containsEntry("distributed", true)
        .containsEntry("ha", true);
    assertThat(change(admin, router, "distributed", false, "ha", false).item())
        .containsEntry("distributed", false)
        .containsEntry("ha", false);
  }

  @Test
  void anUpdateMayTakeARouterDownToChangeItsAvailability() {
    String router = id(router());
    assertRefused(change(admin, router, "ha", true), 400, "BadRequest", ACTIVE_HA);
    Answer answer = change(admin, router, "ha", true, "admin_state_up", false);
    assertThat(answer.item()).containsEntry("ha", true).containsEntry("admin_state_up", false);
  }

  @Test
  void listsAreNotFilteredByThem() {
    assertThat(admin.get("routers?distributed=true").status()).isEqualTo(400);
    assertThat(admin.get("routers?ha=true").status()).isEqualTo(400);
  }

  private static Map<String, Object> router(@Nullable Object... values) {
    return admin.create("routers", "router", attributes(values));
  }

  private static Answer change(Client client, String router, @Nullable Object... values) {
    return update(client, "routers/" + router, "router", values);
  }
}
