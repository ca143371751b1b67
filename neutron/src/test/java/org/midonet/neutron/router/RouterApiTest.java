package org.midonet.neutron.router;

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
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.server.TestServer.Client;

class RouterApiTest {
  @TempDir static Path directory;

  private static TestServer server;
  private static Client demo;
  private static Client admin;
  private static String external = "";
  private String network = "";
  private String subnet = "";
  private String router = "";

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
  void makeNetworkAndRouter() {
    network = network(demo);
    subnet = subnet(demo, network, "10.77.0.0/24");
    router = id(demo.create("routers", "router", Map.of("name", "r")));
  }

  @Test
  void aRouterHasItsDefaults() {
    assertThat(demo.get("routers/" + router).item())
        .containsEntry("name", "r")
        .containsEntry("admin_state_up", true)
        .containsEntry("status", "ACTIVE")
        .containsEntry("external_gateway_info", null)
        .containsEntry("routes", List.of())
        .containsEntry("tenant_id", "demo")
        .doesNotContainKey("gw_port_id");
  }

  @Test
  void aGatewayTakesAnAddressOfTheExternalNetwork() {
    Map<?, ?> gateway = gateway(setGateway(Map.of("network_id", external)));

    assertThat(gateway.get("network_id")).isEqualTo(external);
    assertThat(gateway.get("enable_snat")).isEqualTo(true);
    assertThat((List<?>) gateway.get("external_fixed_ips")).hasSize(1);
    assertThat(demo.get("ports?device_id=" + router).items()).isEmpty();
    assertThat(admin.get("ports?device_id=" + router).items())
        .singleElement()
        .satisfies(port ->
            assertThat(port)
                .containsEntry("device_owner", "network:router_gateway")
                .containsEntry("project_id", ""));
  }

  @Test
  void aGatewayThatIsClearedGivesItsPortBack() {
    setGateway(Map.of("network_id", external));

    assertThat(setGateway(Map.of()).item()).containsEntry("external_gateway_info", null);

    assertThat(admin.get("ports?device_id=" + router).items()).isEmpty();
  }

  @Test
  void theAdministratorMovesAGatewayAndTurnsNatOff() {
    setGateway(Map.of("network_id", external));

    Answer answer =
        update(
            admin,
            "routers/" + router,
            "router",
            "external_gateway_info",
            Map.of(
                "network_id",
                external,
                "enable_snat",
                false,
                "external_fixed_ips",
                List.of(Map.of("ip_address", "172.24.4.99"))));

    assertThat(gateway(answer).get("enable_snat")).isEqualTo(false);
    assertThat(gateway(answer).get("external_fixed_ips")).asString().contains("172.24.4.99");
    assertThat(admin.get("ports?device_id=" + router).items()).hasSize(1);
  }

  @Test
  void gatewaysThatCannotBeAreRefused() {
    assertRefused(
        setGateway(Map.of("network_id", network)),
        400,
        "BadRequest",
        "Bad router request: Network " + network + " is not an external network.");
    assertRefused(
        setGateway(Map.of("network_id", NOBODY)),
        404,
        "NetworkNotFound",
        "Network " + NOBODY + " could not be found.");
    assertThat(setGateway(Map.of("network_id", external, "enable_snat", false)).status())
        .isEqualTo(403);
  }

  @Test
  void anInterfaceHasTheGatewayAddressOfItsSubnet() {
    Answer answer = add("subnet_id", subnet);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .containsEntry("id", router)
        .containsEntry("tenant_id", "demo")
        .containsEntry("network_id", network)
        .containsEntry("subnet_id", subnet)
        .containsEntry("subnet_ids", List.of(subnet));
    Map<String, Object> port = demo.get("ports/" + answer.body().get("port_id")).item();
    assertThat(port)
        .containsEntry("device_owner", "network:router_interface")
        .containsEntry("device_id", router)
        .containsEntry("port_security_enabled", false)
        .containsEntry("security_groups", List.of());
    assertThat(addresses(port)).containsExactly("10.77.0.1");
  }

