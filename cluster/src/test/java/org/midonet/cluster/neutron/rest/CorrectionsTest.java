package org.midonet.cluster.neutron.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.api.TestApi;
import org.midonet.cluster.api.TestApi.Reply;
import org.midonet.topology.Ids;

/**
 * What a real server was seen to do, against what one would expect (midonet.md App. E), and what
 * else clients of the {@code /neutron} endpoints rely on (midonet.md 2.5).
 */
final class CorrectionsTest {
  private static final String NET = id(1);
  private static final String SUBNET = id(2);
  private static final String ROUTER = id(3);
  private static final String JOIN = id(4);
  private static final String OTHER = id(5);
  private static final String MORE = id(6);
  private static final String NOBODY = id(0xff);

  @AutoClose private final TestApi api = TestApi.start();

  private static String id(int number) {
    return "%08x-0000-4000-8000-000000000000".formatted(number);
  }

  @BeforeEach
  void aRouterWithAPortToJoinASubnet() {
    created("networks", "Network", Map.of("id", NET, "router:external", true));
    created(
        "subnets",
        "Subnet",
        Map.of("id", SUBNET, "network_id", NET, "cidr", "10.0.0.0/24", "gateway_ip", "10.0.0.1"));
    created("routers", "Router", Map.of("id", ROUTER, "name", "r"));
    created("ports", "Port", join("10.0.0.1"));
  }

  private static Map<String, Object> join(String address) {
    return port(JOIN, "network:router_interface", List.of(fixed(address, SUBNET)));
  }

  private static Map<String, Object> port(String id, String owner, List<?> fixedIps) {
    Map<String, Object> port = new LinkedHashMap<>();
    port.put("id", id);
    port.put("network_id", NET);
    port.put("mac_address", "fa:16:3e:00:00:0" + id.charAt(7));
    port.put("device_owner", owner);
    port.put("fixed_ips", fixedIps);
    return port;
  }

  private static Map<String, String> fixed(String address, String subnet) {
    return Map.of("ip_address", address, "subnet_id", subnet);
  }

  @Test
  void theRouterOfAnInterfaceIsTheOneInTheBody() {
    assertThat(joinOver(NOBODY, SUBNET).status()).isEqualTo(204);
    assertThat(routerPort()).containsEntry("deviceId", ROUTER);
  }

  @Test
  void anInterfacePortKeepsItsAddress() {
    joinOver(ROUTER, SUBNET);
    Reply refused = send("PUT", "ports/" + JOIN, "Port", join("10.0.0.9"));
    assertThat(refused.status()).isEqualTo(404);
    assertThat(api.get("/neutron/ports/" + JOIN).object())
        .containsEntry("fixed_ips", List.of(fixed("10.0.0.1", SUBNET)));
    List<?> nowhere = List.of(fixed("10.0.0.1", SUBNET), Map.of("ip_address", "10.0.0.9"));
    Map<String, Object> more = port(JOIN, "network:router_interface", nowhere);
    assertThat(send("PUT", "ports/" + JOIN, "Port", more).status()).isEqualTo(200);
    assertThat(routerPort()).containsEntry("portAddress", "10.0.0.1");
    assertThat(destinations()).contains("10.0.0.1/24", "10.0.0.1/32");
  }

  @Test
  void anInterfaceInTwoIpv4SubnetsIsRefused() {
    created("subnets", "Subnet", Map.of("id", OTHER, "network_id", NET, "cidr", "10.1.0.0/24"));
    List<?> both = List.of(fixed("10.0.0.2", SUBNET), fixed("10.1.0.2", OTHER));
    created("ports", "Port", port(MORE, "network:router_interface", both));
    Reply refused = join(ROUTER, MORE, List.of(SUBNET, OTHER));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(api.get("/routers/" + ROUTER + "/ports").list()).isEmpty();
  }

  @Test
  void anInterfaceThatLeavesBeforeItsPortLeavesAPortWithoutAddress() {
    joinOver(ROUTER, SUBNET);
    Reply left =
        send(
            "PUT",
            "routers/" + ROUTER + "/remove_router_interface",
            "RouterInterface",
            Map.of("id", ROUTER, "port_id", JOIN, "subnet_ids", List.of(SUBNET)));
    assertThat(left.status()).isEqualTo(204);
    assertThat(routerPort())
        .containsEntry("portAddress", null)
        .containsEntry("portSubnet", List.of())
        .containsEntry("peerId", JOIN);
    assertThat(destinations()).isEmpty();
  }

  @Test
  void anInterfaceWithoutAnAddressNeedsAGatewayToTake() {
    created("subnets", "Subnet", Map.of("id", OTHER, "network_id", NET, "cidr", "10.1.0.0/24"));
    created("ports", "Port", port(MORE, "network:router_interface", List.of()));
    assertThat(join(ROUTER, MORE, List.of(OTHER)).status()).isEqualTo(400);
    assertThat(join(ROUTER, MORE, List.of(SUBNET)).status()).isEqualTo(204);
  }

  @Test
  void anInterfaceOutsideItsSubnetIsRefused() {
    created(
        "ports",
        "Port",
        port(MORE, "network:router_interface", List.of(fixed("10.9.0.1", SUBNET))));
    assertThat(join(ROUTER, MORE, List.of(SUBNET)).status()).isEqualTo(400);
  }

