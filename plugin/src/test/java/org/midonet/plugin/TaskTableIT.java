package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;
import org.midonet.plugin.Cloud.Behind;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.cluster.DataState;
import org.midonet.plugin.client.cluster.Task;
import org.midonet.plugin.client.cluster.TaskTable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tasks that requests leave, on each database (spec sections 3.6 and 3.7). */
@DatabaseTest
class TaskTableIT {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CLIENT = "midonet.neutron.client.cluster.MidonetClusterClient";

  private final Database database;
  private @Nullable Cloud cloud;
  private int seen;

  TaskTableIT(TestDatabase database) {
    this.database = database.migrated();
  }

  @BeforeEach
  void start() {
    cloud =
        new Cloud(
            new TestServer(
                config -> MidonetClients.of(config.midonet(), BuiltInMidonet.none()),
                Map.of("MIDONET.client", CLIENT, "MIDONET.tunnel_protocol", "gre"),
                database));
    next();
  }

  @AfterEach
  void stop() {
    writable(true);
    cloud().close();
  }

  private Cloud cloud() {
    if (cloud == null) {
      throw new IllegalStateException("not started");
    }
    return cloud;
  }

  /** The tasks since the last time. */
  private List<Task> next() {
    List<Task> tasks = database.read(tx -> TaskTable.after(tx, seen));
    if (!tasks.isEmpty()) {
      seen = tasks.getLast().id();
    }
    return tasks;
  }

  private List<String> told() {
    return next().stream().map(task -> task.type() + " " + task.dataType()).toList();
  }

  private void writable(boolean value) {
    database.write(tx -> {
      DataState.setReadOnly(tx, !value);
      return true;
    });
  }

  private static JsonNode data(Task task) {
    return JSON.readTree(String.valueOf(task.data()));
  }

  @Test
  void everyStartAnnouncesTheConfiguration() {
    seen = 0;
    Task config =
        next().stream().filter(t -> "CONFIG".equals(t.dataType())).findFirst().orElseThrow();

    assertThat(config.type()).isEqualTo("CREATE");
    assertThat(config.tenantId()).isNull();
    assertThat(config.resourceId()).isEqualTo("00000000-0000-0000-0000-000000000001");
    assertThat(data(config).get("id").asString()).isEqualTo(config.resourceId());
    assertThat(data(config).get("tunnel_protocol").asString()).isEqualTo("gre");
    assertThat(data(config).propertyNames())
        .containsExactly(
            "midonet_uri",
            "username",
            "password",
            "project_id",
            "client",
            "tunnel_protocol",
            "cluster_ip",
            "cluster_port",
            "id");
    assertThat(data(config).get("password").isNull()).isTrue();
  }

  @Test
  void aTaskHasTheBodyThatRestWouldHaveAndTheRequestItIsOf() {
    String network = cloud().network();
    Task task = next().getLast();

    assertThat(task.type()).isEqualTo("CREATE");
    assertThat(task.dataType()).isEqualTo("NETWORK");
    assertThat(task.resourceId()).isEqualTo(network);
    assertThat(task.tenantId()).isEqualTo(TestServer.PROJECT);
    assertThat(task.transactionId()).startsWith("req-").hasSizeLessThanOrEqualTo(40);
    assertThat(data(task).get("router:external").asBoolean()).isFalse();
    assertThat(data(task).get("tenant_id").asString()).isEqualTo(TestServer.PROJECT);

    cloud().neutron.delete("/networks/" + network);
    Task delete = next().getLast();
    assertThat(delete.type()).isEqualTo("DELETE");
    assertThat(delete.data()).isNull();
    assertThat(delete.resourceId()).isEqualTo(network);
  }

  @Test
  void tasksOfOneRequestShareItsIdAndStandInOrder() {
    Behind behind = cloud().behind();
    next();

    cloud().floatingIp(behind.external(), behind.port());
    List<Task> tasks = next();

    assertThat(tasks).extracting(Task::dataType).containsExactly("PORT", "FLOATINGIP");
    assertThat(tasks)
        .extracting(Task::transactionId)
        .containsOnly(tasks.getFirst().transactionId());
  }

  @Test
  void networksSubnetsAndPortsAreToldInOrder() {
    String network = cloud().network();
    String subnet = cloud().subnet(network, "10.0.0.0/24");
    String port = cloud().port(network);
    next();
    cloud().neutron.put("/ports/" + port, "{'port': {'name': 'p'}}");
    cloud().neutron.put("/subnets/" + subnet, "{'subnet': {'name': 's'}}");
    cloud().neutron.put("/networks/" + network, "{'network': {'name': 'n'}}");
    cloud().neutron.delete("/ports/" + port);
    cloud().neutron.delete("/networks/" + network);

    assertThat(told())
        .containsExactly(
            "UPDATE PORT",
            "UPDATE SUBNET",
            "UPDATE NETWORK",
            "DELETE PORT",
            "DELETE SUBNET",
            "DELETE NETWORK");
  }

