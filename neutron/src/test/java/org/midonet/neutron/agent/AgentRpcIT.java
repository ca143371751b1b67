package org.midonet.neutron.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.rpc.Messaging;
import org.midonet.neutron.rpc.RabbitBroker;
import org.midonet.neutron.rpc.RabbitOptions;
import org.midonet.neutron.rpc.RpcEndpoint;
import org.midonet.neutron.rpc.RpcTarget;
import org.midonet.neutron.rpc.TransportUrl;
import org.midonet.neutron.server.TestServer;

/** Agents in miniature against the whole server, over a real RabbitMQ. */
@Tag("packages")
final class AgentRpcIT {
  private static final RequestContext AGENT = RequestContext.admin("req-agent");
  private static final String HOST = "host-1";

  @TempDir private Path directory;
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @Test
  void dhcpAgentLivesThroughTheLifeOfANetwork() throws Exception {
    assumeTrue(RabbitBroker.installed(), "needs the Debian package rabbitmq-server");
    try (RabbitBroker broker = RabbitBroker.start(directory);
        TestServer server =
            TestServer.start(
                "sqlite:///" + directory.resolve("neutron.db"),
                Map.of("DEFAULT.transport_url", broker.url()));
        Messaging agent = agent(broker)) {
      assertThat(agent.awaitConnected(Duration.ofSeconds(30))).isTrue();
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> "new".equals(report(agent, "DHCP agent")));
      assertThat(report(agent, "DHCP agent")).isEqualTo("alive");

      TestServer.Client admin = server.admin();
      String network = id(admin.create("networks", "network", Map.of("name", "n")));
      assertThat(told).isEmpty();
      String subnet =
          id(
              admin.create(
                  "subnets",
                  "subnet",
                  Map.of("network_id", network, "ip_version", 4, "cidr", "10.9.0.0/24")));
      await().untilAsserted(() -> assertThat(told).hasSize(2));
      assertThat(told.poll()).isEqualTo("network_create_end 0");
      assertThat(told.poll()).isEqualTo("subnet_create_end 3");

      assertThat(String.valueOf(call(agent, "get_network_info", Map.of("network_id", network))))
          .contains(subnet);
      Map<String, Object> wanted =
          Map.of(
              "name",
              "",
              "admin_state_up",
              true,
              "network_id",
              network,
              "project_id",
              "admin",
              "device_id",
              DhcpPorts.deviceId(HOST, network),
              "fixed_ips",
              List.of(Map.of("subnet_id", subnet)));
      assertThat(call(agent, "create_dhcp_port", Map.of("port", Map.of("port", wanted))))
          .asInstanceOf(InstanceOfAssertFactories.MAP)
          .containsEntry("device_owner", "network:dhcp")
          .containsEntry("binding:host_id", HOST);
      Map<String, Object> address = Map.of("ip_address", List.of("10.9.0.2"));
      assertThat(call(agent, "get_ports", Map.of("filters", Map.of("fixed_ips", address))))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .hasSize(1);
      await().untilAsserted(() -> assertThat(told).containsExactly("port_create_end 5"));

      admin.delete("networks/" + network);
      await().untilAsserted(() -> assertThat(told).contains("network_delete_end 2"));
      assertThat(call(agent, "get_active_networks_info", Map.of())).isEqualTo(List.of());
    }
  }

  @Test
  void aRouterThatBecomesDistributedLeavesAnAgentThatCannotServeIt() throws Exception {
    assumeTrue(RabbitBroker.installed(), "needs the Debian package rabbitmq-server");
    try (RabbitBroker broker = RabbitBroker.start(directory);
        TestServer server =
            TestServer.start(
                "sqlite:///" + directory.resolve("neutron.db"),
                Map.of("DEFAULT.transport_url", broker.url()));
        Messaging agent = agent(broker)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> "new".equals(report(agent, "L3 agent")));
      TestServer.Client admin = server.admin();
      String router = "routers/" + id(admin.create("routers", "router", Map.of("name", "r")));
      admin.put(router, Map.of("router", Map.of("admin_state_up", false)));
      assertThat(admin.get(router + "/l3-agents").items()).hasSize(1);

      admin.put(router, Map.of("router", Map.of("distributed", true)));
      assertThat(admin.get(router + "/l3-agents").items()).isEmpty();

      admin.put(router, Map.of("router", Map.of("distributed", false)));
      assertThat(admin.get(router + "/l3-agents").items()).hasSize(1);
    }
  }

  private Messaging agent(RabbitBroker broker) {
    Messaging agent =
        Messaging.open(RabbitOptions.defaults(TransportUrl.parse(broker.url()), HOST));
    RpcEndpoint.Builder endpoint = RpcEndpoint.version("1.8");
    for (DhcpEvent event : DhcpEvent.values()) {
      endpoint.method(
          event.method(),
          (_, args) -> told.add(event.method() + " " + args.map("payload").get("priority")));
    }
    agent.serve("dhcp_agent", List.of(endpoint.build()));
    return agent;
  }

  private static @Nullable Object report(Messaging agent, String type) {
    Map<String, Object> state =
        Map.of(
            "agent_type",
            type,
            "binary",
            "neutron-agent",
            "host",
            HOST,
            "topic",
            "agent",
            "availability_zone",
            "nova",
            "configurations",
            Map.of());
    return agent
        .client()
        .call(
            AGENT,
            RpcTarget.topic("q-reports-plugin", "1.2"),
            "report_state",
            Map.of(
                "agent_state",
                Map.of("agent_state", state),
                "time",
                LocalDateTime.now(ZoneOffset.UTC).toString()));
  }

  private static @Nullable Object call(
      Messaging agent, String method, Map<String, Object> arguments) {
    Map<String, Object> all = new HashMap<>(arguments);
    all.put("host", HOST);
    return agent.client().call(AGENT, RpcTarget.topic("q-plugin", "1.0"), method, all);
  }

  private static String id(Map<String, Object> resource) {
    return String.valueOf(resource.get("id"));
  }
}