  @Test
  void sourceNatThatIsNotAskedForIsOff() {
    Map<String, Object> gateway =
        port(MORE, "network:router_gateway", List.of(fixed("10.0.0.7", SUBNET)));
    created("ports", "Port", gateway);
    updateGateway(Map.of("network_id", NET));
    int without = postRouting().size();
    updateGateway(Map.of("network_id", NET, "enable_snat", true));
    assertThat(postRouting()).hasSize(without + 3);
    updateGateway(Map.of("network_id", NET));
    assertThat(postRouting()).hasSize(without);
  }

  @Test
  void aGatewayInASubnetWithoutOneHasADefaultRouteAllTheSame() {
    created("subnets", "Subnet", Map.of("id", OTHER, "network_id", NET, "cidr", "10.1.0.0/24"));
    created(
        "ports", "Port", port(MORE, "network:router_gateway", List.of(fixed("10.1.0.7", OTHER))));
    updateGateway(Map.of("network_id", NET));
    assertThat(api.get("/routers/" + ROUTER + "/routes").list())
        .filteredOn(route -> Integer.valueOf(0).equals(route.get("dstNetworkLength")))
        .singleElement()
        .satisfies(route -> assertThat(route).containsEntry("nextHopGateway", null));
  }

  @Test
  void anIpv6SubnetIsAmongTheOthers() {
    created("subnets", "Subnet", Map.of("id", OTHER, "network_id", NET, "cidr", "fd00:1::/64"));
    assertThat(api.get("/bridges/" + NET + "/dhcp").list())
        .extracting(dhcp -> dhcp.get("subnetPrefix") + "/" + dhcp.get("subnetLength"))
        .containsExactlyInAnyOrder("10.0.0.0/24", "fd00:1::/64");
    assertThat(api.get("/bridges/" + NET + "/dhcpV6").list()).isEmpty();
  }

  @Test
  void aDeletedPortLeavesNoAddressInItsGroup() {
    created("security_groups", "SecurityGroup", Map.of("id", OTHER, "name", "g"));
    Map<String, Object> machine = port(MORE, "compute:nova", List.of(fixed("10.0.0.5", SUBNET)));
    machine.put("security_groups", List.of(OTHER));
    created("ports", "Port", machine);
    assertThat(api.get("/ip_addr_groups/" + OTHER).object().toString()).contains("10.0.0.5");
    api.delete("/neutron/ports/" + MORE);
    assertThat(api.get("/ip_addr_groups/" + OTHER).object())
        .containsEntry("ipAddrPorts", List.of());
  }

  @Test
  void groupsAndNetworksThatAreNotThereMayBeNamed() {
    created("security_groups", "SecurityGroup", Map.of("id", OTHER, "name", "g"));
    created(
        "security_group_rules",
        "SecurityGroupRule",
        Map.of(
            "id", MORE,
            "security_group_id", OTHER,
            "direction", "ingress",
            "remote_group_id", NOBODY));
    created(
        "floating_ips",
        "FloatingIp",
        Map.of("id", MORE, "floating_network_id", NOBODY, "floating_ip_address", "10.0.0.77"));
  }

  @Test
  void hostsAreFoundByTheirNamesIfThoseAreTheirsAlone() {
    Map<String, Object> bound = port(MORE, "compute:nova", List.of());
    bound.put("binding:host_id", "h");
    bound.put("binding:profile", Map.of("interface_name", "tap0"));
    Reply unknown = send("POST", "ports", "Port", bound);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.object()).containsEntry("message", "There is no Host with ID h.");
    api.post("/hosts", Map.of("name", "h"));
    String twin = api.post("/hosts", Map.of("name", "h")).createdId();
    assertThat(send("POST", "ports", "Port", bound).status()).isEqualTo(409);
    api.delete("/hosts/" + twin);
    created("ports", "Port", bound);
  }

  private void created(String path, String type, Map<String, ?> body) {
    Reply reply = send("POST", path, type, body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  private Reply joinOver(String router, String subnet) {
    return join(router, JOIN, List.of(subnet));
  }

  private Reply join(String routerInPath, String port, List<String> subnets) {
    return send(
        "PUT",
        "routers/" + routerInPath + "/add_router_interface",
        "RouterInterface",
        Map.of("id", ROUTER, "port_id", port, "subnet_ids", subnets));
  }

  private void updateGateway(Map<String, ?> info) {
    Map<String, ?> router = Map.of("name", "r", "gw_port_id", MORE, "external_gateway_info", info);
    assertThat(send("PUT", "routers/" + ROUTER, "Router", router).status()).isEqualTo(200);
  }

  private List<Map<String, @Nullable Object>> postRouting() {
    UUID chain = Ids.OUT_CHAIN.of(UUID.fromString(ROUTER));
    return api.get("/chains/" + chain + "/rules").list();
  }

  private Map<String, @Nullable Object> routerPort() {
    UUID peer = Ids.ROUTER_INTERFACE_PORT_PEER.of(UUID.fromString(JOIN));
    return api.get("/ports/" + peer).object();
  }

  private List<String> destinations() {
    return api.get("/routers/" + ROUTER + "/routes").list().stream()
        .map(route -> route.get("dstNetworkAddr") + "/" + route.get("dstNetworkLength"))
        .toList();
  }

  private Reply send(String method, String path, String type, Object body) {
    return api.send(
        method, "/neutron/" + path, body, "Content-Type", Media.neutron(type), "Accept", "*/*");
  }
}
