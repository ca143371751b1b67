package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.nsdb.EmbeddedZooKeeper;
import org.midonet.nsdb.ZooKeeperConfig;

/** The API drives a MidoNet of this program over REST as it would any other. */
class StandaloneMidonetTest {
  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int midonetPort = freePort();
  private StandaloneMidonet midonet;
  private Server server;

  @BeforeEach
  void start() {
    midonet = startMidonet();
    server = Server.start(config("api"), false);
  }

  @AfterEach
  void stop() {
    server.close();
    midonet.close();
    http.close();
  }

  private NeutronConfig config(String state) {
    return NeutronConfig.of(
        Map.of(
            "DEFAULT.auth_strategy", "noauth",
            "DEFAULT.bind_host", "127.0.0.1",
            "DEFAULT.bind_port", "0",
            "DEFAULT.core_plugin", "midonet_v2",
            "DEFAULT.state_path", dir.resolve(state).toString(),
            "DEFAULT.service_plugins", "midonet_l3",
            "database.connection", "sqlite:///" + dir.resolve("neutron.db"),
            "quotas.quota_security_group_rule", "-1",
            "MIDONET.midonet_uri", "http://127.0.0.1:" + midonetPort + "/midonet-api",
            "MIDONET.cluster_api_port", String.valueOf(midonetPort)));
  }

  private StandaloneMidonet startMidonet() {
    NeutronConfig config = config("midonet");
    StandaloneMidonet started = StandaloneMidonet.of(config);
    started.start(config);
    await().atMost(Duration.ofSeconds(30)).until(this::answers);
    return started;
  }

  private boolean answers() {
    try {
      return midonet("networks").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsCreatedHereIsTold() throws Exception {
    String id = id(post("networks", "{'network': {'name': 'n'}}"));
    assertThat(midonet("networks/" + id).statusCode()).isEqualTo(200);
    delete("networks/" + id);
    assertThat(midonet("networks/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void manyRulesInOneRequestAreTold() throws Exception {
    String group = id(post("security-groups", "{'security_group': {'name': 'g'}}"));
    String rules =
        IntStream.rangeClosed(1, 700)
            .mapToObj(port ->
                "{'security_group_id': '%s', 'direction': 'ingress', 'protocol': 'tcp',"
                        .formatted(group)
                    + " 'port_range_min': %1$d, 'port_range_max': %1$d}".formatted(port))
            .collect(Collectors.joining(","));

    HttpResponse<String> answer =
        post("security-group-rules", "{'security_group_rules': [" + rules + "]}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(midonet("security_groups/" + group).body().split("\"port_range_min\"")).hasSize(703);
  }

  @Test
  void whileItIsAwayTheUserHearsOfItAndCanTryAgainLater() throws Exception {
    midonet.close();

    HttpResponse<String> refused = post("networks", "{'network': {'name': 'n'}}");

    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(refused.body())
        .contains("Cannot connect to MidoNet at http://127.0.0.1:" + midonetPort + "/midonet-api");
    assertThat(get("networks?name=n").body()).isEqualTo("{\"networks\":[]}");
    midonet = startMidonet();
    String id = id(post("networks", "{'network': {'name': 'n'}}"));
    assertThat(midonet("networks/" + id).statusCode()).isEqualTo(200);
  }

  @Test
  void aCorruptNodeOfTheTopologyIsLeftOutAndTheRestServed() throws Exception {
    String bad = id(post("networks", "{'network': {'name': 'bad'}}"));
    String good = id(post("networks", "{'network': {'name': 'good'}}"));
    midonet.close();
    corrupt(bad);

    midonet = startMidonet();

    assertThat(midonet("networks").body()).contains(good).doesNotContain(bad);
    assertThat(midonet("networks/" + bad).statusCode()).isEqualTo(404);
    id(post("networks", "{'network': {'name': 'another'}}"));
  }

  /** Writes nonsense over all that the stopped MidoNet keeps under an id. */
  private void corrupt(String id) throws Exception {
    try (EmbeddedZooKeeper server =
        EmbeddedZooKeeper.start(dir.resolve("midonet").resolve("zookeeper"), 0)) {
      ZooKeeper client = new ZooKeeper(ZooKeeperConfig.of(server).hosts(), 30_000, event -> {});
      List<String> all = ZKUtil.listSubTreeBFS(client, "/midonet");
      List<String> objects = all.stream().filter(path -> path.endsWith(id)).toList();
      assertThat(objects).isNotEmpty();
      for (String path : objects) {
        client.setData(path, "{\"id".getBytes(StandardCharsets.UTF_8), -1);
      }
      client.close();
    }
  }

  private static String id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.body().replaceAll("(?s).*?\"id\": ?\"([0-9a-f-]{36})\".*", "$1");
  }

  private HttpResponse<String> midonet(String path) throws IOException {
    return send("GET", "http://127.0.0.1:" + midonetPort + "/midonet-api/neutron/" + path, "");
  }

  private HttpResponse<String> get(String path) throws IOException {
    return send("GET", neutron(path), "");
  }

  private HttpResponse<String> post(String path, String body) throws IOException {
    return send("POST", neutron(path), body.replace('\'', '"'));
  }

  private void delete(String path) throws IOException {
    assertThat(send("DELETE", neutron(path), "").statusCode()).isEqualTo(204);
  }

  private String neutron(String path) {
    return "http://127.0.0.1:" + server.port() + "/v2.0/" + path;
  }

  private HttpResponse<String> send(String method, String uri, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
