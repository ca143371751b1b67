package org.midonet.agent.metadata;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays requests for metadata to Nova, with the headers of Neutron's metadata agent. Safe to
 * share.
 *
 * <p>Who asks is told by the address of the request; what a request itself says of that is dropped.
 */
public final class MetadataProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataProxy.class);
  private static final int BACKLOG = 128;
  private static final int MAX_BODY = 1 << 20;
  private static final String ALGORITHM = "HmacSHA256";
  private static final Set<String> METHODS = Set.of("GET", "POST");

  /** So many requests of one machine are under way at once; further ones are refused. */
  static final int AT_ONCE = 16;

  /**
   * What one connection may cost; the server of the JDK takes it from properties alone, once for
   * the process. Whoever set them has decided.
   */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxRspTime", "90",
          "jdk.httpserver.maxConnections", "1024");

  static {
    LIMITS.forEach((name, value) -> {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
  }

  /** Said by the proxy, or of the connection alone (RFC 9110 section 7.6.1). */
  private static final Set<String> NOT_RELAYED =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "x-forwarded-for",
          "x-instance-id",
          "x-instance-id-signature",
          "x-tenant-id");

  private final MetadataSettings settings;
  private final Function<InetAddress, @Nullable Machine> machines;
  private final HttpClient http;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** How many requests of each machine are under way. */
  private final Map<InetAddress, Integer> underWay = new ConcurrentHashMap<>();

  private MetadataProxy(
      MetadataSettings settings,
      Function<InetAddress, @Nullable Machine> machines,
      HttpServer server) {
    this.settings = settings;
    this.machines = machines;
    this.server = server;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .build();
  }

  /**
   * Listens.
   *
   * @param machines the machine that has an address, null if none has
   */
  public static MetadataProxy start(
      MetadataSettings settings, Function<InetAddress, @Nullable Machine> machines) {
    try {
      HttpServer server = HttpServer.create(settings.listen(), BACKLOG);
      MetadataProxy proxy = new MetadataProxy(settings, machines, server);
      server.setExecutor(proxy.threads);
      server.createContext("/", proxy::handle);
      server.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the metadata proxy cannot listen on " + settings.listen() + ": " + e.getMessage(), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    InetAddress asker = exchange.getRemoteAddress().getAddress();
    int present = underWay.merge(asker, 1, Integer::sum);
    try (exchange) {
      if (present > AT_ONCE) {
        answer(exchange, 503, "More than " + AT_ONCE + " requests of this machine are under way.");
        return;
      }
      serve(exchange, asker);
    } finally {
      underWay.computeIfPresent(asker, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  private void serve(HttpExchange exchange, InetAddress asker) throws IOException {
    if (!METHODS.contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "GET, POST");
      answer(exchange, 405, "Metadata is asked for by GET and POST.");
      return;
    }
    Machine machine = machines.apply(asker);
    if (machine == null) {
      answer(exchange, 403, "No virtual machine has the address of this request.");
      return;
    }
    URI nova = settings.nova();
    if (nova == null) {
      answer(exchange, 503, "There is no metadata service: nova_metadata_url is not set.");
      return;
    }
    relay(exchange, nova, machine);
  }

  private void relay(HttpExchange exchange, URI nova, Machine machine) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      answer(exchange, 413, "The request is longer than " + MAX_BODY + " octets.");
      return;
    }
    HttpRequest request;
    try {
      request = request(exchange, nova, machine, body);
    } catch (IllegalArgumentException e) {
      answer(exchange, 400, "The request cannot be passed on: " + e.getMessage());
      return;
    }
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      Headers headers = exchange.getResponseHeaders();
      response
          .headers()
          .map()
          .forEach((name, values) -> {
            if (isRelayed(name)) {
              headers.put(name, List.copyOf(values));
            }
          });
      send(exchange, response.statusCode(), response.body());
    } catch (IOException e) {
      LOG.warn("Nova's metadata service at {} does not answer: {}", nova, e.toString());
      answer(exchange, 503, "Nova's metadata service at " + nova + " does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer(exchange, 503, "The metadata proxy stops.");
    }
  }

  private HttpRequest request(HttpExchange exchange, URI nova, Machine machine, byte[] body) {
    URI asked = exchange.getRequestURI();
    String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base(nova) + asked.getRawPath() + query))
            .timeout(settings.timeout())
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (isRelayed(name)) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return request
        .header("X-Forwarded-For", machine.address())
        .header("X-Instance-ID", machine.instance())
        .header("X-Tenant-ID", machine.tenant())
        .header("X-Instance-ID-Signature", signature(settings.sharedSecret(), machine.instance()))
        .build();
  }

  /** Joined as text, for a path that begins with two slashes would be resolved to another host. */
  private static String base(URI nova) {
    String text = nova.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static boolean isRelayed(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return !name.startsWith(":") && !NOT_RELAYED.contains(name);
  }

  /** The HMAC-SHA256 of an instance's id, in hexadecimal, as Nova checks it. */
  static String signature(String secret, String instance) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      // A key must not be empty, and HMAC fills one up with zeros (RFC 2104).
      byte[] key = secret.isEmpty() ? new byte[1] : secret.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(instance.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has this algorithm
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain;charset=utf-8");
    send(exchange, status, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean hasBody =
        body.length > 0
            && status != 204
            && status != 304
            && !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    http.close();
  }
}
