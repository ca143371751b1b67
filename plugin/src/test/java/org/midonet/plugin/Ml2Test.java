package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.plugin.Cloud.Behind;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.FakeMidonet.Release;
import org.midonet.plugin.client.NullClient;
import org.midonet.plugin.midonet.MidonetCorePlugin;

/** MidoNet by the names of ML2 (spec sections 4.1 to 4.3). */
class Ml2Test {

  private static final Map<String, String> OPTIONS =
      Map.of(
          "DEFAULT.core_plugin", "ml2",
          "ml2.mechanism_drivers", "midonet",
          "ml2.type_drivers", "midonet,uplink,vlan",
          "ml2.tenant_network_types", "midonet",
          "ml2_type_vlan.network_vlan_ranges", "phys:100:200");

  private final Cloud cloud = new Cloud(Release.V5_6, OPTIONS);

  @AfterEach
  void stop() {
    cloud.close();
  }

  private Answer network(String type) {
    return cloud.neutron.post(
        "/networks", "{'network': {'provider:network_type': '%s'}}".formatted(type));
  }

  @Test
  void anOrdinaryNetworkIsOfTypeMidonet() {
    Answer made = cloud.neutron.post("/networks", "{'network': {}}");

    assertThat(made.resource().get("provider:network_type").asString()).isEqualTo("midonet");
    assertThat(made.resource().get("provider:physical_network").isNull()).isTrue();
    assertThat(made.resource().get("provider:segmentation_id").isNull()).isTrue();
    assertThat(made.resource().get("mtu").asLong()).isEqualTo(1450);
    assertThat(cloud.told()).containsExactly("POST security_groups", "POST networks");
    assertThat(cloud.midonet.calls().getLast().json().has("provider:network_type")).isFalse();
  }

  @Test
  void anUplinkIsToldAsOne() {
    Answer made = network("uplink");

    assertThat(made.resource().get("mtu").asLong()).isEqualTo(1500);
    assertThat(cloud.midonet.calls().getLast().json().get("provider:network_type").asString())
        .isEqualTo("uplink");
  }

