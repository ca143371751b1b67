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

/** Every firewall command of Debian's neutron command line works and shows what was done. */
@Tag("packages")
@ExtendWith(DeploymentExtension.class)
class FirewallCommandsIT {
  private NeutronCommand demo = new NeutronCommand(Map.of());
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
    openstack = OpenStackCommand.as("demo", deployment);
  }

  @Test
  void aFirewallIsMadeOfRulesAndAPolicy() {
    openstack.perform("router create fwr");
    demo.perform(
        "firewall-rule-create --name web --protocol tcp --destination-port 80:90 --action allow");
    demo.perform(
        "firewall-rule-create --name dns --protocol udp --destination-port 53 --action deny");
    JsonNode policy = demo.json("firewall-policy-create --firewall-rules web p");
    assertThat(policy.get("firewall_rules")).hasSize(1);
    demo.perform("firewall-policy-insert-rule --insert-before web p dns");
    demo.perform("firewall-rule-update web --enabled False");
    demo.perform("firewall-policy-update p --audited True");

    JsonNode firewall = demo.json("firewall-create --name fw --router fwr p");
    assertThat(firewall.get("status").asString()).isEqualTo("PENDING_CREATE");
    assertThat(demo.json("firewall-show fw").get("status").asString()).isEqualTo("ACTIVE");
    assertThat(names(demo.json("firewall-list"))).contains("fw");
    assertThat(names(demo.json("firewall-policy-list"))).contains("p");
    assertThat(names(demo.json("firewall-rule-list"))).contains("web", "dns");
    assertThat(demo.json("firewall-rule-show dns").get("position").asInt()).isEqualTo(1);
    assertThat(demo.run("firewall-policy-delete p").errors()).contains("is being used");
    assertThat(demo.run("firewall-rule-delete web").errors()).contains("is being used");

    demo.perform("firewall-update fw --no-routers");
    assertThat(demo.json("firewall-show fw").get("status").asString()).isEqualTo("INACTIVE");
    demo.perform("firewall-policy-remove-rule p dns");
    demo.perform("firewall-delete fw");
    demo.perform("firewall-policy-delete p");
    demo.perform("firewall-rule-delete web");
    demo.perform("firewall-rule-delete dns");
    openstack.perform("router delete fwr");
    assertThat(names(demo.json("firewall-list"))).doesNotContain("fw");
  }

  private static List<String> names(JsonNode rows) {
    List<String> names = new ArrayList<>();
    rows.forEach(row -> names.add(row.path("name").asString("")));
    return names;
  }
}
