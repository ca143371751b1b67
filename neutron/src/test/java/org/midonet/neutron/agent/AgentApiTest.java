package org.midonet.neutron.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;

/** Agents are registered as RPC does it; everything else goes over HTTP. */
@DatabaseTest
final class AgentApiTest {
  private static final RequestContext CONTEXT = RequestContext.admin("req-test");
  private static final String NOWHERE = "11111111-2222-3333-4444-555555555555";

  private final TestServer server;
  private final TestServer.Client admin;
  private final AgentRegistry registry;

  AgentApiTest(TestDatabase database) {
    server = TestServer.on(database);
    admin = server.admin();
    Clock clock = Clock.systemUTC();
    AgentService agents = new AgentService(Duration.ofSeconds(75), clock, AgentSource.NONE);
    registry = new AgentRegistry(server.server().core().sessions(), agents, true, clock);
  }

  @AfterEach
  void removeAgents() {
    agents("agents").forEach(agent -> admin.delete("agents/" + id(agent)));
  }

  @Test
  void agentIsNewThenAliveAndIsListed() {
    assertThat(report("DHCP agent", "h1", Map.of())).isEqualTo(AgentReport.Status.NEW);
    assertThat(report("DHCP agent", "h1", Map.of("networks", 3L)))
        .isEqualTo(AgentReport.Status.ALIVE);
    Map<String, Object> agent = agents("agents").getFirst();
    assertThat(agent)
        .containsEntry("binary", "neutron-agent")
        .containsEntry("host", "h1")
        .containsEntry("alive", true)
        .containsEntry("admin_state_up", true)
        .containsEntry("availability_zone", "nova")
        .containsEntry("configurations", Map.of("networks", 3L))
        .doesNotContainKey("resource_versions");
    assertThat(agents("agents?alive=false")).isEmpty();
    assertThat(agents("agents?host=h1&alive=true")).hasSize(1);
  }

  @Test
  void membersSeeNoAgents() {
    report("DHCP agent", "h1", Map.of());
    assertThat(server.member("p").get("agents").body()).isEqualTo(Map.of("agents", List.of()));
  }

  @Test
  void administratorDescribesStopsAndRemovesAgents() {
    report("DHCP agent", "h1", Map.of());
    String id = id(agents("agents").getFirst());
    Map<String, Object> change = Map.of("description", "rack 4", "admin_state_up", false);
    assertThat(admin.put("agents/" + id, Map.of("agent", change)).status()).isEqualTo(200);
    assertThat(agents("agents").getFirst())
        .containsEntry("description", "rack 4")
        .containsEntry("admin_state_up", false);
    assertThat(admin.put("agents/" + id, Map.of("agent", Map.of("host", "x"))).status())
        .isEqualTo(400);
    assertThat(admin.delete("agents/" + id).status()).isEqualTo(204);
    assertThat(admin.get("agents/" + id).status()).isEqualTo(404);
  }

  @Test
  void networkIsGivenToAnAgentAndTakenAway() {
    report("DHCP agent", "h1", Map.of());
    String agent = id(agents("agents").getFirst());
    String network = id(admin.create("networks", "network", Map.of("name", "n")));
    String path = "agents/" + agent + "/dhcp-networks";
    Map<String, String> body = Map.of("network_id", network);
    assertThat(admin.post(path, body).status()).isEqualTo(201);
    assertThat(admin.post(path, body).status()).isEqualTo(409);
    assertThat(agents("networks/" + network + "/dhcp-agents"))
        .singleElement()
        .satisfies(serving -> assertThat(serving).containsEntry("id", agent));
    assertThat(admin.get("networks/" + network).body().toString())
        .contains("availability_zones=[nova]");
    assertThat(admin.delete(path + "/" + network).status()).isEqualTo(204);
    assertThat(admin.delete(path + "/" + network).status()).isEqualTo(409);
    assertThat(admin.post(path, Map.of("network_id", NOWHERE)).status()).isEqualTo(404);
    assertThat(admin.post(path, Map.of()).status()).isEqualTo(400);
    assertThat(server.member("p").get(path).status()).isEqualTo(403);
  }

  @Test
  void onlyDhcpAgentsServeDhcp() {
    report("L3 agent", "h1", Map.of());
    String agent = id(agents("agents").getFirst());
    String network = id(admin.create("networks", "network", Map.of("name", "n")));
    TestServer.Answer answer =
        admin.post("agents/" + agent + "/dhcp-networks", Map.of("network_id", network));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().toString())
        .contains("InvalidDHCPAgent")
        .contains("Agent " + agent + " is not a valid DHCP Agent or has been disabled.");
  }

  @Test
  void distributedRoutersAreServedByAgentsThatCan() {
    report("L3 agent", "h1", Map.of("agent_mode", "legacy"));
    report("L3 agent", "h2", Map.of("agent_mode", "dvr_snat"));
    String legacy = id(agents("agents?host=h1").getFirst());
    String snat = id(agents("agents?host=h2").getFirst());
    String router = id(admin.create("routers", "router", Map.of("distributed", true)));
    Map<String, String> body = Map.of("router_id", router);

    TestServer.Answer answer = admin.post("agents/" + legacy + "/l3-routers", body);
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorMessage())
        .isEqualTo("Cannot host distributed router %s on legacy L3 agent %s.", router, legacy);
    assertThat(admin.post("agents/" + snat + "/l3-routers", body).status()).isEqualTo(201);
  }

  @Test
  void zonesAreThoseOfAgentsAndHintsMustNameOne() {
    assertThat(admin.get("availability_zones").body())
        .isEqualTo(Map.of("availability_zones", List.of()));
    report("DHCP agent", "h1", Map.of());
    report("L3 agent", "h1", Map.of());
    assertThat(admin.get("availability_zones").body().toString())
        .contains("resource=network")
        .contains("resource=router");
    assertThat(admin.get("availability_zones?resource=router").body().toString())
        .doesNotContain("resource=network");
    Map<String, ?> mars = Map.of("network", Map.of("availability_zone_hints", List.of("mars")));
    assertThat(admin.post("networks", mars).status()).isEqualTo(404);
  }

  private AgentReport.Status report(
      String type, String host, Map<String, @Nullable Object> configurations) {
    return registry.report(
        CONTEXT,
        new AgentReport(
            type,
            "neutron-agent",
            host,
            "topic",
            "nova",
            configurations,
            null,
            false,
            Instant.now()));
  }

  private List<Map<String, Object>> agents(String path) {
    TestServer.Answer answer = admin.get(path);
    assertThat(answer.status()).isEqualTo(200);
    return answer.items();
  }

  private static String id(Map<String, Object> resource) {
    return String.valueOf(resource.get("id"));
  }
}
