package org.midonet.neutron.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.neutron.server.Fixture.NOBODY;
import static org.midonet.neutron.server.Fixture.addresses;
import static org.midonet.neutron.server.Fixture.assertRefused;
import static org.midonet.neutron.server.Fixture.attributes;
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

class PortApiTest {
  @TempDir static Path directory;

  private static TestServer server;
  private static Client demo;
  private static Client admin;
  private String network = "";
  private String subnet = "";

  @BeforeAll
  static void start() {
    server = TestServer.start(directory);
    demo = server.member("demo");
    admin = server.admin();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void makeNetwork() {
    network = network(demo);
    subnet = subnet(demo, network, "10.77.0.0/24");
  }

  @Test
  void aPortHasItsDefaults() {
    assertThat(port(demo, network))
        .containsEntry("name", "")
        .containsEntry("admin_state_up", true)
        .containsEntry("status", "ACTIVE")
        .containsEntry("device_id", "")
        .containsEntry("device_owner", "")
        .containsEntry("allowed_address_pairs", List.of())
        .containsEntry("extra_dhcp_opts", List.of())
        .containsEntry("port_security_enabled", true)
        .containsEntry("binding:vnic_type", "normal")
        .containsEntry("ip_allocation", "immediate")
        .containsEntry("tenant_id", "demo")
        .containsEntry("project_id", "demo")
        .doesNotContainKeys("binding:host_id", "binding:vif_type");
  }

  @Test
  void aPortHasAnAddressOfEachFamilyAndTheDefaultGroup() {
    subnet(demo, network, "fd00:77::/64", "ipv6_ra_mode", "slaac", "ipv6_address_mode", "slaac");

    Map<String, Object> port = port(demo, network, "mac_address", "fa:16:3e:6e:17:27");

    assertThat(addresses(port)).hasSize(2).contains("fd00:77::f816:3eff:fe6e:1727");
    assertThat((List<?>) port.get("security_groups")).hasSize(1);
  }

  @Test
  void addressesThatCannotBeHadAreRefused() {
    String taken = addresses(port(demo, network)).getFirst();

    assertRefused(
        post("fixed_ips", fixed(taken)),
        409,
        "IpAddressAlreadyAllocated",
        "IP address " + taken + " already allocated in subnet " + subnet);
    assertRefused(
        post("fixed_ips", fixed("10.99.0.1")),
        400,
        "InvalidIpForSubnet",
        "IP address 10.99.0.1 is not a valid IP for the specified subnet.");
    assertRefused(
        post("fixed_ips", List.of(Map.of("ip_address", "zork"))),
        400,
        "HTTPBadRequest",
        "Invalid input for fixed_ips. Reason: 'zork' is not a valid IP address.");
    assertRefused(
        post("fixed_ips", List.of(Map.of("subnet_id", NOBODY))),
        404,
        "SubnetNotFound",
        "Subnet " + NOBODY + " could not be found.");
  }

  @Test
  void aPortNeedsANetworkThatItsProjectSees() {
    String hidden = network(server.member("other"));

    assertRefused(
        demo.post("ports", Map.of("port", Map.of())),
        400,
        "HTTPBadRequest",
        "Failed to parse request. Required attribute 'network_id' not specified");
    assertRefused(
        demo.post("ports", Map.of("port", Map.of("network_id", hidden))),
        404,
        "NetworkNotFound",
        "Network " + hidden + " could not be found.");
  }

  @Test
  void aMacAddressIsUniqueInItsNetwork() {
    Object mac = port(demo, network).get("mac_address");

    assertRefused(
        post("mac_address", mac),
        409,
        "MacAddressInUse",
        "Unable to complete operation for network %s. The mac address %s is in use."
            .formatted(network, mac));
    assertThat(port(demo, network(demo), "mac_address", mac)).containsEntry("mac_address", mac);
  }

  @Test
  void aMacAddressOfNullIsDrawnAnew() {
    Map<String, Object> port = port(demo, network);

    Answer answer = update(admin, "ports/" + id(port), "port", "mac_address", null);

    assertThat(answer.status()).isEqualTo(200);
    assertThat((String) answer.item().get("mac_address"))
        .startsWith("fa:16:3e:")
        .isNotEqualTo(port.get("mac_address"));
  }

  @Test
  void addressesMadeOfTheMacFollowIt() {
    String ipv6 = network(demo);
    subnet(demo, ipv6, "fd00:78::/64", "ipv6_ra_mode", "slaac", "ipv6_address_mode", "slaac");
    Map<String, Object> port = port(demo, ipv6);

    Answer answer = update(admin, "ports/" + id(port), "port", "mac_address", "fa:16:3e:00:00:01");

    assertThat(addresses(answer.item())).containsExactly("fd00:78::f816:3eff:fe00:1");
  }

  @Test
  void onlyWhoOwnsTheNetworkChoosesMacAndAddress() {
    String shared = network(admin, "shared", true);
    String there = subnet(admin, shared, "10.78.0.0/24");
    Map<String, Object> wish = Map.of("network_id", shared, "mac_address", "fa:16:3e:00:00:02");

    assertThat(demo.post("ports", Map.of("port", wish)).status()).isEqualTo(403);
    Map<String, Object> fixed =
        attributes(
            "network_id",
            shared,
            "fixed_ips",
            List.of(Map.of("subnet_id", there, "ip_address", "10.78.0.9")));
    assertThat(demo.post("ports", Map.of("port", fixed)).status()).isEqualTo(403);
    assertThat(port(demo, shared)).containsEntry("project_id", "demo");
  }

  @Test
  void membersMayNotPassForTheNetworksServices() {
    String shared = network(admin, "shared", true);

    Answer answer =
        demo.post(
            "ports",
            Map.of("port", attributes("network_id", shared, "device_owner", "network:dhcp")));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorType()).isEqualTo("PolicyNotAuthorized");
  }

