package org.midonet.neutron.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.rpc.RabbitBroker;
import org.midonet.neutron.server.TestServer;

/** Notifications of the whole server on a real RabbitMQ. */
@Tag("packages")
final class NotificationIT {
  @TempDir private Path directory;

  @Test
  void notificationsWaitForWhoeverListensEvenIfTheBrokerCameLate() throws Exception {
    assumeTrue(RabbitBroker.installed(), "needs the Debian package rabbitmq-server");
    try (RabbitBroker broker = RabbitBroker.start(directory);
        TestServer server =
            TestServer.start(
                "sqlite:///" + directory.resolve("neutron.db"),
                Map.of(
                    "oslo_messaging_notifications.driver", "messagingv2",
                    "oslo_messaging_notifications.topics", "notifications,billing",
                    "oslo_messaging_notifications.transport_url", broker.url(),
                    "DEFAULT.host", "api-1"))) {
      broker.stop();
      server.admin().create("networks", "network", Map.of("name", "n"));
      broker.start();
      assertThat(received(broker, "notifications.info"))
          .extracting(message -> message.get("event_type"))
          .containsExactly("network.create.start", "network.create.end");
      assertThat(received(broker, "billing.info"))
          .allSatisfy(message ->
              assertThat(message)
                  .containsEntry("publisher_id", "network.api-1")
                  .containsEntry("_context_project_id", "admin")
                  .containsKeys("_unique_id", "message_id", "timestamp", "payload"));
    }
  }

  private static List<Map<String, Object>> received(RabbitBroker broker, String queue)
      throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.url().replace("rabbit://", "amqp://"));
    factory.setVirtualHost("/");
    List<Map<String, Object>> messages = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> {
          try (Connection connection = factory.newConnection();
              Channel channel = connection.createChannel()) {
            for (GetResponse got; (got = channel.basicGet(queue, true)) != null; ) {
              Map<String, Object> envelope = object(Json.read(got.getBody()));
              messages.add(object(Json.read(String.valueOf(envelope.get("oslo.message")))));
            }
          }
          return messages.size() == 2;
        });
    return messages;
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, Object> object(@Nullable Object json) {
    return (Map<String, Object>) Objects.requireNonNull(json);
  }
}
