package org.midonet.neutron.metering;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.midonet.neutron.server.Fixture.id;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.rpc.Messaging;
import org.midonet.neutron.rpc.RabbitBroker;
import org.midonet.neutron.rpc.RabbitOptions;
import org.midonet.neutron.rpc.RpcEndpoint;
import org.midonet.neutron.rpc.RpcTarget;
import org.midonet.neutron.rpc.TransportUrl;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Client;

/** The queue of a metering agent, beside an L3 agent in miniature, at a real RabbitMQ. */
@Tag("packages")
final class MeteringRpcIT {
  private static final RequestContext AGENT = RequestContext.admin("req-agent");
  private static final String HOST = "host-1";
  private static final String QUEUE = "metering_agent." + HOST;

  @TempDir private Path directory;

  @Test
  void theAgentIsToldWhatToMeterOnTheRoutersOfItsHost() throws Exception {
    assumeTrue(RabbitBroker.installed(), "needs the Debian package rabbitmq-server");
    try (RabbitBroker broker = RabbitBroker.start(directory);
        TestServer server =
            TestServer.start(
                "sqlite:///" + directory.resolve("neutron.db"),
                Map.of("DEFAULT.transport_url", broker.url()));
        Connection connection = connect(broker);
        Messaging agent = l3Agent(broker)) {
      Channel queue = queue(connection);
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> "new".equals(report(agent)));
      assertThat(syncData(agent)).isNull();
      Client admin = server.admin();
      String router = id(admin.create("routers", "router", Map.of("name", "r")));
      admin.create("routers", "router", Map.of("name", "on no host"));
      String l3 = id(admin.get("agents?host=" + HOST).items().getFirst());
      admin.post("agents/" + l3 + "/l3-routers", Map.of("router_id", router));

      String label =
          id(admin.create("metering/metering-labels", "metering_label", Map.of("name", "m")));
      Map<?, ?> metered = only(told(queue, "add_metering_label"));
      assertThat(metered.get("id")).isEqualTo(router);
      assertThat(metered.get("distributed")).isEqualTo(false);
      assertThat(metered.get("gw_port_id")).isNull();
      assertThat(labels(metered)).isEqualTo(List.of(view(label, List.of())));

      Map<String, Object> rule = rule(admin, label, "10.0.0.0/8");
      List<?> withRule = List.of(Map.of("id", label, "rule", rule));
      assertThat(labels(only(told(queue, "add_metering_label_rule")))).isEqualTo(withRule);
      List<?> known = List.of(view(label, List.of(rule)));
      assertThat(labels(only(requireNonNull(syncData(agent))))).isEqualTo(known);

      Map<String, Object> other = rule(admin, label, "11.0.0.0/8");
      told(queue, "add_metering_label_rule");
      admin.delete("metering/metering-label-rules/" + id(other));
      assertThat(labels(only(told(queue, "remove_metering_label_rule"))))
          .isEqualTo(List.of(Map.of("id", label, "rule", other)));

      admin.delete("metering/metering-labels/" + label);
      assertThat(labels(only(told(queue, "remove_metering_label")))).isEqualTo(known);
    }
  }

  private static Map<String, Object> view(String label, List<Map<String, Object>> rules) {
    return Map.of("id", label, "rules", rules, "shared", false, "name", "m");
  }

  private static Map<String, Object> rule(Client admin, String label, String prefix) {
    return admin.create(
        "metering/metering-label-rules",
        "metering_label_rule",
        Map.of("metering_label_id", label, "direction", "egress", "remote_ip_prefix", prefix));
  }

  private static Connection connect(RabbitBroker broker) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.url().replaceFirst("^rabbit", "amqp").replaceFirst("/$", ""));
    return factory.newConnection();
  }

  private static Channel queue(Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    channel.exchangeDeclare("neutron", "topic", false);
    channel.queueDeclare(QUEUE, false, false, false, Map.of());
    channel.queueBind(QUEUE, "neutron", QUEUE);
    return channel;
  }

  /** The routers in the next message, which must call that method. */
  private static Object told(Channel queue, String method) {
    GetResponse response =
        requireNonNull(await().until(() -> queue.basicGet(QUEUE, true), Objects::nonNull));
    Map<?, ?> envelope = (Map<?, ?>) Json.read(response.getBody());
    Map<?, ?> message =
        (Map<?, ?>) Json.read(String.valueOf(requireNonNull(envelope).get("oslo.message")));
    assertThat(requireNonNull(message).get("method")).isEqualTo(method);
    return requireNonNull(((Map<?, ?>) requireNonNull(message.get("args"))).get("routers"));
  }

  private static Map<?, ?> only(Object routers) {
    assertThat((List<?>) routers).hasSize(1);
    return (Map<?, ?>) ((List<?>) routers).getFirst();
  }

  private static @Nullable Object labels(Map<?, ?> router) {
    return router.get("_metering_labels");
  }

  private static Messaging l3Agent(RabbitBroker broker) {
    Messaging agent =
        Messaging.open(RabbitOptions.defaults(TransportUrl.parse(broker.url()), HOST));
    RpcEndpoint endpoint =
        RpcEndpoint.version("1.1").method("router_added_to_agent", (_, _) -> true).build();
    agent.serve("l3_agent", List.of(endpoint));
    return agent;
  }

  private static @Nullable Object report(Messaging agent) {
    Map<String, Object> state = new HashMap<>();
    state.put("agent_type", "L3 agent");
    state.put("binary", "neutron-l3-agent");
    state.put("host", HOST);
    state.put("topic", "l3_agent");
    state.put("configurations", Map.of());
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

  private static @Nullable Object syncData(Messaging agent) {
    return agent
        .client()
        .call(
            AGENT,
            RpcTarget.topic("q-metering-plugin", "1.0"),
            "get_sync_data_metering",
            Map.of("host", HOST));
  }
}
