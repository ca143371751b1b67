package org.midonet.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

final class MetadataProxyTest {
  private static final Machine MACHINE =
      new Machine("6a1c7c34-6a0c-4bb0-8c1c-2c3b4a5d6e7f", "tenant", "10.0.0.5");

  private final AtomicReference<Map<String, List<String>>> heard = new AtomicReference<>(Map.of());
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer nova;

  @BeforeEach
  void startNova() throws IOException {
    nova = HttpServer.create(loopback(0), 0);
    nova.createContext("/", this::answer);
    nova.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    nova.start();
  }

  @AfterEach
  void stopNova() {
    nova.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      heard.set(Map.copyOf(exchange.getRequestHeaders()));
      asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      byte[] body = "i-00000001".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain");
      exchange.sendResponseHeaders(
          exchange.getRequestURI().getPath().endsWith("/x") ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void novaIsToldWhichMachineAsks() throws Exception {
    HttpResponse<String> response = get(novaUri(), MACHINE, "/latest/meta-data/instance-id?a=b");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("i-00000001");
    assertThat(asked).hasValue("GET /latest/meta-data/instance-id?a=b");
    assertThat(heard.get())
        .containsEntry("X-instance-id", List.of(MACHINE.instance()))
        .containsEntry("X-tenant-id", List.of("tenant"))
        .containsEntry("X-forwarded-for", List.of("10.0.0.5"))
        .containsEntry(
            "X-instance-id-signature",
            List.of(MetadataProxy.signature("secret", MACHINE.instance())));
  }

  /** The value that Python's hmac module computes. */
  @Test
  void theSignatureIsThatOfNeutron() {
    assertThat(MetadataProxy.signature("secret", "instance"))
        .isEqualTo("fac450cbc556373851e9f5755126936b598b1749a007d96b7e0b7f1a5cd274e9");
  }

  @Test
  void aMachineCannotPassForAnother() throws Exception {
    get(novaUri(), MACHINE, "/", "X-Instance-ID", "another", "X-Forwarded-For", "10.0.0.99");
    assertThat(heard.get())
        .containsEntry("X-instance-id", List.of(MACHINE.instance()))
        .containsEntry("X-forwarded-for", List.of("10.0.0.5"));
  }

  @Test
  void novasStatusIsPassedOn() throws Exception {
    assertThat(get(novaUri(), MACHINE, "/latest/x").statusCode()).isEqualTo(404);
  }

  @Test
  void onlyGetAndPostAreServed() throws Exception {
    try (MetadataProxy proxy = start(novaUri(), address -> MACHINE)) {
      assertThat(raw(proxy, "DELETE / HTTP/1.1\r\nHost: m\r\n\r\n"))
          .startsWith("HTTP/1.1 405")
          .contains("Allow: GET, POST");
      assertThat(raw(proxy, "POST / HTTP/1.1\r\nHost: m\r\nContent-Length: 2\r\n\r\nab"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whatCannotBePassedOnIsTheMachinesMistake() throws Exception {
    try (MetadataProxy proxy = start(novaUri(), address -> MACHINE)) {
      for (String bad :
          List.of(
              "GET / HTTP/1.1\r\nHost: m\r\nBad(Name: x\r\n\r\n",
              "GET / HTTP/1.1\r\nHost: m\r\nName: x\u0001y\r\n\r\n",
              "GET /%zz HTTP/1.1\r\nHost: m\r\n\r\n")) {
        assertThat(raw(proxy, bad)).as(bad).startsWith("HTTP/1.1 400");
      }
      assertThat(raw(proxy, "GET / HTTP/1.1\r\nHost: m\r\n\r\n")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aMachineThatHangsBlocksNoOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch hanging = new CountDownLatch(MetadataProxy.AT_ONCE);
    nova.removeContext("/");
    nova.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/slow")) {
            hanging.countDown();
            awaitUninterruptibly(release);
          }
          answer(exchange);
        });
    try (MetadataProxy proxy = start(novaUri(), address -> MACHINE);
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      silent.getOutputStream().write('G');
      List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
      for (int i = 0; i < MetadataProxy.AT_ONCE; i++) {
        slow.add(client.sendAsync(request(proxy, "/slow"), BodyHandlers.ofString()));
      }
      assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(client.send(request(proxy, "/"), BodyHandlers.ofString()).statusCode())
          .isEqualTo(503);
      try (Socket other = new Socket()) {
        other.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
        other.connect(loopback(proxy.port()));
        assertThat(raw(other, "GET / HTTP/1.1\r\nHost: m\r\n\r\n")).startsWith("HTTP/1.1 200");
      }
      release.countDown();
      slow.forEach(each -> assertThat(each.join().statusCode()).isEqualTo(200));
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpRequest request(MetadataProxy proxy, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path)).build();
  }

  private static MetadataProxy start(
      @Nullable URI nova, Function<InetAddress, @Nullable Machine> machines) {
    return MetadataProxy.start(
        new MetadataSettings(loopback(0), nova, "secret", Duration.ofSeconds(30)), machines);
  }

  private static String raw(MetadataProxy proxy, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      return raw(socket, request);
    }
  }

  /** The answer until the proxy ends the connection or its head and something more were read. */
  private static String raw(Socket socket, String request) throws IOException {
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      answer.append((char) octet);
      if (answer.toString().endsWith("\r\n\r\n")) {
        break;
      }
    }
    return answer.toString();
  }

  @Test
  void whoIsNoMachineIsRefused() throws Exception {
    assertThat(get(novaUri(), null, "/").statusCode()).isEqualTo(403);
  }

  @Test
  void withoutNovaTheAnswerSaysSo() throws Exception {
    HttpResponse<String> response = get(null, MACHINE, "/");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("nova_metadata_url is not set");
  }

  @Test
  void aNovaThatIsDownIsNamed() throws Exception {
    URI down;
    try (ServerSocket free = new ServerSocket(0)) {
      down = URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
    HttpResponse<String> response = get(down, MACHINE, "/");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains(down.toString());
  }

  @Test
  void aMachineIsThatOfItsPort() {
    MemoryNsdb nsdb = new MemoryNsdb();
    UUID port = UUID.randomUUID();
    nsdb.commit(
        List.of(
            new Operation.Create(
                new NeutronObject(
                    ObjectType.NEUTRON_PORT,
                    port,
                    Map.of(
                        "id",
                        port.toString(),
                        "device_id",
                        MACHINE.instance(),
                        "tenant_id",
                        "tenant",
                        "fixed_ips",
                        List.of(Map.of("ip_address", "10.0.0.5")))))));
    assertThat(Machine.at(nsdb.topology(), port)).isEqualTo(MACHINE);
    assertThat(Machine.at(nsdb.topology(), UUID.randomUUID())).isNull();
  }

  private HttpResponse<String> get(
      @Nullable URI nova, @Nullable Machine machine, String path, String... headers)
      throws IOException, InterruptedException {
    MetadataSettings settings =
        new MetadataSettings(loopback(0), nova, "secret", Duration.ofSeconds(5));
    try (MetadataProxy proxy = MetadataProxy.start(settings, address -> machine)) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private URI novaUri() {
    return URI.create("http://127.0.0.1:" + nova.getAddress().getPort());
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
