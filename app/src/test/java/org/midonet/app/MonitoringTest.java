package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.AgentStatistics;
import org.midonet.agent.datapath.DatapathCounters;
import org.midonet.agent.forward.ForwardingStatistics;
import org.midonet.agent.forward.Timings;
import org.midonet.agent.sim.DropReason;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.LocalState;
import org.midonet.neutron.config.NeutronConfig;

/** What a running program tells Prometheus. */
final class MonitoringTest {
  private static final Pattern NAME = Pattern.compile("(?m)^# TYPE (midonet_\\w+) ");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(midonet_\\w+)` \\|");

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Server server;
  private Monitoring monitoring;

  @BeforeEach
  void start() {
    NeutronConfig config =
        NeutronConfig.of(
            Map.of(
                "DEFAULT.auth_strategy", "noauth",
                "DEFAULT.bind_host", "127.0.0.1",
                "DEFAULT.bind_port", "0",
                "DEFAULT.core_plugin", "midonet_v2",
                "DEFAULT.service_plugins", "midonet_l3",
                "DEFAULT.state_path", folder.toString(),
                "database.connection", "sqlite:///" + folder.resolve("neutron.db"),
                "MIDONET.client", "builtin",
                "MIDONET.cluster_api_port", "0",
                "MIDONET.metrics_port", "0"));
    monitoring = Monitoring.of(config, Monitoring.Role.API);
    server = Server.start(config, true, monitoring.metrics());
    monitoring.start();
  }

  @AfterEach
  void stop() {
    monitoring.close();
    server.close();
    http.close();
  }

  @Test
  void requestsAreCountedByResourceMethodAndStatus() throws Exception {
    createNetwork();
    api("GET", "networks", "");
    api("GET", "networks/nobody", "");
    api("GET", "no-such-thing-" + "x".repeat(20), "");

    assertThat(metrics())
        .contains(
            "midonet_api_requests_total{method=\"POST\",resource=\"networks\",status=\"201\"} 1.0",
            "midonet_api_requests_total{method=\"GET\",resource=\"networks\",status=\"200\"} 1.0",
            "midonet_api_requests_total{method=\"GET\",resource=\"networks\",status=\"404\"} 1.0",
            "midonet_api_requests_total{method=\"GET\",resource=\"other\",status=\"404\"} 1.0",
            "midonet_api_request_seconds_count{method=\"POST\",resource=\"networks\"} 1")
        .doesNotContain("no-such-thing");
  }

  @Test
  void tasksAreTimedFromTheirCommitToTheirEffect() throws Exception {
    createNetwork();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(metrics())
                .containsPattern("midonet_task_lag_seconds_count [1-9]")
                .contains("midonet_tasks{state=\"pending\"} 0.0")
                .contains("midonet_tasks{state=\"parked\"} 0.0")
                .contains("midonet_zookeeper_connected 1.0")
                .containsPattern("midonet_topology_objects [1-9]"));
  }

  @Test
  void theVirtualMachineAndTheDatabaseAreTold() throws Exception {
    assertThat(metrics())
        .contains("jvm_memory_used_bytes{area=\"heap\"}", "jvm_gc_collection_seconds_count")
        .containsPattern("midonet_database_connections_open [1-9]")
        .contains("midonet_build_info{version=");
  }

  @Test
  void theAgentIsTold() throws Exception {
    monitoring.metrics().agent(MonitoringTest::statistics);
    assertThat(metrics())
        .contains(
            "midonet_agent_misses_total 2.0",
            "midonet_agent_drops_total{reason=\"filtered\"} 5.0",
            "midonet_agent_state{kind=\"connection\"} 3.0",
            "midonet_agent_simulation_seconds_bucket{le=\"6.4E-5\"} 1",
            "midonet_agent_simulation_seconds_bucket{le=\"+Inf\"} 1",
            "midonet_agent_ports{state=\"active\"} 1.0");
  }

  /** docs/metrics.md is the list, no more and no less. */
  @Test
  void everyMetricIsDocumented() throws Exception {
    monitoring.metrics().agent(MonitoringTest::statistics);
    createNetwork();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(names(DOCUMENTED, Files.readString(Path.of("..", "docs", "metrics.md"))))
                .isEqualTo(names(NAME, metrics())));
  }

  @Test
  void nothingElseIsServedThere() throws Exception {
    assertThat(send("GET", "http://127.0.0.1:" + monitoring.port() + "/v2.0/networks", ""))
        .startsWith("404 ");
  }

  private static AgentStatistics statistics() {
    Timings timings = new Timings();
    timings.add(50_000);
    Timings.Snapshot once = timings.snapshot();
    return new AgentStatistics(
        new ForwardingStatistics(
            new DatapathCounters(1, 2, 0, 0, 0, 0, 0, 4, 0, 8),
            new ForwardingStatistics.Decisions(
                Map.of(Verdict.Kind.DROP, 5L), Map.of(DropReason.FILTERED, 5L), 0),
            once,
            once,
            once,
            6,
            1000,
            3,
            new LocalState.Counts(3, 2, 1, 0),
            7,
            2,
            0),
        once,
        2,
        1,
        1);
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private void createNetwork() throws IOException {
    assertThat(api("POST", "networks", "{\"network\": {\"name\": \"n\"}}")).startsWith("201 ");
  }

  private String metrics() throws IOException {
    String answer = send("GET", "http://127.0.0.1:" + monitoring.port() + "/metrics", "");
    assertThat(answer).startsWith("200 ");
    return answer;
  }

  private String api(String method, String path, String body) throws IOException {
    return send(method, "http://127.0.0.1:" + server.port() + "/v2.0/" + path, body);
  }

  private String send(String method, String uri, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
