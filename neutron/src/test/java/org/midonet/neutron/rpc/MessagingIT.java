package org.midonet.neutron.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.auth.RequestContext;

@Tag("packages")
final class MessagingIT {
  private static final RequestContext ADMIN = RequestContext.admin("req-test");
  private static final RpcTarget AGENT = RpcTarget.host("test_agent", "host-1", "1.0");
  private static final Path OSLO = Path.of("/usr/lib/python3/dist-packages/oslo_messaging");
  @TempDir static Path directory;
  private static RabbitBroker broker;

  private final Queue<Object> seen = new ConcurrentLinkedQueue<>();
  private Messaging server;
  private Messaging agent;

  @BeforeAll
  static void startBroker() throws Exception {
    assumeTrue(RabbitBroker.installed(), "needs the Debian package rabbitmq-server");
    broker = RabbitBroker.start(directory);
  }

  @AfterAll
  static void stopBroker() throws Exception {
    if (broker != null) {
      broker.close();
    }
  }

  @BeforeEach
  void connect() throws Exception {
    server = open("server-1");
    agent = open("host-1");
    serveAgent(agent, "host-1");
    assertThat(server.awaitConnected(Duration.ofSeconds(30))).isTrue();
    assertThat(agent.awaitConnected(Duration.ofSeconds(30))).isTrue();
  }

  @AfterEach
  void disconnect() {
    server.close();
    agent.close();
  }

  private static Messaging open(String host) {
    Duration soon = Duration.ofMillis(100);
    return Messaging.open(
        RabbitOptions.defaults(TransportUrl.parse(broker.url()), host)
            .withRetry(new RabbitOptions.Retry(soon, soon, soon, false)));
  }

  private void serveAgent(Messaging messaging, String host) {
    messaging.serve(
        "test_agent",
        List.of(
            RpcEndpoint.version("1.1")
                .method("told", (_, args) -> seen.add(host + " " + args.string("what")))
                .method("double", (_, args) -> args.string("what").repeat(2))
                .method(
                    "fail",
                    (_, _) -> {
                      throw new IllegalStateException("broken on purpose");
                    })
                .build()));
  }

  @Test
  void callAnswers() {
    assertThat(server.client().call(ADMIN, AGENT, "double", Map.of("what", "ab")))
        .isEqualTo("abab");
  }

  @Test
  void remoteFailureHasItsTypeAndMessage() {
    assertThatThrownBy(() -> server.client().call(ADMIN, AGENT, "fail", Map.of()))
        .isInstanceOfSatisfying(
            RpcException.Remote.class,
            remote -> assertThat(remote.type()).isEqualTo("IllegalStateException"))
        .hasMessage("broken on purpose");
  }

  @Test
  void callToNobodyFailsAtOnceInsteadOfWaiting() {
    RpcTarget nobody = RpcTarget.host("test_agent", "elsewhere", "1.0");
    long start = System.nanoTime();
    assertThatThrownBy(() -> server.client().call(ADMIN, nobody, "double", Map.of("what", "x")))
        .isInstanceOf(RpcException.NoAnswer.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void castsArriveInOrder() {
    for (int i = 0; i < 100; i++) {
      server.client().cast(ADMIN, AGENT, "told", Map.of("what", "n" + i));
    }
    await().untilAsserted(() -> assertThat(seen).hasSize(100));
  }

  @Test
  void fanoutReachesEveryServerOfTheTopic() throws Exception {
    try (Messaging other = open("host-2")) {
      serveAgent(other, "host-2");
      assertThat(other.awaitConnected(Duration.ofSeconds(30))).isTrue();
      RpcTarget all = RpcTarget.everyone("test_agent", "1.0");
      server.client().cast(ADMIN, all, "told", Map.of("what", "hello"));
      await()
          .untilAsserted(
              () -> assertThat(seen).containsExactlyInAnyOrder("host-1 hello", "host-2 hello"));
    }
  }

  @Test
  void outageHealsAndCastsMadeMeanwhileArrive() throws Exception {
    serveAgent(server, "server-1");
    RpcTarget self = RpcTarget.host("test_agent", "server-1", "1.0");
    broker.stop();
    server.client().cast(ADMIN, self, "told", Map.of("what", "kept"));
    assertThatThrownBy(() -> server.client().call(ADMIN, AGENT, "double", Map.of("what", "x")))
        .isInstanceOf(RpcException.Unavailable.class);
    broker.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(seen).containsExactly("server-1 kept"));
    assertThat(agent.awaitConnected(Duration.ofSeconds(60))).isTrue();
    assertThat(server.client().call(ADMIN, AGENT, "double", Map.of("what", "x"))).isEqualTo("xx");
  }

  @Test
  void closingTakesItsFanoutQueueAway() throws Exception {
    agent.close();
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.url().replace("rabbit://", "amqp://") + "%2f");
    try (Connection connection = factory.newConnection()) {
      Channel channel = connection.createChannel();
      // The exchange deletes itself with the last queue bound to it.
      assertThatThrownBy(() -> channel.exchangeDeclarePassive("test_agent_fanout"))
          .cause()
          .hasMessageContaining("no exchange 'test_agent_fanout'");
    }
  }

  @Test
  void agentOnOsloMessagingIsUnderstoodAndUnderstands() throws Exception {
    assumeTrue(Files.isDirectory(OSLO), "needs the Debian package python3-oslo.messaging");
    server.serve(
        "q-reports-plugin",
        List.of(
            RpcEndpoint.version("1.2")
                .method(
                    "report_state", (_, args) -> args.map("agent_state").get("host") + " is new")
                .method(
                    "failing",
                    (_, _) -> {
                      throw new IllegalStateException("refused");
                    })
                .build()));
    try (OsloAgent python = OsloAgent.start(broker.url(), "py-1", directory)) {
      assertThat(python.nextLine()).isEqualTo("{\"report\": \"py-1 is new\"}");
      assertThat(python.nextLine()).contains("\"refused\": \"NoSuchMethod\"");
      assertThat(python.nextLine())
          .isEqualTo("{\"refused\": \"IllegalStateException\", \"value\": \"refused\"}");
      RpcTarget there = RpcTarget.host("test_agent", "py-1", "1.0");
      Map<String, Object> payload = Map.of("network", Map.of("id", "n-1"));
      server.client().cast(ADMIN, there, "network_create_end", Map.of("payload", payload));
      assertThat(python.nextLine())
          .contains("\"network_create_end\"")
          .contains("\"payload\": {\"network\": {\"id\": \"n-1\"}}")
          .contains("\"request_id\": \"req-test\"");
      assertThat(
              server
                  .client()
                  .call(ADMIN, there, "router_added_to_agent", Map.of("payload", List.of("r-1"))))
          .isEqualTo(Map.of("took", List.of("r-1")));
      assertThatThrownBy(() -> server.client().call(ADMIN, there, "broken", Map.of()))
          .isInstanceOfSatisfying(
              RpcException.Remote.class,
              remote -> assertThat(remote.type()).isEqualTo("ValueError"))
          .hasMessage("no such luck");
    }
  }
}
