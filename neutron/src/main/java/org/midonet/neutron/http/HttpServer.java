package org.midonet.neutron.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.net.InetAddress;
import java.time.Duration;

/** The web server, Helidon behind it; safe to share. */
public final class HttpServer implements AutoCloseable {
  /** The longest request line, as the reference server has it: clients split longer queries. */
  private static final int MAX_REQUEST_LINE = 8192;

  /** All headers together, as the reference server has it. */
  private static final int MAX_HEADERS = 65536;

  private static final Duration CHECK = Duration.ofMinutes(2);
  private static final Duration FOREVER = Duration.ofDays(24);

  private final WebServer server;
  private final boolean secure;

  private HttpServer(WebServer server, boolean secure) {
    this.server = server;
    this.secure = secure;
  }

  /**
   * Starts a server.
   *
   * @param settings where to listen and what to accept
   * @param handler answers every request, each on a virtual thread of its own
   */
  public static HttpServer start(HttpSettings settings, Handler handler) {
    Adapter adapter = Adapter.of(settings, handler);
    Duration silence = settings.silence().isZero() ? FOREVER : settings.silence();
    WebServerConfig.Builder builder =
        WebServer.builder()
            .address(address(settings.host()))
            .port(settings.port())
            .backlog(settings.backlog())
            .shutdownHook(false)
            .idleConnectionTimeout(silence)
            .idleConnectionPeriod(silence.compareTo(CHECK) < 0 ? silence : CHECK)
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .protocolsDiscoverServices(false)
            .addConnectionSelector(Http1Selector.of(http1(settings), authority(settings)))
            .directHandlers(directHandlers())
            .routing((HttpRouting.Builder routing) -> routing.any(adapter::answer));
    TlsFiles files = settings.tls();
    if (files != null) {
      Tls tls = files.load();
      builder.tls(tls);
    }
    return new HttpServer(builder.build().start(), files != null);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Whether clients must use TLS. */
  public boolean secure() {
    return secure;
  }

  /** Stops accepting, lets running requests end, and stops. */
  @Override
  public void close() {
    server.stop();
  }

  private static Http1Config http1(HttpSettings settings) {
    return Http1Config.builder()
        .maxPrologueLength(MAX_REQUEST_LINE)
        .maxHeadersSize(Math.max(MAX_HEADERS, settings.maxHeaderLine()))
        .build();
  }

  private static String authority(HttpSettings settings) {
    String host = settings.host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + settings.port();
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalArgumentException(
          "bind_host " + host + " is not an address of this host", e);
    }
  }

  /**
   * What Helidon refuses by itself (a malformed request line, say) gets Neutron's error body too.
   */
  private static DirectHandlers directHandlers() {
    DirectHandler refuse =
        (request, type, status, headers, message) -> {
          // Our own defects never come here, so that a 500 is about what could not be read.
          Status said = status.code() == 500 ? Status.BAD_REQUEST_400 : status;
          return DirectHandler.TransportResponse.builder()
              .status(said)
              .headers(headers)
              .header(HeaderNames.CONTENT_TYPE, "application/json")
              .entity(refusal(said).body())
              .build();
        };
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, refuse);
    }
    return handlers.build();
  }

  private static Response refusal(Status status) {
    return switch (status.code()) {
      case 414 -> error(status, "The request line is too long.");
      case 505 ->
          Response.error(505, "HTTPVersionNotSupported", "Ask for the rest by HTTP/1.1 as well.");
      default -> error(status, "The request is malformed.");
    };
  }

  private static Response error(Status status, String message) {
    return Response.error(
        status.code(), "HTTP" + status.reasonPhrase().replaceAll("[^A-Za-z]", ""), message);
  }
}
