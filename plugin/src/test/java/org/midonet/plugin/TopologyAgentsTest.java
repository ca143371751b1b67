package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.store.Database;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.cluster.topology.FakeTopology;
import tools.jackson.databind.JsonNode;

/** Lists of agents with MidoNet's hosts in them (spec section 3.1.8). */
class TopologyAgentsTest {
  private static final UUID ONE = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID TWO = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final UUID THREE = UUID.fromString("00000000-0000-4000-8000-000000000003");

  private final Database database = TestServer.inMemory();
  private final FakeTopology topology = new FakeTopology(THREE, ONE, TWO);
  private final List<TestServer> servers = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    servers.forEach(TestServer::close);
    database.close();
    topology.close();
  }

  private TestServer server(Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("MIDONET.client", "midonet.neutron.client.cluster.MidonetClusterClient");
    TestServer server =
        new TestServer(
            config -> MidonetClients.of(config.midonet(), BuiltInMidonet.none()), all, database);
    servers.add(server);
    return server;
  }

  private TestServer asking(int port) {
    return server(Map.of("MIDONET.cluster_ip", "127.0.0.1", "MIDONET.cluster_port", "" + port));
  }

  private static List<String> ids(TestServer server, String query) {
    List<String> ids = new ArrayList<>();
    for (JsonNode agent : server.get("/agents" + query).body().get("agents")) {
      ids.add(agent.get("id").asString());
    }
    return ids;
  }

  @Test
  void aHostIsShownAsTheOriginalShowsIt() {
    JsonNode agent = asking(topology.port()).get("/agents/" + ONE).resource();
    assertThat(agent.get("agent_type").asString()).isEqualTo("Midonet Agent");
    assertThat(agent.get("binary").asString()).isEqualTo("midolman");
    assertThat(agent.get("alive").asBoolean()).isTrue();
    assertThat(agent.get("admin_state_up").asBoolean()).isTrue();
    assertThat(agent.get("configurations")).isEmpty();
    assertThat(agent.get("host").isNull()).isTrue();
  }

  @Test
  void hostsAreListedFilteredAndPaged() {
    TestServer server = asking(topology.port());
    assertThat(ids(server, "")).containsExactly("" + ONE, "" + TWO, "" + THREE);
    assertThat(ids(server, "?binary=midolman&alive=true")).hasSize(3);
    assertThat(ids(server, "?agent_type=DHCP%20agent")).isEmpty();
    assertThat(ids(server, "?limit=2")).containsExactly("" + ONE, "" + TWO);
    assertThat(ids(server, "?limit=2&marker=" + TWO)).containsExactly("" + THREE);
  }

  @Test
  void hostsAreNotNeutronsToChange() {
    TestServer server = asking(topology.port());
    String host = "/agents/" + ONE;
    assertThat(server.put(host, "{'agent': {'admin_state_up': false}}").status()).isEqualTo(404);
    assertThat(server.delete(host).status()).isEqualTo(404);
    assertThat(server.get("/agents/00000000-0000-4000-8000-000000000009").status()).isEqualTo(404);
    assertThat(server.get("/agents/nonsense").status()).isEqualTo(404);
  }

  @Test
  void anUnreachableTopologyIs503() throws IOException {
    topology.close();
    TestServer server = asking(topology.port());
    TestServer.Answer answer = server.get("/agents");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.resource().get("type").asString()).isEqualTo("ClusterConnectionError");
    assertThat(server.get("/agents/" + ONE).status()).isEqualTo(503);
    assertThat(server.get("/networks").status()).isEqualTo(200);
  }

  @Test
  void whoSaysNothingOfItIsNotAskedToHaveIt() {
    assertThat(ids(server(Map.of()), "")).isEmpty();
  }
}
