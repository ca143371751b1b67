package org.midonet.plugin.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A MidoNet API as far as the client sees it: login, discovery, Neutron resources; records every
 * request. Safe to share between threads. It behaves unless a test tells it how to answer the next
 * requests to a path.
 */
public final class FakeMidonet implements AutoCloseable {

  public static final String USER = "admin";
  public static final String PASSWORD = "passw0rd";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> RESOURCES =
      List.of(
          "network",
          "subnet",
          "port",
          "router",
          "floating_ip",
          "security_group",
          "security_group_rule");

  /** The releases of MidoNet, as far as they differ in what clients see of them. */
  public enum Release {
    V2015_03("v1.9", "Neutron-v2", ""),
    V2015_06("v1.10", "Neutron-v2", ""),
    V5_0("v5.0", "Neutron-v3", "firewall"),
    V5_2("v5.0", "Neutron-v3", "firewall vpn_service gateway_device"),
    V5_4("v5.0", "Neutron-v3", "firewall vpn_service gateway_device load_balancer_v2"),
    V5_6("v5.0", "Neutron-v3", "firewall vpn_service gateway_device load_balancer_v2");

    private final String version;
    private final String document;
    private final String more;

    Release(String version, String document, String more) {
      this.version = version;
      this.document = document;
      this.more = more;
    }
  }

  private final Release release;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Answer>> scripted = new ConcurrentHashMap<>();
  private final AtomicInteger logins = new AtomicInteger();
  private volatile String token = "";

  /** A request as it arrived. */
  public record Exchange(
      String method, String path, Map<String, List<String>> headers, String body) {

    public @Nullable String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.getFirst();
    }

    public JsonNode json() {
      return JSON.readTree(body);
    }

