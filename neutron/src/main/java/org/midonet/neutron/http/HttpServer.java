package org.midonet.neutron.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.midonet.neutron.error.NeutronException;

/** The web server: the only class that knows Helidon. Safe to share. */
public final class HttpServer implements AutoCloseable {
  private static final byte[] NOTHING = new byte[0];

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
    Adapter adapter = new Adapter(settings, handler);
    WebServerConfig.Builder builder =
        WebServer.builder()
            .address(address(settings.host()))
            .port(settings.port())
            .backlog(settings.backlog())
            .shutdownHook(false)
            .maxConcurrentRequests(settings.maxConcurrentRequests())
            .directHandlers(directHandlers())
            .routing((HttpRouting.Builder routing) -> routing.any(adapter::answer));
    Tls tls = settings.tls();
    if (tls != null) {
      builder.tls(tls);
    }
    return new HttpServer(builder.build().start(), tls != null);
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
          Response answer =
              Response.error(status.code(), "HTTP" + name(status), "The request is malformed.");
          return DirectHandler.TransportResponse.builder()
              .status(status)
              .headers(headers)
              .header(HeaderNames.CONTENT_TYPE, "application/json")
              .entity(answer.body())
              .build();
        };
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, refuse);
    }
    return handlers.build();
  }

  private static String name(Status status) {
    return status.reasonPhrase().replace(" ", "");
  }

  private record Adapter(HttpSettings settings, Handler handler) {
    void answer(ServerRequest request, ServerResponse response) {
      Response answer;
      try {
        answer = handler.handle(read(request));
      } catch (NeutronException e) {
        answer = Response.error(e);
      }
      response.status(Status.create(answer.status()));
      answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
      if (request.prologue().method().text().equalsIgnoreCase("HEAD")) {
        // The length a GET would have; the body itself would be read as the next answer.
        response.contentLength(answer.body().length);
        response.send();
      } else {
        response.send(answer.body());
      }
    }

    private Request read(ServerRequest request) {
      Map<String, String> headers = new HashMap<>();
      for (Header header : request.headers()) {
        headers.putIfAbsent(header.headerName().lowerCase(), header.get());
      }
      String scheme = settings.tls() == null ? "http" : "https";
      String host = headers.getOrDefault("host", settings.host() + ":" + settings.port());
      return new Request(
          request.prologue().method().text().toUpperCase(Locale.ROOT),
          request.path().path(),
          request.query().rawValue(),
          headers,
          body(request),
          base(scheme, host, headers),
          request.remotePeer().host());
    }

    private String base(String scheme, String host, Map<String, String> headers) {
      if (settings.trustProxyHeaders()) {
        return headers.getOrDefault("x-forwarded-proto", scheme)
            + "://"
            + headers.getOrDefault("x-forwarded-host", host);
      }
      return scheme + "://" + host;
    }

    private byte[] body(ServerRequest request) {
      if (!request.content().hasEntity()) {
        return NOTHING;
      }
      long declared = request.headers().contentLength().orElse(0);
      int limit = settings.maxBodyBytes();
      if (declared > limit) {
        throw tooLarge();
      }
      try (InputStream in = request.content().inputStream()) {
        byte[] bytes = in.readNBytes(limit + 1);
        if (bytes.length > limit) {
          throw tooLarge();
        }
        return bytes;
      } catch (IOException e) {
        throw NeutronException.badRequest("Body contains invalid data");
      }
    }

    private static NeutronException tooLarge() {
      return new NeutronException(413, "HTTPRequestEntityTooLarge", "Request is too large.");
    }
  }
}