  @Test
  void aPortOfItsOwnBecomesAnInterfaceAndGoesWithIt() {
    String port = id(port(demo, network));

    assertThat(add("port_id", port).body()).containsEntry("port_id", port);
    assertThat(remove("port_id", port).status()).isEqualTo(200);

    assertThat(demo.get("ports/" + port).status()).isEqualTo(404);
  }

  @Test
  void interfacesThatCannotBeAreRefused() {
    String used = id(port(demo, network, "device_id", "machine"));
    add("subnet_id", subnet);

    assertRefused(
        add("subnet_id", subnet),
        400,
        "BadRequest",
        "Bad router request: Router already has a port on subnet " + subnet + ".");
    assertRefused(
        add(),
        400,
        "BadRequest",
        "Bad router request: Either subnet_id or port_id must be specified.");
    assertRefused(
        add("subnet_id", subnet, "port_id", NOBODY),
        400,
        "BadRequest",
        "Bad router request: Cannot specify both subnet-id and port-id.");
    assertRefused(
        add("subnet_id", NOBODY),
        404,
        "SubnetNotFound",
        "Subnet " + NOBODY + " could not be found.");
    assertThat(add("port_id", used).errorType()).isEqualTo("PortInUse");
    String overlapping = subnet(demo, network(demo), "10.77.0.0/16");
    assertThat(add("subnet_id", overlapping).errorMessage())
        .contains("overlaps with cidr 10.77.0.0/24 of subnet " + subnet);
  }

  @Test
  void interfacesThatAreNotThereAreNotRemoved() {
    assertRefused(
        remove("subnet_id", subnet),
        404,
        "RouterInterfaceNotFoundForSubnet",
        "Router " + router + " has no interface on subnet " + subnet);
    assertRefused(
        remove("port_id", NOBODY),
        404,
        "RouterInterfaceNotFound",
        "Router " + router + " does not have an interface with id " + NOBODY);
  }

  @Test
  void ipv6SubnetsOfANetworkShareOneInterface() {
    String first = subnet(demo, network, "fd00:1::/64");
    String second = subnet(demo, network, "fd00:2::/64");

    Object port = add("subnet_id", first).body().get("port_id");
    assertThat(add("subnet_id", second).body()).containsEntry("port_id", port);
    remove("subnet_id", first);

    assertThat(addresses(demo.get("ports/" + port).item())).containsExactly("fd00:2::");
  }

  @Test
  void anInterfaceIsRemovedThroughItsRouterAndKeepsItsAddress() {
    Object port = add("subnet_id", subnet).body().get("port_id");

    assertRefused(
        demo.delete("ports/" + port),
        409,
        "ServicePortInUse",
        "Port "
            + port
            + " cannot be deleted directly via the port API: has device owner"
            + " network:router_interface.");
    assertRefused(
        update(
            demo,
            "ports/" + port,
            "port",
            "fixed_ips",
            List.of(Map.of("subnet_id", subnet, "ip_address", "10.77.0.9"))),
        400,
        "BadRequest",
        "Bad ports request: IP updates for port " + port + " are not allowed.");
    assertThat(
            update(demo, "ports/" + port, "port", "fixed_ips", List.of(Map.of("subnet_id", subnet)))
                .status())
        .isEqualTo(200);
  }

  @Test
  void anInterfaceThatHasNoAddressLeftCanBeRemoved() {
    String port =
        String.valueOf(
            add("subnet_id", subnet(demo, network, "fd00:1::/64")).body().get("port_id"));
    assertThat(update(admin, "ports/" + port, "port", "fixed_ips", List.of()).status())
        .isEqualTo(200);
    assertThat(remove("port_id", port).body())
        .containsEntry("port_id", port)
        .containsEntry("subnet_ids", List.of())
        .doesNotContainKey("subnet_id");
    assertThat(demo.get("ports/" + port).status()).isEqualTo(404);
  }

