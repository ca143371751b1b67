package org.midonet.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keystone, and a Nova that writes down the events it gets and may be away. Safe to share. */
final class FakeNova implements AutoCloseable {
  static final String TOKEN = "token-of-neutron";
  private static final String EVENTS = "/v2.1/os-server-external-events";

  /** An event as Nova got it. */
  record Event(String name, String server, String status, String port) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private final HttpServer keystone;
  private final int novaPort;
  private @Nullable HttpServer nova;

  FakeNova() {
    nova = start(0);
    novaPort = nova.getAddress().getPort();
    nova.createContext("/", this::nova);
    nova.start();
    keystone = start(0);
    keystone.createContext("/", this::keystone);
    keystone.start();
  }

  private static HttpServer start(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String authUrl() {
    return "http://127.0.0.1:" + keystone.getAddress().getPort();
  }

  List<Event> events() {
    return events;
  }

  List<String> logins() {
    return logins;
  }

  void goAway() {
    if (nova != null) {
      nova.stop(0);
    }
  }

  void comeBack() {
    nova = start(novaPort);
    nova.createContext("/", this::nova);
    nova.start();
  }

  private void keystone(HttpExchange exchange) throws IOException {
    try (exchange) {
      logins.add(body(exchange));
      exchange.getResponseHeaders().set("X-Subject-Token", TOKEN);
      String catalog =
          """
          {"token": {"catalog": [{"type": "compute", "endpoints": [
            {"interface": "public", "region_id": "one", "url": "http://127.0.0.1:%d/v2.1"}]}]}}
          """
              .formatted(novaPort);
      answer(exchange, 201, catalog);
    }
  }

  private void nova(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"));
      if (!known || !exchange.getRequestURI().getPath().equals(EVENTS)) {
        answer(exchange, known ? 404 : 401, "{}");
        return;
      }
      String body = body(exchange);
      for (JsonNode event : JsonMapper.shared().readTree(body).path("events")) {
        events.add(
            new Event(
                event.path("name").asString(""),
                event.path("server_uuid").asString(""),
                event.path("status").asString(""),
                event.path("tag").asString("")));
      }
      answer(exchange, 200, body);
    }
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    goAway();
    keystone.stop(0);
  }
}
