package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.api.MidonetApiClient;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.builtin.hosts.HostsPlugin;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.PortBuilder;
import tools.jackson.databind.JsonNode;

/** What the hosts of the built-in MidoNet do shows in the Networking API. */
final class HostsTest {
  private static final UUID HOST = UUID.randomUUID();
  private static final Duration LONGER_THAN_A_MOMENT = Duration.ofMillis(2500);

  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final MemoryNsdb agent = nsdb.sibling();
  private final FakeMidonet midonet = new FakeMidonet();
  private final Cloud cloud =
      new Cloud(
          new TestServer(
              new MidonetApiClient(midonet.settings()),
              Map.of(),
              config ->
                  List.of(
                      new HostsPlugin(
                          new BuiltInMidonet() {
                            @Override
                            public Nsdb nsdb() {
                              return nsdb;
                            }

                            @Override
                            public void committed(int task) {}
                          },
                          config.agents(),
                          false))));

  @AfterEach
  void stop() {
    cloud.close();
    midonet.close();
  }

  @Test
  void withoutHostsAPortIsActiveFromTheFirst() {
    assertThat(status(cloud.port(cloud.network()))).isEqualTo("ACTIVE");
  }

  @Test
  void aPortIsActiveWhileAHostForwardsForIt() {
    startAgent();
    String port = cloud.port(cloud.network());
    assertThat(status(port)).isEqualTo("DOWN");
    agent.publish(active(port), HOST, "");
    awaitStatus(port, "ACTIVE");
    agent.withdraw(active(port), HOST);
    awaitStatus(port, "DOWN");
  }

  @Test
  void whatNeutronPutsOnNetworksIsActive() {
    startAgent();
    String network = cloud.network();
    String port =
        cloud.create(
            "ports",
            "{'port': {'network_id': '%s', 'device_owner': 'network:dhcp'}}".formatted(network));
    assertThat(status(port)).isEqualTo("ACTIVE");
    String machines = cloud.port(network);
    cloud.neutron.put("/ports/" + machines, "{'port': {'device_owner': 'network:dhcp'}}");
    assertThat(status(machines)).isEqualTo("ACTIVE");
  }

  @Test
  void anAgentThatRestartsChangesNothing() {
    startAgent();
    String port = cloud.port(cloud.network());
    bind(port);
    agent.publish(active(port), HOST, "");
    awaitStatus(port, "ACTIVE");
    agent.withdraw(active(port), HOST);
    agent.withdraw(StateKey.alive(HOST), HOST);
    await()
        .during(LONGER_THAN_A_MOMENT)
        .atMost(Duration.ofSeconds(10))
        .until(() -> status(port).equals("ACTIVE"));
  }

  @Test
  void hostsAreAmongTheAgents() {
    startAgent();
    agent.publish(
        StateKey.interfaces(HOST),
        HOST,
        "[{\"name\": \"eth0\", \"addresses\": [\"192.0.2.1\"], \"mtu\": 1500}]");
    await().untilAsserted(() -> assertThat(agents()).hasSize(1));
    JsonNode shown = agents().get(0);
    assertThat(shown.get("id").asString()).isEqualTo(HOST.toString());
    assertThat(shown.get("agent_type").asString()).isEqualTo("Midonet Agent");
    assertThat(shown.get("host").asString()).isEqualTo("compute1");
    assertThat(shown.get("alive").asBoolean()).isTrue();
  }

  private void startAgent() {
    nsdb.commit(
        List.of(new Operation.Create(HostBuilder.builder().id(HOST).name("compute1").build())));
    agent.publish(StateKey.alive(HOST), HOST, "");
  }

  private void bind(String port) {
    nsdb.commit(
        List.of(
            new Operation.Create(
                PortBuilder.builder()
                    .id(UUID.fromString(port))
                    .hostId(HOST)
                    .interfaceName("tap1")
                    .build())));
  }

  private static StateKey active(String port) {
    return StateKey.active(UUID.fromString(port));
  }

  private JsonNode agents() {
    return cloud.neutron.get("/agents").body().get("agents");
  }

  private String status(String port) {
    return cloud.neutron.get("/ports/" + port).resource().get("status").asString();
  }

  private void awaitStatus(String port, String status) {
    await().untilAsserted(() -> assertThat(status(port)).isEqualTo(status));
  }
}
