package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;
import org.midonet.plugin.client.cluster.DataState;
import org.midonet.plugin.client.cluster.Task;
import org.midonet.plugin.client.cluster.TaskTable;

/** The verbs of midonet-db-manage on each database. */
@DatabaseTest
class DbManageIT {

  private static final Pattern ID = Pattern.compile("\"id\":\\s?\"([0-9a-f-]{36})\"");

  @TempDir private Path dir = Path.of("");
  private final TestDatabase target;
  private final Database database;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();

  DbManageIT(TestDatabase target) {
    this.target = target;
    this.database = target.migrated();
  }

  @BeforeEach
  void empty() {
    database.write(tx -> {
      DataState.setLastProcessed(tx, null);
      DataState.setReadOnly(tx, false);
      tx.update("update midonet_data_state set active_version = null");
      tx.update("delete from midonet_data_versions");
      return tx.update("delete from midonet_tasks");
    });
  }

  private List<String> run(int expected, String... verb) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("neutron.conf"),
            """
            [DEFAULT]
            core_plugin = midonet_v2
            service_plugins = midonet_l3
            auth_strategy = noauth
            bind_host = 127.0.0.1
            bind_port = 0
            [database]
            connection = %s
            [MIDONET]
            client = midonet.neutron.client.cluster.MidonetClusterClient
            """
                .formatted(target.url()));
    String[] line = new String[verb.length + 3];
    line[0] = "db-manage";
    line[1] = "--config-file";
    line[2] = file.toString();
    System.arraycopy(verb, 0, line, 3, verb.length);
    out.setLength(0);
    err.setLength(0);
    assertThat(Main.execute(out, err, line)).as("%s%s", out, err).isEqualTo(expected);
    return out.toString().lines().toList();
  }

  /** Adds a task and returns its id. */
  private int task(String type, String kind, String id, String data) {
    return database.write(tx -> {
      tx.update(
          "insert into midonet_tasks"
              + " (type, tenant_id, data_type, data, resource_id, transaction_id, created_at)"
              + " values ('%s', 't', '%s', %s, '%s', 'req-1', '2026-01-02 03:04:05')"
                  .formatted(type, kind, data.isEmpty() ? "null" : "'" + data + "'", id));
      return TaskTable.after(tx, 0).getLast().id();
    });
  }

  private void processed(int id) {
    database.write(tx -> {
      DataState.setLastProcessed(tx, id);
      return true;
    });
  }

  @Test
  void tasksAreListedInColumns() throws IOException {
    int first = task("CREATE", "NETWORK", "n1", "{}");
    int second = task("DELETE", "NETWORK", "n1", "");
    String row = "%-7s%-11s%-20s%-40s%-20s";

    assertThat(run(0, "task-list"))
        .containsExactly(
            row.formatted("id", "type", "data type", "resource id", "time"),
            row.formatted("--", "----", "---------", "-----------", "----"),
            row.formatted(first, "CREATE", "NETWORK", "n1", "2026-01-02 03:04:05"),
            row.formatted(second, "DELETE", "NETWORK", "n1", "2026-01-02 03:04:05"));
  }

  @Test
  void unprocessedTasksAreThoseAboveTheMark() throws IOException {
    int first = task("CREATE", "NETWORK", "n1", "{}");
    task("CREATE", "NETWORK", "n2", "{}");
    assertThat(run(0, "task-list", "-u")).hasSize(4);
    processed(first);

    assertThat(run(0, "task-list", "-u")).hasSize(3).last().asString().contains("n2");
  }

  @Test
  void cleaningDeletesWhatIsProcessedAndTheMark() throws IOException {
    int first = task("CREATE", "NETWORK", "n1", "{}");
    task("CREATE", "NETWORK", "n2", "{}");
    run(0, "task-clean");
    assertThat(run(0, "task-list")).hasSize(4);
    processed(first);

    run(0, "task-clean");

    assertThat(run(0, "task-list")).hasSize(3);
    assertThat(run(0, "data-show").getFirst()).endsWith(" : None");
  }

  @Test
  void resourcesAreWhatTheTasksLeave() throws IOException {
    task("CREATE", "NETWORK", "n1", "{\"name\": \"a\", \"id\": \"n1\"}");
    task("UPDATE", "NETWORK", "n1", "{\"name\": \"b\u00e9\", \"id\": \"n1\", \"l\": [1, []]}");
    task("CREATE", "PORT", "p1", "{}");
    task("DELETE", "PORT", "p1", "");

    assertThat(run(0, "task-resource"))
        .containsExactly(
            "NETWORKS: ",
            "",
            "{",
            "    \"id\": \"n1\",",
            "    \"l\": [",
            "        1,",
            "        []",
            "    ],",
            "    \"name\": \"b\\u00e9\"",
            "}",
            "PORTS: ",
            "");
  }

  @Test
  void theStateIsFourLines() throws IOException {
    run(0, "data-readonly");

    assertThat(run(0, "data-show"))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("last processed task id    : None"),
            line -> assertThat(line).matches("last updated {13} : \\d{4}-\\d\\d-\\d\\d .*"),
            line -> assertThat(line).isEqualTo("active version            : None"),
            line -> assertThat(line).isEqualTo("read only                 : True"));
    run(0, "data-readwrite");
    assertThat(run(0, "data-show").getLast()).endsWith("False");
  }

  @Test
  void aVersionIsSyncedActivatedAndListed() throws Exception {
    makeARouterWithAnInterface();
    processed(database.read(tx -> TaskTable.after(tx, 0)).getLast().id());
    run(1, "data-version-sync");
    assertThat(err).contains("Run data-readonly first");
    run(0, "data-readonly");

    run(0, "data-version-sync");

    List<Task> tasks = database.read(tx -> TaskTable.after(tx, 0));
    assertThat(tasks).extracting(Task::type).containsOnly("CREATE");
    assertThat(tasks)
        .extracting(Task::dataType)
        .containsSubsequence(
            "CONFIG", "SECURITYGROUP", "NETWORK", "SUBNET", "PORT", "ROUTER", "ROUTERINTERFACE");
    String row = "%-7s%-20s%-20s%-10s";
    assertThat(run(0, "data-version-list"))
        .containsExactly(
            row.formatted("id", "sync_status", "sync_tasks_status", "stale"),
            row.formatted("--", "-----------", "-----------------", "-----"),
            row.formatted(1, "STARTED", "COMPLETED", "False"));
    run(1, "data-version-activate");
    assertThat(err).contains("not processed yet");

    processed(tasks.getLast().id());
    run(0, "data-version-activate");
    run(0, "data-readwrite");

    assertThat(run(0, "data-version-list").getLast())
        .isEqualTo(row.formatted(1, "COMPLETED", "COMPLETED", "False"));
    assertThat(run(0, "data-show").get(2)).isEqualTo("active version            : 1");
  }

  private void makeARouterWithAnInterface() throws Exception {
    run(0, "task-list");
    ConfigFiles files = new ConfigFiles();
    new picocli.CommandLine(files).parseArgs("--config-file", dir + "/neutron.conf");
    try (Server server = Server.start(Settings.resolve(files, Settings.CommandLine.NOTHING), true);
        HttpClient client = HttpClient.newHttpClient()) {
      String base = "http://127.0.0.1:" + server.port() + "/v2.0/";
      String network = send(client, "POST", base + "networks", "{\"network\": {}}");
      String subnet =
          send(
              client,
              "POST",
              base + "subnets",
              "{\"subnet\": {\"network_id\": \"%s\", \"ip_version\": 4, \"cidr\": \"10.0.0.0/24\"}}"
                  .formatted(network));
      String router = send(client, "POST", base + "routers", "{\"router\": {}}");
      send(
          client,
          "PUT",
          base + "routers/" + router + "/add_router_interface",
          "{\"subnet_id\": \"%s\"}".formatted(subnet));
    }
  }

  private static String send(HttpClient client, String method, String uri, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", "application/json")
            .header("X-Project-Id", "p")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    Matcher id = ID.matcher(answer.body());
    assertThat(id.find()).as(answer.body()).isTrue();
    return id.group(1);
  }
}
