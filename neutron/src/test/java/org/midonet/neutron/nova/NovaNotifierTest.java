package org.midonet.neutron.nova;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.config.NeutronConfig;

/** The other side is a Keystone and a Nova in one small HTTP server. */
final class NovaNotifierTest {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v3/auth/tokens", this::token);
    server.createContext("/v2.1/os-server-external-events", this::events);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void eventsOfAnIntervalTravelTogether() {
    try (NovaNotifier notifier = NovaNotifier.start(options(Duration.ofSeconds(1)))) {
      notifier.send(event("p-1"));
      await().untilAsserted(() -> assertThat(received).hasSize(1));
      notifier.send(event("p-2"));
      notifier.send(null);
      notifier.send(event("p-3"));
      await().untilAsserted(() -> assertThat(received).hasSize(2));
    }
    assertThat(received.getFirst()).contains("\"p-1\"").contains("network-changed");
    assertThat(received.getLast()).contains("\"p-2\"").contains("\"p-3\"");
  }

  @Test
  void tokenThatNovaRefusesIsRenewed() {
    try (NovaNotifier notifier = NovaNotifier.start(options(Duration.ZERO))) {
      notifier.send(event("p-1"));
      await().untilAsserted(() -> assertThat(received).hasSize(1));
      tokens.incrementAndGet();
      notifier.send(event("p-2"));
      await().untilAsserted(() -> assertThat(received).hasSize(2));
    }
    assertThat(tokens).hasValue(3);
  }

  @Test
  void whatWaitsIsSentBeforeClosing() {
    NovaNotifier notifier = NovaNotifier.start(options(Duration.ofHours(1)));
    notifier.send(event("p-1"));
    await().untilAsserted(() -> assertThat(received).hasSize(1));
    notifier.send(event("p-2"));
    notifier.close();
    assertThat(received).hasSize(2);
  }

  private static NovaEvent event(String port) {
    return new NovaEvent("network-changed", "s-1", null, port);
  }

  private NovaOptions options(Duration interval) {
    int port = server.getAddress().getPort();
    return requireNonNull(
        NovaOptions.of(
            NeutronConfig.of(
                    Map.of(
                        "nova.auth_url", "http://127.0.0.1:" + port,
                        "nova.username", "neutron",
                        "nova.password", "secret",
                        "nova.project_name", "service",
                        "nova.region_name", "RegionOne",
                        "DEFAULT.send_events_interval", Long.toString(interval.toSeconds())))
                .nova()));
  }

  private void token(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    assertThat(request).contains("\"neutron\"").contains("\"service\"");
    exchange.getResponseHeaders().set("X-Subject-Token", "t" + tokens.incrementAndGet());
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    String endpoint = "{\"interface\": \"%s\", \"region_id\": \"%s\", \"url\": \"%s\"}";
    String endpoints =
        String.join(
            ",",
            endpoint.formatted("public", "Elsewhere", url + "/wrong"),
            endpoint.formatted("internal", "RegionOne", url + "/wrong"),
            endpoint.formatted("public", "RegionOne", url + "/v2.1/"));
    answer(
        exchange,
        201,
        "{\"token\": {\"catalog\": [{\"type\": \"compute\", \"endpoints\": ["
            + endpoints
            + "]}]}}");
  }

  private void events(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (("t" + tokens.get()).equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"))) {
      received.add(body);
      answer(exchange, 200, "{\"events\": [{\"code\": 200}]}");
    } else {
      answer(exchange, 401, "{}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
