package org.midonet.app.scenario;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.midonet.agent.linux.NetworkNamespace;

/** A metadata service that remembers how it was asked. Safe to share between threads. */
final class FakeNova implements AutoCloseable {
  static final String SECRET = "between us";

  private final NetworkNamespace namespace;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final int port;
  private HttpServer server;

  /** A request as Nova gets it. */
  record Request(String method, String path, Headers headers) {}

  private FakeNova(NetworkNamespace namespace) {
    this.namespace = namespace;
    this.server = listen(0);
    this.port = server.getAddress().getPort();
  }

  static FakeNova start(NetworkNamespace namespace) {
    return new FakeNova(namespace);
  }

  private HttpServer listen(int wanted) {
    HttpServer made = Host.serve(namespace, InetAddress.getLoopbackAddress(), wanted);
    made.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          requests.add(
              new Request(exchange.getRequestMethod(), path, exchange.getRequestHeaders()));
          byte[] answer = ("metadata of " + path).getBytes(StandardCharsets.UTF_8);
          try (exchange) {
            exchange.sendResponseHeaders(path.endsWith("missing") ? 404 : 200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    made.start();
    return made;
  }

  int port() {
    return port;
  }

  /** Requests for a path. */
  List<Request> requests(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).toList();
  }

  /** Runs something while nobody listens. */
  synchronized void whileDown(Runnable code) {
    server.stop(0);
    try {
      code.run();
    } finally {
      server = listen(port);
    }
  }

  @Override
  public synchronized void close() {
    server.stop(0);
  }
}