  @Test
  void aGroupIsOneTaskAndItsLaterRulesOneEach() {
    cloud().network();
    next();
    String group = cloud().create("security-groups", "{'security_group': {'name': 'web'}}");
    String rule =
        "{'security_group_id': '%s', 'direction': 'ingress', 'protocol': 'tcp',"
            + " 'port_range_min': %d, 'port_range_max': %d}";
    cloud()
        .neutron
        .post(
            "/security-group-rules",
            "{'security_group_rules': ["
                + rule.formatted(group, 81, 81)
                + ","
                + rule.formatted(group, 82, 82)
                + "]}");
    cloud().neutron.put("/security-groups/" + group, "{'security_group': {'name': 'www'}}");
    cloud().neutron.delete("/security-groups/" + group);

    assertThat(told())
        .containsExactly(
            "CREATE SECURITYGROUP",
            "CREATE SECURITYGROUPRULE",
            "CREATE SECURITYGROUPRULE",
            "DELETE SECURITYGROUP");
  }

  @Test
  void aRouterIsToldWithGatewayAndInterfaces() {
    String external = cloud().external(4);
    String network = cloud().network();
    String subnet = cloud().subnet(network, "10.0.0.0/24");
    next();

    String router = cloud().router(external);
    assertThat(told()).containsExactly("CREATE PORT", "CREATE ROUTER");
    cloud().addInterface(router, "subnet_id", subnet);
    List<Task> added = next();
    assertThat(added).extracting(Task::dataType).containsExactly("PORT", "ROUTERINTERFACE");
    assertThat(added.getLast().resourceId()).isEqualTo(router);
    assertThat(data(added.getLast()).get("port_id").asString())
        .isEqualTo(added.getFirst().resourceId());
    cloud().removeInterface(router, "subnet_id", subnet);
    assertThat(told()).containsExactly("DELETE PORT");
    cloud().clearGateway(router);
    assertThat(told()).containsExactly("DELETE PORT", "UPDATE ROUTER");
  }

  @Test
  void whatIsRefusedLeavesNoTask() {
    String network = cloud().network();
    next();

    Answer refused =
        cloud()
            .neutron
            .post(
                "/ports",
                "{'ports': [{'network_id': '%s'}, {'network_id': '%s', 'mac_address': 'x'}]}"
                    .formatted(network, network));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(next()).isEmpty();
  }

  @Test
  void readOnlyDataRefuseWhatMidonetWouldBeTold() {
    writable(false);

    Answer refused = cloud().neutron.post("/networks", "{'network': {}}");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body().toString()).contains("MidonetDataReadOnly", "read-only");
    assertThat(next()).isEmpty();
    writable(true);
    assertThat(cloud().neutron.post("/networks", "{'network': {}}").status()).isEqualTo(201);
  }

  @Test
  void hostsOfTheTunnelZoneAreTasks() {
    String host = "0a000000-0000-4000-8000-000000000001";
    String body = "{'agent_membership': {'id': '%s', 'ip_address': '192.0.2.1'}}".formatted(host);
    Answer made = cloud().neutron.post("/agent_memberships", body);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.resource().propertyNames()).containsExactly("id", "ip_address");

    assertThat(cloud().neutron.post("/agent_memberships", body).status()).isEqualTo(409);
    assertThat(cloud().neutron.get("/agent_memberships/" + host).resource().get("ip_address"))
        .hasToString("\"192.0.2.1\"");
    assertThat(cloud().count("agent_memberships")).isEqualTo(1);
    assertThat(cloud().neutron.delete("/agent_memberships/" + host).status()).isEqualTo(204);
    assertThat(cloud().neutron.get("/agent_memberships/" + host).status()).isEqualTo(404);

    List<Task> tasks = next();
    assertThat(tasks).extracting(Task::type).containsExactly("CREATE", "DELETE");
    assertThat(tasks).extracting(Task::dataType).containsOnly("AGENTMEMBERSHIP");
    assertThat(tasks.getFirst().data())
        .isEqualTo("{\"id\":\"" + host + "\",\"ip_address\":\"192.0.2.1\"}");
  }

  @Test
  void wordsAtWhichAnImporterWouldStopStayOut() {
    String network = cloud().network();
    String group = cloud().create("security-groups", "{'security_group': {'name': 'g'}}");
    next();
    String port =
        "{'port': {'network_id': '%s', 'device_owner': '%s'}}"; // any user may write any owner
    String rule =
        "{'security_group_rule': {'security_group_id': '%s', 'direction': 'ingress', 'protocol': '%s'}}";

    cloud().create("ports", port.formatted(network, "evil:owner"));
    assertThat(data(next().getLast()).get("device_owner").asString()).isEmpty();
    cloud().create("ports", port.formatted(network, "compute:az1"));
    assertThat(data(next().getLast()).get("device_owner").asString()).isEqualTo("compute:az1");
    cloud().create("security-group-rules", rule.formatted(group, "17"));
    assertThat(data(next().getLast()).get("protocol").asString()).isEqualTo("udp");

    Answer refused = cloud().neutron.post("/security-group-rules", rule.formatted(group, "sctp"));

    assertThat(refused.status()).isEqualTo(501);
    assertThat(refused.body().toString()).contains("MidonetProtocolUnknown", "sctp");
    assertThat(next()).isEmpty();
  }

  @Test
  void whoeverAddsATaskWaitsForThoseBeforeToCommit() throws Exception {
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> other =
          database.write(tx -> {
            DataState.locked(tx);
            Future<String> begun = others.submit(() -> cloud().network());
            assertThatThrownBy(() -> begun.get(1, TimeUnit.SECONDS))
                .isInstanceOf(TimeoutException.class);
            return begun;
          });

      assertThat(other.get(30, TimeUnit.SECONDS)).isNotEmpty();
      assertThat(next()).isNotEmpty();
    }
  }
}