  @Test
  void aRouterWithInterfacesStays() {
    Object port = add("subnet_id", subnet).body().get("port_id");

    assertRefused(
        demo.delete("routers/" + router),
        409,
        "RouterInUse",
        "Router " + router + " has ports still attached: " + port);
    remove("subnet_id", subnet);
    assertThat(demo.delete("routers/" + router).status()).isEqualTo(204);
    assertRefused(
        demo.get("routers/" + router),
        404,
        "RouterNotFound",
        "Router " + router + " could not be found");
  }

  @Test
  void routesLeadToNeighboursOnly() {
    add("subnet_id", subnet);

    assertRefused(
        routes(route("10.1.0.0/24", "99.9.9.9")),
        400,
        "InvalidRoutes",
        "Invalid format for routes: [{'destination': '10.1.0.0/24', 'nexthop': '99.9.9.9'}], the"
            + " nexthop is not connected with router");
    assertRefused(
        routes(route("10.1.0.0/24", "10.77.0.1")),
        400,
        "InvalidRoutes",
        "Invalid format for routes: [{'destination': '10.1.0.0/24', 'nexthop': '10.77.0.1'}], the"
            + " nexthop is used by router");
    assertThat(routes(route("10.1.0.0/24", "10.77.0.9")).item())
        .containsEntry("routes", List.of(route("10.1.0.0/24", "10.77.0.9")));
  }

  @Test
  void aRouteKeepsItsInterface() {
    add("subnet_id", subnet);
    routes(route("10.1.0.0/24", "10.77.0.9"));

    assertRefused(
        remove("subnet_id", subnet),
        409,
        "RouterInterfaceInUseByRoute",
        "Router interface for subnet %s on router %s cannot be deleted, as it is required by one or more routes."
            .formatted(subnet, router));
  }

  @Test
  void routesAreAddedAndRemovedOneByOne() {
    add("subnet_id", subnet);
    routes(route("10.1.0.0/24", "10.77.0.9"));
    String path = "routers/" + router;

    Answer more =
        update(
            demo,
            path + "/add_extraroutes",
            "router",
            "routes",
            List.of(route("10.2.0.0/24", "10.77.0.9")));
    assertThat((List<?>) more.item().get("routes")).hasSize(2);
    Answer less =
        update(
            demo,
            path + "/remove_extraroutes",
            "router",
            "routes",
            List.of(route("10.1.0.0/24", "10.77.0.9")));

    assertThat(less.item()).containsEntry("routes", List.of(route("10.2.0.0/24", "10.77.0.9")));
  }

  @Test
  void routersOfOthersAreNotToBeSeenNorUsed() {
    Client other = server.member("other");

    assertThat(other.get("routers/" + router).status()).isEqualTo(404);
    assertThat(
            other
                .put("routers/" + router + "/add_router_interface", Map.of("subnet_id", subnet))
                .errorType())
        .isEqualTo("RouterNotFound");
    Answer claimed =
        other.post(
            "ports",
            Map.of(
                "port",
                attributes(
                    "network_id",
                    network(other),
                    "device_owner",
                    "network:router_interface",
                    "device_id",
                    router)));
    assertThat(claimed.status()).isIn(403, 409);
  }

  private Answer add(Object... values) {
    return demo.put("routers/" + router + "/add_router_interface", attributes(values));
  }

  private Answer remove(Object... values) {
    return demo.put("routers/" + router + "/remove_router_interface", attributes(values));
  }

  private Answer setGateway(Map<String, ?> info) {
    return update(demo, "routers/" + router, "router", "external_gateway_info", info);
  }

  private static Map<?, ?> gateway(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return Objects.requireNonNull((Map<?, ?>) answer.item().get("external_gateway_info"));
  }

  private Answer routes(Map<String, String> route) {
    return update(demo, "routers/" + router, "router", "routes", List.of(route));
  }

  private static Map<String, String> route(String destination, String nexthop) {
    return Map.of("destination", destination, "nexthop", nexthop);
  }
}
