package org.midonet.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * What an operator and a tenant do with the openstack command line of Debian works and shows what
 * was done. Each command takes a second or two to load, so that a test does as much as belongs
 * together.
 */
@Tag("packages")
@ExtendWith(DeploymentExtension.class)
class CommandLineIT {

  private OpenStackCommand demo = new OpenStackCommand(Map.of());
  private OpenStackCommand admin = new OpenStackCommand(Map.of());

  @BeforeEach
  void users(Deployment deployment) {
    Script.run(
            Duration.ofMinutes(1),
            "tempest",
            "prepare",
            "--endpoint",
            deployment.server().toString())
        .orThrow();
    demo = OpenStackCommand.as("demo", deployment);
    admin = OpenStackCommand.as("admin", deployment);
  }

  @Test
  void aPortOfARoutedNetworkGetsAFloatingIp() {
    demo.perform("network create web");
    demo.perform(
        "subnet create --network web --subnet-range 10.44.0.0/24 --dns-nameserver 9.9.9.9 web4");
    demo.perform("router create edge");
    demo.perform("router add subnet edge web4");
    demo.perform("router set --external-gateway public edge");
    demo.perform("security group create http");
    demo.perform(
        "security group rule create --protocol tcp --dst-port 80 --remote-ip 0.0.0.0/0 http");
    demo.perform(
        "port create --network web --fixed-ip subnet=web4,ip-address=10.44.0.80 --security-group http srv");
    JsonNode floating = demo.json("floating ip create --port srv --description front public");

    assertThat(floating.get("fixed_ip_address").stringValue()).isEqualTo("10.44.0.80");
    assertThat(floating.get("floating_ip_address").stringValue()).startsWith("172.24.");
    JsonNode router = demo.json("router show edge");
    assertThat(router.at("/interfaces_info/0/ip_address").stringValue()).isEqualTo("10.44.0.1");
    assertThat(router.at("/external_gateway_info/enable_snat").booleanValue()).isTrue();
    assertThat(demo.json("port show srv").at("/fixed_ips/0/ip_address").stringValue())
        .isEqualTo("10.44.0.80");
    assertThat(column(demo.json("security group rule list http"), "Port Range")).contains("80:80");
    assertThat(demo.run("network delete web").errors()).contains("409").contains("in use");

    demo.perform("floating ip delete " + floating.get("id").stringValue());
    demo.perform("router unset --external-gateway edge");
    demo.perform("router remove subnet edge web4");
    demo.perform("router delete edge");
    demo.perform("port delete srv");
    demo.perform("security group delete http");
    demo.perform("network delete web");
    assertThat(column(demo.json("network list"), "Name")).doesNotContain("web").contains("public");
  }

  @Test
  void resourcesAreTaggedAndFoundByTag() {
    demo.perform("network create --tag blue --tag green tagged");
    demo.perform("network create untagged");
    assertThat(column(demo.json("network list --tags blue,green"), "Name"))
        .containsExactly("tagged");
    assertThat(column(demo.json("network list --not-tags blue"), "Name"))
        .contains("untagged")
        .doesNotContain("tagged");
    demo.perform("network unset --all-tag tagged");
    assertThat(demo.json("network show tagged").get("tags")).isEmpty();
    demo.perform("network delete tagged untagged");
  }

  @Test
  void subnetsComeFromPoolsOfAnAddressScope() {
    demo.perform("address scope create --ip-version 4 scope");
    demo.perform(
        "subnet pool create --address-scope scope --pool-prefix 10.45.0.0/16 --default-prefix-length 26 pool");
    demo.perform("network create pooled");
    JsonNode subnet = demo.json("subnet create --network pooled --subnet-pool pool pooled4");
    assertThat(subnet.get("cidr").stringValue()).isEqualTo("10.45.0.0/26");
    assertThat(column(admin.json("ip availability list"), "Network Name")).contains("pooled");
    demo.perform("subnet delete pooled4");
    demo.perform("network delete pooled");
    demo.perform("subnet pool delete pool");
    demo.perform("address scope delete scope");
  }

  @Test
  void aNetworkIsSharedWithOneProject() {
    demo.perform("network create common");
    demo.perform(
        "network rbac create --target-project alt_demo --type network --action access_as_shared common"
            .replace("alt_demo", projectId("alt_demo")));
    assertThat(column(demo.json("network rbac list"), "Object Type")).contains("network");
    assertThat(admin.json("network show common").get("name").stringValue()).isEqualTo("common");
    for (String policy : column(demo.json("network rbac list"), "ID")) {
      demo.perform("network rbac delete " + policy);
    }
    demo.perform("network delete common");
  }

  @Test
  void anAdministratorSetsQuotasAndSeesAgentsAndExtensions() {
    admin.perform("quota set --networks 7 alt_demo");
    JsonNode quota = admin.json("quota list --network");
    assertThat(quota.at("/0/Networks").intValue()).isEqualTo(7);
    assertThat(column(admin.json("network agent list"), "Agent Type"))
        .contains("DHCP agent", "L3 agent", "Open vSwitch agent");
    assertThat(column(admin.json("extension list --network"), "Alias"))
        .contains("router", "security-group", "binding", "standard-attr-tag");
    assertThat(column(admin.json("availability zone list --network"), "Zone Name"))
        .contains("nova");
    assertThat(admin.json("network service provider list")).isNotNull();
    assertThat(demo.run("quota set --networks 7 alt_demo").status()).isNotZero();
  }

  private String projectId(String name) {
    return admin.json("project show " + name).get("id").stringValue();
  }

  private static List<String> column(JsonNode table, String name) {
    return table.valueStream().map(row -> row.path(name).asString("")).toList();
  }
}
