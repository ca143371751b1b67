package org.midonet.neutron.floatingip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.neutron.server.Fixture.NOBODY;
import static org.midonet.neutron.server.Fixture.addresses;
import static org.midonet.neutron.server.Fixture.assertRefused;
import static org.midonet.neutron.server.Fixture.attributes;
import static org.midonet.neutron.server.Fixture.external;
import static org.midonet.neutron.server.Fixture.id;
import static org.midonet.neutron.server.Fixture.network;
import static org.midonet.neutron.server.Fixture.port;
import static org.midonet.neutron.server.Fixture.subnet;
import static org.midonet.neutron.server.Fixture.update;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.server.TestServer.Client;

class FloatingIpApiTest {
  @TempDir static Path directory;

  private static TestServer server;
  private static Client demo;
  private static Client admin;
  private static String external = "";
  private String network = "";
  private String subnet = "";
  private String router = "";
  private Map<String, Object> port = Map.of();

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "sqlite:///" + directory.resolve("neutron.db"), Map.of("quotas.quota_router", "-1"));
    demo = server.member("demo");
    admin = server.admin();
    external = external(admin, "172.24.4.0/22");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void makeRoutedPort() {
    network = network(demo);
    subnet = subnet(demo, network, "10.77.0.0/24");
    port = port(demo, network, "name", "p");
    router =
        id(
            demo.create(
                "routers",
                "router",
                Map.of("external_gateway_info", Map.of("network_id", external))));
    demo.put("routers/" + router + "/add_router_interface", Map.of("subnet_id", subnet));
  }

  @Test
  void aFloatingIpThatLeadsNowhereIsActive() {
    assertThat(floatingIp())
        .containsEntry("status", "ACTIVE")
        .containsEntry("floating_network_id", external)
        .containsEntry("router_id", null)
        .containsEntry("port_id", null)
        .containsEntry("fixed_ip_address", null)
        .containsEntry("port_details", null)
        .containsEntry("tenant_id", "demo")
        .doesNotContainKeys("floating_port_id", "subnet_id");
  }

  @Test
  void itsAddressIsHeldByAPortOfNobody() {
    Map<String, Object> floating = floatingIp();

    assertThat(demo.get("ports?device_id=" + id(floating)).items()).isEmpty();
    assertThat(admin.get("ports?device_id=" + id(floating)).items())
        .singleElement()
        .satisfies(held -> {
          assertThat(held)
              .containsEntry("device_owner", "network:floatingip")
              .containsEntry("status", "N/A")
              .containsEntry("project_id", "");
          assertThat(addresses(held)).containsExactly((String) floating.get("floating_ip_address"));
        });
  }

  @Test
  void itsPortStaysWhateverItsOwnerIsCalled() {
    Object id = floatingIp().get("id");
    String itsPort = id(admin.get("ports?device_id=" + id).items().getFirst());
    assertThat(update(admin, "ports/" + itsPort, "port", "device_owner", "").status())
        .isEqualTo(200);
    assertThat(admin.delete("ports/" + itsPort).errorType()).isEqualTo("ServicePortInUse");
    assertThat(admin.delete("floatingips/" + id).status()).isEqualTo(204);
    assertThat(admin.get("ports/" + itsPort).status()).isEqualTo(404);
  }

  @Test
  void itLeadsToThePortThroughTheRouterBetween() {
    assertThat(floatingIp("port_id", id(port)))
        .containsEntry("status", "ACTIVE")
        .containsEntry("router_id", router)
        .containsEntry("port_id", id(port))
        .containsEntry("fixed_ip_address", addresses(port).getFirst())
        .containsEntry(
            "port_details",
            Map.of(
                "name", "p",
                "network_id", network,
                "mac_address", port.get("mac_address"),
                "admin_state_up", true,
                "status", "ACTIVE",
                "device_id", "",
                "device_owner", ""));
  }

  @Test
  void itIsDownOnceTakenOffItsPort() {
    String path = "floatingips/" + id(floatingIp("port_id", id(port)));

    assertThat(update(demo, path, "floatingip", "port_id", null).item())
        .containsEntry("status", "DOWN")
        .containsEntry("router_id", null)
        .containsEntry("port_id", null)
        .containsEntry("fixed_ip_address", null);
    assertThat(update(demo, path, "floatingip", "port_id", id(port)).item())
        .containsEntry("status", "ACTIVE")
        .containsEntry("router_id", router);
  }

  @Test
  void otherChangesLeaveItOnItsPort() {
    String path = "floatingips/" + id(floatingIp("port_id", id(port)));

    assertThat(update(demo, path, "floatingip", "description", "d").item())
        .containsEntry("description", "d")
        .containsEntry("port_id", id(port))
        .containsEntry("status", "ACTIVE");
  }

  @Test
  void aPortThatGoesLeavesItsFloatingIpBehind() {
    String path = "floatingips/" + id(floatingIp("port_id", id(port)));

    assertThat(demo.delete("ports/" + id(port)).status()).isEqualTo(204);

    assertThat(demo.get(path).item())
        .containsEntry("port_id", null)
        .containsEntry("router_id", null);
  }

  @Test
  void aFloatingIpThatGoesGivesItsAddressBack() {
    Map<String, Object> floating = floatingIp();

    assertThat(demo.delete("floatingips/" + id(floating)).status()).isEqualTo(204);

    assertThat(admin.get("ports?device_id=" + id(floating)).items()).isEmpty();
    assertRefused(
        demo.get("floatingips/" + id(floating)),
        404,
        "FloatingIPNotFound",
        "Floating IP " + id(floating) + " could not be found");
  }

  @Test
  void oneAddressHasOneFloatingIpOnANetwork() {
    floatingIp("port_id", id(port));

    Answer second = post("port_id", id(port));

    assertThat(second.errorType()).isEqualTo("FloatingIPPortAlreadyAssociated");
    assertThat(second.errorMessage())
        .contains(
            "with port %s using fixed IP %s, as that fixed IP already has a floating IP on external network %s."
                .formatted(id(port), addresses(port).getFirst(), external));
  }

  @Test
  void floatingIpsThatCannotBeAreRefused() {
    assertRefused(
        post("floating_network_id", network),
        400,
        "BadRequest",
        "Bad floatingip request: Network " + network + " is not a valid external network.");
    assertRefused(
        demo.post("floatingips", Map.of("floatingip", Map.of())),
        400,
        "HTTPBadRequest",
        "Failed to parse request. Required attribute 'floating_network_id' not specified");
    assertRefused(
        post("port_id", id(port), "fixed_ip_address", "10.77.0.250"),
        400,
        "BadRequest",
        "Bad floatingip request: Port " + id(port) + " does not have fixed ip 10.77.0.250.");
    assertRefused(
        post("fixed_ip_address", "10.77.0.250"),
        400,
        "BadRequest",
        "Bad floatingip request: fixed_ip_address cannot be specified without a port_id.");
    assertRefused(
        post("floating_ip_address", "172.24.5.200"),
        403,
        "PolicyNotAuthorized",
        "(rule:create_floatingip and rule:create_floatingip:floating_ip_address) is disallowed by"
            + " policy");
    assertRefused(
        post("port_id", NOBODY), 404, "PortNotFound", "Port " + NOBODY + " could not be found.");
  }

  @Test
  void aPortWithoutARouterIsOutOfReach() {
    String alone = network(demo);
    String there = subnet(demo, alone, "10.78.0.0/24");
    String unreachable = id(port(demo, alone));

    assertRefused(
        post("port_id", unreachable),
        404,
        "ExternalGatewayForFloatingIPNotFound",
        "External network %s is not reachable from subnet %s.  Therefore, cannot associate Port %s with a Floating IP."
            .formatted(external, there, unreachable));
  }

  @Test
  void itDoesNotLeadToPortsOfOtherProjects() {
    String foreign = id(admin.create("ports", "port", Map.of("network_id", network)));

    assertThat(post("port_id", foreign).errorMessage())
        .isEqualTo(
            "Bad floatingip request: Cannot process floating IP association with Port "
                + foreign
                + ", since that port is owned by a different tenant.");
  }

  @Test
  void itKeepsItsRouterConnected() {
    floatingIp("port_id", id(port));

    assertRefused(
        update(demo, "routers/" + router, "router", "external_gateway_info", Map.of()),
        409,
        "RouterExternalGatewayInUseByFloatingIp",
        "Gateway cannot be updated for router %s, since a gateway to external network %s is required by one or more floating IPs."
            .formatted(router, external));
    assertRefused(
        demo.put("routers/" + router + "/remove_router_interface", Map.of("subnet_id", subnet)),
        409,
        "RouterInterfaceInUseByFloatingIP",
        "Router interface for subnet %s on router %s cannot be deleted, as it is required by one or more floating IPs."
            .formatted(subnet, router));
  }

  @Test
  void unusedFloatingIpsGoWithTheirNetwork() {
    String doomed = external(admin, "172.30.0.0/24");
    String floating =
        id(demo.create("floatingips", "floatingip", Map.of("floating_network_id", doomed)));

    assertThat(admin.delete("networks/" + doomed).status()).isEqualTo(204);

    assertThat(demo.get("floatingips/" + floating).status()).isEqualTo(404);
  }

  @Test
  void poolsAreTheIpv4SubnetsOfExternalNetworks() {
    for (String path : List.of("floatingip_pools", "floatingip-pools")) {
      assertThat(demo.get(path).items())
          .anySatisfy(pool ->
              assertThat(pool)
                  .containsEntry("network_id", external)
                  .containsEntry("cidr", "172.24.4.0/22"));
    }
  }

  private Map<String, Object> floatingIp(@Nullable Object... values) {
    Answer answer = post(values);
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.item();
  }

  private Answer post(@Nullable Object... values) {
    Map<String, @Nullable Object> all = attributes("floating_network_id", external);
    all.putAll(attributes(values));
    return demo.post("floatingips", Map.of("floatingip", all));
  }
}
