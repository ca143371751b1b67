package org.midonet.neutron.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.neutron.server.Fixture.assertRefused;
import static org.midonet.neutron.server.Fixture.external;
import static org.midonet.neutron.server.Fixture.id;
import static org.midonet.neutron.server.Fixture.network;
import static org.midonet.neutron.server.Fixture.port;
import static org.midonet.neutron.server.Fixture.subnet;
import static org.midonet.neutron.server.Fixture.update;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Client;

class NetworkApiTest {
  @TempDir static Path directory;

  private static TestServer server;
  private static Client demo;
  private static Client other;
  private static Client admin;

  @BeforeAll
  static void start() {
    server = TestServer.start(directory);
    demo = server.member("demo");
    other = server.member("other");
    admin = server.admin();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aNetworkHasItsDefaults() {
    assertThat(demo.create("networks", "network", Map.of("name", "n")))
        .containsEntry("name", "n")
        .containsEntry("admin_state_up", true)
        .containsEntry("status", "ACTIVE")
        .containsEntry("subnets", List.of())
        .containsEntry("shared", false)
        .containsEntry("router:external", false)
        .containsEntry("port_security_enabled", true)
        .containsEntry("availability_zone_hints", List.of())
        .containsEntry("tenant_id", "demo")
        .containsEntry("project_id", "demo")
        .doesNotContainKeys("provider:network_type", "provider:segmentation_id");
  }

  @Test
  void aNetworkIsItsProjectsAlone() {
    String path = "networks/" + network(demo);

    assertThat(other.get(path).status()).isEqualTo(404);
    assertThat(other.delete(path).status()).isEqualTo(404);
    assertThat(admin.get(path).status()).isEqualTo(200);
  }

  @Test
  void whatIsSharedOthersSeeButDoNotChange() {
    String path = "networks/" + network(admin, "shared", true);

    assertThat(demo.get(path).item()).containsEntry("shared", true);
    assertThat(update(demo, path, "network", "name", "mine").status()).isEqualTo(403);
    assertThat(demo.delete(path).status()).isEqualTo(403);
  }

  @Test
  void sharingAndOpeningAreTheAdministratorsToDo() {
    assertThat(demo.post("networks", Map.of("network", Map.of("shared", true))).errorMessage())
        .isEqualTo("(rule:create_network and rule:create_network:shared) is disallowed by policy");
    assertThat(demo.post("networks", Map.of("network", Map.of("router:external", true))).status())
        .isEqualTo(403);
  }

  @Test
  void sharingIsNotTakenBackWhileOthersUseIt() {
    String network = network(admin, "shared", true);
    port(demo, network);

    assertRefused(
        update(admin, "networks/" + network, "network", "shared", false),
        409,
        "InvalidSharedSetting",
        "Unable to reconfigure sharing settings for network "
            + network
            + ". Multiple tenants are using it.");
  }

  @Test
  void aNetworkWithGatewaysStaysExternal() {
    String network = external(admin, "172.24.4.0/22");
    demo.create(
        "routers", "router", Map.of("external_gateway_info", Map.of("network_id", network)));

    assertRefused(
        update(admin, "networks/" + network, "network", "router:external", false),
        409,
        "ExternalNetworkInUse",
        "External network "
            + network
            + " cannot be updated to be made non-external, since it has existing gateway ports.");
  }

  @Test
  void aNetworkWithPortsStaysAndOneWithSubnetsGoesWithThem() {
    String network = network(demo);
    String subnet = subnet(demo, network, "10.77.0.0/24");
    String port = id(port(demo, network));

    assertRefused(
        demo.delete("networks/" + network),
        409,
        "NetworkInUse",
        "Unable to complete operation on network "
            + network
            + ". There are one or more ports still in use on the network, id for these ports is: "
            + port
            + ".");
    demo.delete("ports/" + port);
    assertThat(demo.delete("networks/" + network).status()).isEqualTo(204);
    assertThat(demo.get("subnets/" + subnet).status()).isEqualTo(404);
  }

  @Test
  void anMtuBeyondThePhysicalNetworksIsRefused() {
    assertThat(demo.create("networks", "network", Map.of("mtu", 1400))).containsEntry("mtu", 1400L);
    assertRefused(
        demo.post("networks", Map.of("network", Map.of("mtu", 1501))),
        400,
        "InvalidInput",
        "Invalid input for operation: Requested MTU is too big, maximum is 1500.");
  }

  @Test
  void tenantIsAnotherNameOfProject() {
    Client lone = server.member("lone");
    String network = network(lone);

    assertThat(admin.get("networks?tenant_id=lone&fields=id").items())
        .containsExactly(Map.of("id", network));
    assertThat(admin.get("networks?project_id=lone&fields=id").items()).hasSize(1);
    assertThat(admin.get("networks?sort_key=tenant_id&sort_dir=desc&limit=1").status())
        .isEqualTo(200);
  }
}
