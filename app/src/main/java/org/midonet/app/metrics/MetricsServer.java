package org.midonet.app.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves metrics by HTTP, to whoever reaches the address. Safe to share. */
public final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
  private static final String PATH = "/metrics";

  private final Metrics metrics;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  private MetricsServer(Metrics metrics, HttpServer server) {
    this.metrics = metrics;
    this.server = server;
  }

  /**
   * Starts to serve. A process is there to do its work: if it cannot listen it says so and does
   * without.
   *
   * @param port 0 for any free one
   * @return null if it cannot listen there
   */
  public static @Nullable MetricsServer start(Metrics metrics, String host, int port) {
    try {
      HttpServer http = HttpServer.create(new InetSocketAddress(host, port), 0);
      MetricsServer server = new MetricsServer(metrics, http);
      http.setExecutor(server.threads);
      http.createContext("/", server::answer);
      metrics.addJvm();
      http.start();
      LOG.info("Metrics are served on http://{}:{}{}", host, server.port(), PATH);
      return server;
    } catch (IOException e) {
      LOG.warn("Metrics are not served: cannot listen on {}:{}: {}", host, port, e.getMessage());
      return null;
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        send(exchange, 404, "text/plain", "Metrics are at " + PATH + ".\n");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, "text/plain", "Metrics are read by GET.\n");
      } else {
        send(exchange, 200, PrometheusTextFormatWriter.CONTENT_TYPE, text());
      }
    } catch (RuntimeException e) {
      LOG.warn("Metrics could not be told", e);
    }
  }

  private String text() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, metrics.registry().scrape());
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
