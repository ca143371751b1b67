package org.midonet.neutron.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The part of Keystone that validates tokens, on a port of its own, with the faults a test asks
 * for; safe to share.
 */
final class FakeKeystone implements AutoCloseable {

  final AtomicInteger logins = new AtomicInteger();
  final AtomicInteger validations = new AtomicInteger();
  final Map<String, String> tokens = new ConcurrentHashMap<>();
  volatile int status;
  volatile @Nullable String garbage;
  volatile @Nullable CountDownLatch gate;
  volatile Instant ownExpiry = Instant.now().plusSeconds(3600);
  volatile String ownToken = "own-1";

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  FakeKeystone() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/v3/auth/tokens", this::serve);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Issues a token for user u1 in project p1. */
  void issue(String token, Instant expiresAt, String extra) {
    tokens.put(
        token,
        """
        {"token": {"user": {"id": "u1", "name": "alice", "domain": {"id": "default", "name": "Default"}},
         "project": {"id": "p1", "name": "demo", "domain": {"id": "default", "name": "Default"}},
         "roles": [{"id": "r", "name": "member"}, {"id": "s", "name": "reader"}],
         "expires_at": "%s"%s}}\
        """
            .formatted(expiresAt, extra));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("POST")) {
        logins.incrementAndGet();
        exchange.getResponseHeaders().add("X-Subject-Token", ownToken);
        answer(
            exchange,
            201,
            "{\"token\": {\"user\": {\"id\": \"n\"}, \"expires_at\": \"" + ownExpiry + "\"}}");
        return;
      }
      validations.incrementAndGet();
      CountDownLatch closed = gate;
      if (closed != null) {
        closed.await();
      }
      String subject = exchange.getRequestHeaders().getFirst("X-Subject-Token");
      String body = subject == null ? null : tokens.get(subject);
      if (!ownToken.equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"))) {
        answer(exchange, 401, "{}");
      } else if (status != 0) {
        answer(exchange, status, "{}");
      } else if (garbage != null) {
        answer(exchange, 200, garbage);
      } else {
        answer(exchange, body == null ? 404 : 200, body == null ? "{}" : body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
