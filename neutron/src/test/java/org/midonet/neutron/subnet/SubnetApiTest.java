package org.midonet.neutron.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;

@DatabaseTest
class SubnetApiTest {
  private final TestServer server;
  private final TestServer.Client demo;
  private String network = "";

  SubnetApiTest(TestDatabase database) {
    server = TestServer.on(database);
    demo = server.member("demo");
  }

  @BeforeEach
  void makeNetwork() {
    network = id(demo.create("networks", "network", Map.of("name", "n")));
  }

  @Test
  void aSubnetHasItsDefaults() {
    Map<String, Object> subnet = subnet(Map.of("cidr", "10.77.0.9/24"));

    assertThat(subnet)
        .containsEntry("cidr", "10.77.0.0/24")
        .containsEntry("gateway_ip", "10.77.0.1")
        .containsEntry("enable_dhcp", true)
        .containsEntry("subnetpool_id", null)
        .containsEntry("ipv6_ra_mode", null)
        .containsEntry("host_routes", List.of())
        .containsEntry(
            "allocation_pools", List.of(Map.of("start", "10.77.0.2", "end", "10.77.0.254")))
        .doesNotContainKeys("prefixlen", "shared", "use_default_subnetpool");
    assertThat(demo.get("networks/" + network).item())
        .containsEntry("subnets", List.of(id(subnet)));
  }

  @Test
  void theGatewayOfAnIpv6SubnetIsItsFirstAddress() {
    Map<String, Object> subnet = subnet(Map.of("cidr", "fd00:77::/64", "ip_version", 6));

    assertThat(subnet)
        .containsEntry("gateway_ip", "fd00:77::")
        .containsEntry(
            "allocation_pools",
            List.of(Map.of("start", "fd00:77::1", "end", "fd00:77::ffff:ffff:ffff:ffff")));
  }

  @Test
  void badSubnetsAreRefusedInNeutronsWords() {
    subnet(Map.of("cidr", "10.77.0.0/24"));

    assertRefused(
        Map.of("cidr", "10.77.0.0/25"),
        400,
        "InvalidInput",
        "Invalid input for operation: Requested subnet with cidr: 10.77.0.0/25 for network: "
            + network
            + " overlaps with another subnet.");
    assertRefused(
        Map.of("cidr", "10.77.0.0/99"),
        400,
        "InvalidInput",
        "Invalid input for operation: 10.77.0.0/99 is not in a CIDR format.");
    assertRefused(
        Map.of("cidr", "10.78.0.0/24", "ip_version", 6),
        400,
        "InvalidInput",
        "Invalid input for operation: cidr '10.78.0.0/24' does not match the ip_version '6'.");
    assertRefused(
        Map.of("cidr", "10.79.0.0/24", "gateway_ip", "banana"),
        400,
        "HTTPBadRequest",
        "Invalid input for gateway_ip. Reason: 'banana' is not a valid IP address.");
    assertRefused(
        Map.of(
            "cidr", "10.79.0.0/24",
            "gateway_ip", "10.79.0.10",
            "allocation_pools", List.of(Map.of("start", "10.79.0.5", "end", "10.79.0.20"))),
        409,
        "GatewayConflictWithAllocationPools",
        "Gateway ip 10.79.0.10 conflicts with allocation pool 10.79.0.5-10.79.0.20.");
    assertRefused(
        Map.of(),
        400,
        "BadRequest",
        "Bad subnets request: a subnetpool must be specified in the absence of a cidr.");
    assertRefused(
        Map.of(
            "cidr", "fd00:78::/64",
            "ip_version", 6,
            "ipv6_ra_mode", "slaac",
            "ipv6_address_mode", "dhcpv6-stateful"),
        400,
        "InvalidInput",
        "Invalid input for operation: ipv6_ra_mode set to 'slaac' with ipv6_address_mode set to"
            + " 'dhcpv6-stateful' is not valid. If both attributes are set, they must be the same"
            + " value.");
  }

  @Test
  void prefixDelegationIsRefusedClearly() {
    assertRefused(
        Map.of(
            "ip_version", 6,
            "subnetpool_id", "prefix_delegation",
            "ipv6_ra_mode", "slaac",
            "ipv6_address_mode", "slaac"),
        400,
        "BadRequest",
        "Bad subnets request: IPv6 prefix delegation is not supported, give a cidr or the id of a"
            + " subnet pool.");
  }