  @Test
  void hostsAreTheAdministratorsToChoose() {
    assertRefused(
        post("binding:host_id", "h"),
        403,
        "PolicyNotAuthorized",
        "(rule:create_port and rule:create_port:binding:host_id) is disallowed by policy");
  }

  @Test
  void whoOwnsTheNetworkSeesThePortsOfOthersOnIt() {
    String shared = network(admin, "shared", true);
    String port = id(port(demo, shared));

    assertThat(admin.get("ports?network_id=" + shared).items()).hasSize(1);
    assertThat(server.member("other").get("ports?network_id=" + shared).items()).isEmpty();
    assertThat(server.member("other").get("ports/" + port).status()).isEqualTo(404);
  }

  @Test
  void addressPairsNeedPortSecurity() {
    Map<String, Object> port =
        port(demo, network, "allowed_address_pairs", List.of(Map.of("ip_address", "10.77.0.200")));

    assertThat(port)
        .containsEntry(
            "allowed_address_pairs",
            List.of(Map.of("mac_address", port.get("mac_address"), "ip_address", "10.77.0.200")));
    assertRefused(
        update(demo, "ports/" + id(port), "port", "port_security_enabled", false),
        409,
        "AddressPairAndPortSecurityRequired",
        "Port Security must be enabled in order to have allowed address pairs on a port.");
  }

  @Test
  void portSecurityGoesOnlyWithoutGroups() {
    String path = "ports/" + id(port(demo, network));

    assertRefused(
        update(demo, path, "port", "port_security_enabled", false),
        409,
        "PortSecurityPortHasSecurityGroup",
        "Port has security group associated. Cannot disable port security or IP address until"
            + " security group is removed.");
    Answer both =
        update(demo, path, "port", "port_security_enabled", false, "security_groups", List.of());
    assertThat(both.item())
        .containsEntry("port_security_enabled", false)
        .containsEntry("security_groups", List.of());
  }

