package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.store.Database;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.api.MidonetApiClient;
import tools.jackson.databind.JsonNode;

/**
 * What plugin v1 made, served by plugin v2: it comes from before there was port security, address
 * pairs and extra routes (spec section 3.1.2).
 */
class LaterExtensionsTest {
  @AutoClose private final Database database = TestServer.inMemory();
  @AutoClose private final FakeMidonet midonet = new FakeMidonet();
  private String network = "";
  private String port = "";
  private String router = "";

  @BeforeEach
  void makeThemWithV1() {
    try (TestServer v1 =
        server(Map.of("DEFAULT.core_plugin", "midonet", "DEFAULT.service_plugins", ""))) {
      network = v1.post("/networks", "{'network': {'name': 'n'}}").id();
      port = v1.post("/ports", "{'port': {'network_id': '%s'}}".formatted(network)).id();
      router = v1.post("/routers", "{'router': {'name': 'r'}}").id();
    }
    midonet.clear();
  }

  private TestServer server(Map<String, String> options) {
    return new TestServer(config -> new MidonetApiClient(midonet.settings()), options, database);
  }

  @Test
  void portSecurityIsOnUntilSomebodyTurnsItOff() {
    try (TestServer v2 = server(Map.of())) {
      assertThat(isSecure(v2.get("/networks/" + network).resource())).isTrue();
      assertThat(isSecure(v2.get("/ports/" + port).resource())).isTrue();
      for (String list : List.of("/networks", "/ports")) {
        String filtered = list + "?port_security_enabled=";
        assertThat(v2.get(filtered + "true").resource()).hasSize(1);
        assertThat(v2.get(filtered + "false").resource()).isEmpty();
      }
      String later = v2.post("/ports", "{'port': {'network_id': '%s'}}".formatted(network)).id();
      assertThat(isSecure(v2.get("/ports/" + later).resource())).isTrue();

      v2.put("/ports/" + port, "{'port': {'name': 'p'}}");
      assertThat(isSecure(told())).isTrue();
      v2.put("/networks/" + network, "{'network': {'name': 'm'}}");
      assertThat(isSecure(told())).isTrue();

      String off = "'port_security_enabled': false";
      v2.put("/networks/" + network, "{'network': {%s}}".formatted(off));
      assertThat(isSecure(told())).isFalse();
      v2.put("/ports/" + port, "{'port': {%s, 'security_groups': []}}".formatted(off));
      assertThat(isSecure(told())).isFalse();
      assertThat(isSecure(v2.get("/networks/" + network).resource())).isFalse();
      assertThat(isSecure(v2.get("/ports/" + port).resource())).isFalse();
    }
  }

  @Test
  void listsThatWereNotThereAreEmpty() {
    try (TestServer v2 = server(Map.of())) {
      assertThat(v2.get("/ports/" + port).resource().get("allowed_address_pairs").toString())
          .isEqualTo("[]");
      assertThat(v2.get("/routers/" + router).resource().get("routes").toString()).isEqualTo("[]");
      v2.put("/ports/" + port, "{'port': {'name': 'p'}}");
      assertThat(told().get("allowed_address_pairs").toString()).isEqualTo("[]");
      v2.put("/routers/" + router, "{'router': {'name': 's'}}");
      assertThat(told().get("routes").toString()).isEqualTo("[]");
    }
  }

  private static boolean isSecure(JsonNode resource) {
    JsonNode enabled = resource.get("port_security_enabled");
    assertThat(enabled.isBoolean()).as("%s", enabled).isTrue();
    return enabled.asBoolean();
  }

  private JsonNode told() {
    return midonet.calls().getLast().json();
  }
}