  @Test
  void updatesKeepTheRules() {
    String path = "subnets/" + id(subnet(Map.of("cidr", "10.77.0.0/24")));

    Answer updated =
        demo.put(
            path,
            Map.of(
                "subnet",
                Map.of(
                    "dns_nameservers", List.of("8.8.8.8"),
                    "gateway_ip", "10.77.0.254",
                    "allocation_pools",
                        List.of(Map.of("start", "10.77.0.10", "end", "10.77.0.20")))));

    assertThat(updated.item())
        .containsEntry("dns_nameservers", List.of("8.8.8.8"))
        .containsEntry("gateway_ip", "10.77.0.254");
    assertThat(demo.put(path, Map.of("subnet", Map.of("gateway_ip", "10.77.0.15"))).errorType())
        .isEqualTo("GatewayConflictWithAllocationPools");
    assertThat(demo.put(path, Map.of("subnet", Map.of("cidr", "10.1.0.0/24"))).errorMessage())
        .isEqualTo("Cannot update read-only attribute cidr");
  }

  @Test
  void aSubnetInUseStaysAndAnUnusedOneGoes() {
    String subnet = id(subnet(Map.of("cidr", "10.77.0.0/24")));
    Map<String, Object> port = demo.create("ports", "port", Map.of("network_id", network));

    Answer refused = demo.delete("subnets/" + subnet);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.errorMessage())
        .isEqualTo(
            "Unable to complete operation on subnet "
                + subnet
                + ": One or more ports have an IP allocation from this subnet.");
    demo.delete("ports/" + id(port));
    assertThat(demo.delete("subnets/" + subnet).status()).isEqualTo(204);
    assertThat(demo.get("networks/" + network).item()).containsEntry("subnets", List.of());
  }

  @Test
  void anAutomaticSubnetGivesAddressesToThePortsThatAreThere() {
    Map<String, Object> port = demo.create("ports", "port", Map.of("network_id", network));

    String subnet = id(subnet(slaac()));

    List<?> ips = (List<?>) demo.get("ports/" + id(port)).item().get("fixed_ips");
    assertThat(ips).hasSize(1);
    assertThat(String.valueOf(ips)).contains("fd00:77::", "ff:fe");
    assertThat(demo.delete("subnets/" + subnet).status()).isEqualTo(204);
    assertThat(demo.get("ports/" + id(port)).item()).containsEntry("fixed_ips", List.of());
  }

  @Test
  void subnetsGoWithTheirNetwork() {
    String subnet = id(subnet(Map.of("cidr", "10.77.0.0/24")));

    assertThat(demo.delete("networks/" + network).status()).isEqualTo(204);
    assertThat(demo.get("subnets/" + subnet).status()).isEqualTo(404);
  }

  @Test
  void aPoolHandsOutPrefixesUntilItIsEmpty() {
    Map<String, Object> pool =
        demo.create(
            "subnetpools",
            "subnetpool",
            Map.of("name", "p", "prefixes", List.of("10.123.0.0/24"), "default_prefixlen", 25));
    Map<String, Object> fromPool = Map.of("subnetpool_id", id(pool));

    assertThat(pool).containsEntry("default_prefixlen", "25").containsEntry("min_prefixlen", "8");
    assertThat(subnet(fromPool))
        .containsEntry("cidr", "10.123.0.0/25")
        .containsEntry("gateway_ip", "10.123.0.1");
    assertThat(subnet(fromPool)).containsEntry("cidr", "10.123.0.128/25");
    assertRefused(
        fromPool,
        409,
        "SubnetAllocationError",
        "Failed to allocate subnet: Insufficient prefix space to allocate subnet size /25.");
    assertThat(demo.delete("subnetpools/" + id(pool)).errorMessage())
        .isEqualTo("Unable to delete subnet pool: Subnet pool has existing allocations.");
  }

  @Test
  void poolsOfOneScopeMayNotOverlap() {
    String scope =
        id(demo.create("address-scopes", "address_scope", Map.of("name", "s", "ip_version", 4)));
    Map<String, Object> pool =
        Map.of("name", "p", "prefixes", List.of("10.124.0.0/16"), "address_scope_id", scope);
    String first = id(demo.create("subnetpools", "subnetpool", pool));

    assertThat(demo.post("subnetpools", Map.of("subnetpool", pool)).errorType())
        .isEqualTo("AddressScopePrefixConflict");
    assertThat(demo.delete("address-scopes/" + scope).errorType()).isEqualTo("AddressScopeInUse");
    subnet(Map.of("subnetpool_id", first, "prefixlen", 24));
    assertThat(demo.get("networks/" + network).item()).containsEntry("ipv4_address_scope", scope);
  }

  @Test
  void prefixesAreAddedRemovedAndOnboarded() {
    Map<String, Object> pool =
        demo.create(
            "subnetpools", "subnetpool", Map.of("name", "p", "prefixes", List.of("10.1.0.0/16")));
    String path = "subnetpools/" + id(pool);
    Map<String, ?> more = Map.of("prefixes", List.of("10.3.0.0/16"));

    assertThat(demo.put(path + "/add_prefixes", more).body())
        .containsEntry("prefixes", List.of("10.1.0.0/16", "10.3.0.0/16"));
    assertThat(demo.put(path + "/remove_prefixes", more).body())
        .containsEntry("prefixes", List.of("10.1.0.0/16"));
  }

  @Test
  void aPoolTakesInTheSubnetsOfANetwork() throws Exception {
    String pool =
        id(
            demo.create(
                "subnetpools",
                "subnetpool",
                Map.of("name", "p", "prefixes", List.of("10.1.0.0/16"))));
    String subnet = id(subnet(Map.of("cidr", "10.9.0.0/24")));

    HttpRequest onboard =
        HttpRequest.newBuilder(
                URI.create(server.url() + "/v2.0/subnetpools/" + pool + "/onboard_network_subnets"))
            .headers("X-Project-Id", "demo", "X-User-Id", "u", "X-Roles", "member")
            .PUT(BodyPublishers.ofString("{\"network_id\": \"" + network + "\"}"))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(onboard, BodyHandlers.ofString());

    assertThat(answer.body()).isEqualTo("[{\"id\":\"" + subnet + "\",\"cidr\":\"10.9.0.0/24\"}]");
    assertThat(demo.get("subnets/" + subnet).item()).containsEntry("subnetpool_id", pool);
    assertThat(demo.get("subnetpools/" + pool).item())
        .containsEntry("prefixes", List.of("10.1.0.0/16", "10.9.0.0/24"));
  }

  @Test
  void availabilityCountsAddresses() {
    subnet(Map.of("cidr", "10.77.0.0/24"));
    demo.create("ports", "port", Map.of("network_id", network));

    assertThat(server.admin().get("network-ip-availabilities/" + network).item())
        .containsEntry("used_ips", 1L)
        .containsEntry("total_ips", 253L)
        .containsEntry("project_id", "demo");
    String list = "network-ip-availabilities?network_id=" + network;
    assertThat(server.admin().get(list + "&ip_version=4&limit=1").items()).hasSize(1);
    assertThat(server.admin().get(list + "&ip_version=6").items()).isEmpty();
    assertThat(demo.get(list).items()).isEmpty();
  }

  private static Map<String, Object> slaac() {
    return Map.of(
        "cidr", "fd00:77::/64",
        "ip_version", 6,
        "ipv6_ra_mode", "slaac",
        "ipv6_address_mode", "slaac");
  }

  private Map<String, Object> subnet(Map<String, ?> values) {
    return demo.create("subnets", "subnet", withDefaults(values));
  }

  private void assertRefused(Map<String, ?> values, int status, String type, String message) {
    Answer answer = demo.post("subnets", Map.of("subnet", withDefaults(values)));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.errorType()).isEqualTo(type);
    assertThat(answer.errorMessage()).isEqualTo(message);
  }

  private Map<String, Object> withDefaults(Map<String, ?> values) {
    Map<String, Object> all = new HashMap<>(Map.of("network_id", network, "ip_version", 4));
    all.putAll(values);
    return all;
  }

  private static String id(Map<String, Object> resource) {
    return String.valueOf(resource.get("id"));
  }
}