  @Test
  void dhcpOptionsAreMergedByName() {
    String path =
        "ports/"
            + id(
                port(
                    demo,
                    network,
                    "extra_dhcp_opts",
                    List.of(
                        Map.of("opt_name", "mtu", "opt_value", "1400"),
                        Map.of("opt_name", "tftp-server", "opt_value", "10.0.0.1"))));

    Answer answer =
        update(
            demo,
            path,
            "port",
            "extra_dhcp_opts",
            List.of(
                Map.of("opt_name", "mtu", "opt_value", "1300"),
                attributes("opt_name", "tftp-server", "opt_value", null)));

    assertThat(answer.item().get("extra_dhcp_opts"))
        .isEqualTo(List.of(Map.of("opt_name", "mtu", "opt_value", "1300", "ip_version", 4L)));
  }

  @Test
  void whateverChangesCountsARevision() {
    Map<String, Object> port = port(demo, network);
    String path = "ports/" + id(port);
    Object group = demo.create("security-groups", "security_group", Map.of("name", "g")).get("id");

    assertRevision(port, 1);
    assertRevision(update(demo, path, "port", "name", "n").item(), 2);
    assertRevision(update(demo, path, "port", "name", "n").item(), 2);
    assertRevision(update(demo, path, "port", "security_groups", List.of(group)).item(), 3);
    assertRevision(
        update(
                demo,
                path,
                "port",
                "allowed_address_pairs",
                List.of(Map.of("ip_address", "10.77.0.201")))
            .item(),
        4);
    assertRevision(update(demo, path, "port", "fixed_ips", List.of()).item(), 5);
  }

  @Test
  void portsAreFoundByTheirAddress() {
    Map<String, Object> port = port(demo, network, "fixed_ips", fixed("10.77.0.29"));
    port(demo, network);
    String list = "ports?network_id=" + network + "&fixed_ips=";

    assertThat(demo.get(list + "ip_address%3D10.77.0.29&fields=id").items())
        .containsExactly(Map.of("id", id(port)));
    assertThat(demo.get(list + "ip_address_substr%3D10.77").items()).hasSize(2);
    assertThat(demo.get(list + "subnet_id%3D" + subnet).items()).hasSize(2);
  }

  @Test
  void manyPortsAreMadeAtOnceOrNone() {
    Map<String, Object> good = Map.of("network_id", network);
    Map<String, Object> bad = Map.of("network_id", NOBODY);

    assertThat(demo.post("ports", Map.of("ports", List.of(good, good))).items()).hasSize(2);
    assertThat(demo.post("ports", Map.of("ports", List.of(good, bad))).status()).isEqualTo(404);
    assertThat(demo.get("ports?network_id=" + network).items()).hasSize(2);
  }

  @Test
  void onlyComputePortsHaveSeveralBindings() {
    String plain = id(port(demo, network));

    assertRefused(
        admin.get("ports/" + plain + "/bindings"),
        400,
        "BadRequest",
        "Bad port request: Invalid port " + plain + ". Operation only valid on compute ports.");
  }

  @Test
  void aPortMovesToTheHostWhoseBindingIsActivated() {
    String path =
        "ports/"
            + id(port(admin, network, "device_owner", "compute:nova", "binding:host_id", "first"));

    admin.post(path + "/bindings", Map.of("binding", Map.of("host", "second")));
    Answer activated = admin.put(path + "/bindings/second/activate", Map.of());

    assertThat(activated.item()).containsEntry("status", "ACTIVE");
    assertThat(admin.get(path).item()).containsEntry("binding:host_id", "second");
    assertThat(admin.get(path + "/bindings/first").item()).containsEntry("status", "INACTIVE");
  }

  private Answer post(String attribute, @Nullable Object value) {
    return demo.post("ports", Map.of("port", attributes("network_id", network, attribute, value)));
  }

  private List<Map<String, String>> fixed(String address) {
    return List.of(Map.of("subnet_id", subnet, "ip_address", address));
  }

  private static void assertRevision(Map<String, Object> port, long revision) {
    assertThat(port).containsEntry("revision_number", revision);
  }
}
