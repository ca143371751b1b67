package org.midonet.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Every load balancing command of version 1 of Debian's neutron command line works and shows what
 * was done; so do its Python bindings.
 */
@Tag("packages")
@ExtendWith(DeploymentExtension.class)
class LoadBalancerCommandsIT {
  private NeutronCommand demo = new NeutronCommand(Map.of());
  private NeutronCommand admin = new NeutronCommand(Map.of());
  private OpenStackCommand openstack = new OpenStackCommand(Map.of());

  @BeforeEach
  void users(Deployment deployment) {
    Script.run(
            Duration.ofMinutes(1),
            "tempest",
            "prepare",
            "--endpoint",
            deployment.server().toString())
        .orThrow();
    demo = NeutronCommand.as("demo", deployment);
    admin = NeutronCommand.as("admin", deployment);
    openstack = OpenStackCommand.as("demo", deployment);
  }

  @Test
  void aPoolIsBalancedByCommands() {
    routed("lbn", "10.77.0.0/24");
    JsonNode pool =
        demo.json(
            "lb-pool-create --name lbp --subnet-id lbn4 --protocol HTTP --lb-method ROUND_ROBIN --provider midonet");
    assertThat(pool.get("status").asString()).isEqualTo("ACTIVE");
    assertThat(pool.get("provider").asString()).isEqualTo("midonet");
    String member =
        demo.json("lb-member-create --address 10.77.0.7 --protocol-port 80 --weight 2 lbp")
            .get("id")
            .asString();
    demo.perform("lb-member-update " + member + " --weight 3");
    assertThat(demo.json("lb-member-show " + member).get("weight").asInt()).isEqualTo(3);
    assertThat(demo.json("lb-member-list")).hasSize(1);
    JsonNode vip =
        demo.json(
            "lb-vip-create lbp --name lbv --subnet-id lbn4 --protocol HTTP --protocol-port 80 --address 10.77.0.99 --session-persistence type=dict type=SOURCE_IP");
    assertThat(vip.get("address").asString()).isEqualTo("10.77.0.99");
    demo.perform("lb-vip-update lbv --name lbw");
    JsonNode shown = demo.json("lb-vip-show lbw");
    assertThat(shown.get("status").asString()).isEqualTo("ACTIVE");
    assertThat(shown.get("session_persistence").toString()).contains("SOURCE_IP");
    assertThat(names(demo.json("lb-vip-list"))).contains("lbw");
    assertThat(demo.run("lb-pool-delete lbp").errors()).contains("is still in use");
    demo.perform("lb-vip-delete lbw");
    demo.perform("lb-pool-update lbp --name lbq");
    assertThat(names(demo.json("lb-pool-list"))).contains("lbq");

    monitored("lbq");

    demo.perform("lb-member-delete " + member);
    demo.perform("lb-pool-delete lbq");
    assertThat(names(demo.json("lb-pool-list"))).doesNotContain("lbq");
    gone("lbn");
  }

  private void monitored(String pool) {
    String monitor =
        demo.json(
                "lb-healthmonitor-create --type HTTP --delay 5 --timeout 3 --max-retries 3 --url-path /health --expected-codes 200-299")
            .get("id")
            .asString();
    demo.perform("lb-healthmonitor-associate " + monitor + " " + pool);
    assertThat(demo.json("lb-pool-show " + pool).get("health_monitors").toString())
        .contains(monitor);
    demo.perform("lb-healthmonitor-update " + monitor + " --delay 7");
    assertThat(demo.json("lb-healthmonitor-show " + monitor).get("delay").asInt()).isEqualTo(7);
    assertThat(demo.json("lb-healthmonitor-list").toString()).contains(monitor);
    assertThat(demo.run("lb-healthmonitor-delete " + monitor).errors())
        .contains("still has associations");
    demo.perform("lb-healthmonitor-disassociate " + monitor + " " + pool);
    demo.perform("lb-healthmonitor-delete " + monitor);
    JsonNode stats = demo.json("lb-pool-stats " + pool);
    assertThat(stats.get("total_connections").asInt()).isZero();
    assertThat(stats.get("bytes_in").asInt()).isZero();
  }

  /** There is none of Neutron's agents, which the command has no words for. */
  @Test
  void noAgentHostsAPool() {
    routed("lba", "10.78.0.0/24");
    demo.perform(
        "lb-pool-create --name lbap --subnet-id lba4 --protocol TCP --lb-method ROUND_ROBIN");
    assertThat(admin.run("lb-agent-hosting-pool lbap").output()).doesNotContain("midonet");
    JsonNode agents = admin.json("agent-list");
    String any = agents.get(0).get("id").asString();
    assertThat(admin.json("lb-pool-list-on-agent " + any)).isEmpty();
    assertThat(admin.json("service-provider-list").toString()).contains("LOADBALANCER");
    demo.perform("lb-pool-delete lbap");
    gone("lba");
  }

  @Test
  void theBindingsDoTheSame(Deployment deployment) {
    Script.Result result =
        Script.run(
            Duration.ofMinutes(3),
            OpenStackCommand.environment("demo", deployment),
            List.of("/usr/bin/python3", Script.HOME.resolve("lib/services_session.py").toString()));
    assertThat(result.status()).as("%s%s", result.output(), result.errors()).isZero();
    assertThat(result.output()).contains("deleted pool", "deleted vip", "deleted firewall");
  }

  private void routed(String name, String cidr) {
    openstack.perform("network create " + name);
    openstack.perform(
        "subnet create --network " + name + " --subnet-range " + cidr + " " + name + "4");
    openstack.perform("router create " + name + "r");
    openstack.perform("router add subnet " + name + "r " + name + "4");
  }

  private void gone(String name) {
    openstack.perform("router remove subnet " + name + "r " + name + "4");
    openstack.perform("router delete " + name + "r");
    openstack.perform("network delete " + name);
  }

  private static List<String> names(JsonNode rows) {
    List<String> names = new ArrayList<>();
    rows.forEach(row -> names.add(row.path("name").asString("")));
    return names;
  }
}