  @ParameterizedTest
  @CsvSource({"midonet, physical_network, 'phys'", "uplink, segmentation_id, 7"})
  void itsTypesTakeNothingOfThePhysicalNetwork(String type, String key, String value) {
    Answer refused =
        cloud.neutron.post(
            "/networks",
            "{'network': {'provider:network_type': '%s', 'provider:%s': '%s'}}"
                .formatted(type, key, value));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().toString()).contains("InvalidInput", key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "vxlan", "MIDONET"})
  void typesThatAreNotConfiguredAreRefused(String type) {
    assertThat(network(type).status()).isEqualTo(400);
  }

  @Test
  void networksOfOthersAreNotToldNorWhatIsOnThem() {
    String vlan = network("vlan").id();
    assertThat(cloud.told()).containsExactly("POST security_groups");
    cloud.forget();

    String subnet = cloud.subnet(vlan, "10.0.0.0/24");
    String port = cloud.port(vlan);
    cloud.neutron.put("/ports/" + port, "{'port': {'name': 'p'}}");
    cloud.neutron.delete("/ports/" + port);
    cloud.neutron.put("/subnets/" + subnet, "{'subnet': {'name': 's'}}");
    assertThat(cloud.neutron.delete("/networks/" + vlan).status()).isEqualTo(204);

    assertThat(cloud.told()).isEmpty();
  }

  @Test
  void routersMeetMidonetsNetworksOnly() {
    String vlan = network("vlan").id();
    String subnet = cloud.subnet(vlan, "10.0.0.0/24");
    String router = cloud.router();

    Answer refused = cloud.addInterface(router, "subnet_id", subnet);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().toString()).contains("Incompatible network");
    String port = cloud.port(vlan);
    assertThat(cloud.addInterface(router, "port_id", port).status()).isEqualTo(400);
    assertThat(cloud.neutron.get("/ports/" + port).resource().get("device_owner").asString())
        .isEmpty();
  }

  @Test
  void everythingElseIsToldAsWithPluginV2() {
    Behind behind = cloud.behind();
    cloud.floatingIp(behind.external(), behind.port());

    assertThat(cloud.told())
        .containsExactly(
            "POST security_groups",
            "POST networks",
            "POST subnets",
            "POST ports",
            "POST routers",
            "POST networks",
            "POST subnets",
            "POST ports",
            "PUT routers/add_router_interface",
            "POST ports",
            "POST ports",
            "POST floating_ips");
  }

  @Test
  void aPortIsPluggedOnceItHasAHost() {
    String port = cloud.port(cloud.network());
    assertThat(vif(port)).isEqualTo("unbound");
    cloud.neutron.put("/ports/" + port, "{'port': {'binding:host_id': 'h'}}");
    assertThat(vif(port)).isEqualTo("midonet");
    assertThat(cloud.neutron.get("/ports/" + port).resource().get("binding:vif_details").toString())
        .isEqualTo("{\"port_filter\":true}");

    String other = cloud.port(network("vlan").id());
    cloud.neutron.put("/ports/" + other, "{'port': {'binding:host_id': 'h'}}");
    assertThat(vif(other)).isEqualTo("binding_failed");
  }

  @Test
  void aSecondHostIsBoundOnMidonetsNetworksOnly() {
    String binding = "{'binding': {'host': 'h2'}}";
    String port = computePort(cloud.network());
    assertThat(cloud.neutron.post("/ports/" + port + "/bindings", binding).status()).isEqualTo(201);

    String foreign = computePort(network("vlan").id());
    Answer refused = cloud.neutron.post("/ports/" + foreign + "/bindings", binding);
    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused.body().toString())
        .contains("PortBindingError")
        .contains("Binding for port " + foreign + " on host h2 could not be created or updated.");
    assertThat(cloud.neutron.get("/ports/" + foreign + "/bindings").body().toString())
        .doesNotContain("h2");
  }

  private String computePort(String network) {
    return cloud.create(
        "ports",
        ("{'port': {'network_id': '%s', 'device_owner': 'compute:nova',"
                + " 'binding:host_id': 'h1'}}")
            .formatted(network));
  }

  private String vif(String port) {
    return cloud.neutron.get("/ports/" + port).resource().get("binding:vif_type").asString();
  }

  @Test
  void aProfileIsKeptAsItIs() {
    Answer made =
        cloud.neutron.post(
            "/ports",
            "{'port': {'network_id': '%s', 'binding:profile': {'interface_name': 'eth1', 'x': 1}}}"
                .formatted(cloud.network()));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.resource().get("binding:profile").toString())
        .isEqualTo("{\"interface_name\":\"eth1\",\"x\":1}");
    assertThat(cloud.midonet.calls().getLast().json().get("binding:profile").toString())
        .isEqualTo("{\"interface_name\":\"eth1\"}");
  }

  @Test
  void whatMidonetRefusesIsUndoneAndPassedOn() {
    cloud.network();
    cloud.midonet.next("/neutron/networks", FakeMidonet.error(409, "exists"));

    Answer refused = cloud.neutron.post("/networks", "{'network': {}}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(cloud.count("networks")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "ml2.mechanism_drivers, openvswitch, openvswitch",
    "ml2.mechanism_drivers, '', is not set",
    "ml2.type_drivers, vlan, neither midonet nor uplink",
    "ml2.tenant_network_types, vxlan, type_drivers does not"
  })
  void whatCannotWorkStopsTheStart(String option, String value, String complaint) {
    Map<String, String> options = new HashMap<>(OPTIONS);
    if (option.equals("ml2.type_drivers")) {
      options.remove("ml2.tenant_network_types");
    }
    options.put(option, value);

    assertThatThrownBy(() -> MidonetCorePlugin.ml2(new NullClient(), NeutronConfig.of(options)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }
}