    /** {@code POST neutron/ports}: what happened, below the root of the API. */
    public String line() {
      return method + " " + path.substring("/midonet-api/".length());
    }
  }

  /** How to answer one request. */
  @FunctionalInterface
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /** A MidoNet 5.6. */
  public FakeMidonet() {
    this(Release.V5_6);
  }

  public FakeMidonet(Release release) {
    this(release, InetAddress.ofLiteral("127.0.0.1"));
  }

  /** A MidoNet at an address of this machine. */
  public FakeMidonet(Release release, InetAddress address) {
    this(release, address, null);
  }

  /** A MidoNet that speaks https. */
  public FakeMidonet(SSLContext tls) {
    this(Release.V5_6, InetAddress.ofLiteral("127.0.0.1"), tls);
  }

  private FakeMidonet(Release release, InetAddress address, @Nullable SSLContext tls) {
    this.release = release;
    try {
      server = server(new InetSocketAddress(address, 0), tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static HttpServer server(InetSocketAddress address, @Nullable SSLContext tls)
      throws IOException {
    if (tls == null) {
      return HttpServer.create(address, 0);
    }
    HttpsServer secure = HttpsServer.create(address, 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(tls));
    return secure;
  }

  public URI uri() {
    InetAddress address = server.getAddress().getAddress();
    String host = address instanceof Inet6Address ? "[::1]" : address.getHostAddress();
    String scheme = server instanceof HttpsServer ? "https://" : "http://";
    return URI.create(scheme + host + ":" + server.getAddress().getPort() + "/midonet-api");
  }

  /** Settings of a client of this server. */
  public MidonetSettings settings() {
    return MidonetSettings.of(uri().toString(), USER, PASSWORD, "service");
  }

  /**
   * The next request to the path, given below the root of the API, gets this answer; several calls
   * queue up.
   */
  public FakeMidonet next(String path, Answer answer) {
    scripted.computeIfAbsent("/midonet-api" + path, p -> new ConcurrentLinkedQueue<>()).add(answer);
    return this;
  }

  /** The token given last is no longer taken. */
  public void forgetToken() {
    token = "gone";
  }

  public int logins() {
    return logins.get();
  }

  /** Everything that arrived, in order. */
  public List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** What arrived for Neutron resources, without login and discovery. */
  public List<Exchange> calls() {
    return exchanges.stream().filter(e -> e.path().startsWith("/midonet-api/neutron/")).toList();
  }

  /** {@link Exchange#line} of each of {@link #calls}. */
  public List<String> lines() {
    return calls().stream().map(Exchange::line).toList();
  }

  /** Forgets what arrived. */
  public void clear() {
    exchanges.clear();
  }

  /** An answer with a body as MidoNet gives for errors. */
  public static Answer error(int status, String message) {
    return json(
        status,
        "application/vnd.org.midonet.Error-v1+json",
        JSON.writeValueAsString(new LinkedHashMap<>(Map.of("message", message, "code", status))));
  }

  public static Answer json(int status, String type, String body) {
    return exchange -> send(exchange, status, type, body);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    exchanges.add(
        new Exchange(
            exchange.getRequestMethod(), path, Map.copyOf(exchange.getRequestHeaders()), body));
    Queue<Answer> queue = scripted.get(path);
    Answer answer = queue == null ? null : queue.poll();
    try (exchange) {
      if (answer != null) {
        answer.to(exchange);
      } else {
        behave(exchange, path, body);
      }
    }
  }

  private void behave(HttpExchange exchange, String path, String body) throws IOException {
    if (path.equals("/midonet-api/login")) {
      login(exchange);
    } else if (!token.equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"))) {
      error(401, "Token not found").to(exchange);
    } else if (path.equals("/midonet-api")) {
      document(
          exchange,
          "Application-v5",
          Map.of("version", release.version, "neutron", uri() + "/neutron"));
    } else if (path.equals("/midonet-api/neutron")) {
      document(exchange, "neutron." + release.document, neutronDocument());
    } else {
      resource(exchange, path, body);
    }
  }

  private void login(HttpExchange exchange) throws IOException {
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      error(401, "Invalid username or password.").to(exchange);
      return;
    }
    token = "token" + logins.incrementAndGet();
    exchange
        .getResponseHeaders()
        .add("Set-Cookie", "sessionId=" + token + ";Expires=Wed, 01 Jan 2031 00:00:00 GMT");
    send(
        exchange,
        200,
        "application/vnd.org.midonet.Token-v1+json",
        "{\"key\":\"" + token + "\",\"expires\":null}");
  }

  private Map<String, Object> neutronDocument() {
    Map<String, Object> document = new LinkedHashMap<>();
    String base = uri() + "/neutron";
    document.put("uri", base);
    for (String resource : RESOURCES) {
      document.put(resource + "s", base + "/" + resource + "s");
      document.put(resource + "_template", base + "/" + resource + "s/{id}");
    }
    Map<String, Object> balancing = new LinkedHashMap<>();
    for (String resource : List.of("pool", "vip", "member", "health_monitor")) {
      balancing.put(resource + "s", base + "/lb/" + resource + "s");
      balancing.put(resource + "_template", base + "/lb/" + resource + "s/{id}");
    }
    document.put("load_balancer", balancing);
    document.put("add_router_interface_template", base + "/routers/{id}/add_router_interface");
    document.put(
        "remove_router_interface_template", base + "/routers/{id}/remove_router_interface");
    for (String resource : release.more.split(" ", -1)) {
      if (resource.equals("load_balancer_v2")) {
        document.put("load_balancers_v2", base + "/lbs_v2");
        document.put("load_balancer_v2_template", base + "/lbs_v2/{id}");
      } else {
        document.put(resource + "s", base + "/" + resource + "s");
        document.put(resource + "_template", base + "/" + resource + "s/{id}");
      }
    }
    return document;
  }

  private static void document(HttpExchange exchange, String type, Map<String, Object> members)
      throws IOException {
    String mediaType = "application/vnd.org.midonet." + type + "+json";
    String accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
    if (!List.of(accepted.split(", ?", -1)).contains(mediaType)) {
      exchange.sendResponseHeaders(406, -1);
      return;
    }
    send(exchange, 200, mediaType, JSON.writeValueAsString(members));
  }

  /** Up to 5.4 a protocol that is not known counts as none; 5.6 knows many and refuses the rest. */
  private String stored(String path, String body) {
    return path.endsWith("/security_group_rules") && release != Release.V5_6
        ? body.replaceAll("\"protocol\":\"(?!tcp|udp|icmp)[^\"]*\"", "\"protocol\":null")
        : body;
  }

  private void resource(HttpExchange exchange, String path, String body) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        exchange.getResponseHeaders().add("Location", path);
        send(
            exchange,
            201,
            String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
            stored(path, body));
      }
      case "PUT" -> {
        if (path.endsWith("_router_interface")) {
          exchange.sendResponseHeaders(204, -1);
        } else {
          send(
              exchange,
              200,
              String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
              body);
        }
      }
      case "DELETE" -> exchange.sendResponseHeaders(204, -1);
      default -> exchange.sendResponseHeaders(405, -1);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
