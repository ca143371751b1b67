package org.midonet.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
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
