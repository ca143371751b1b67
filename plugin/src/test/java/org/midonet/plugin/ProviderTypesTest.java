package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.NullClient;
import org.midonet.plugin.midonet.MidonetCorePlugin;

/** Provider networks as Neutron has them, where {@code [ml2] type_drivers} asks for them. */
class ProviderTypesTest {

  private static final Map<String, String> OPTIONS =
      Map.of(
          "ml2.type_drivers", "local,flat,vlan,vxlan,gre,geneve",
          "ml2.tenant_network_types", "vxlan",
          "ml2_type_flat.flat_networks", "public",
          "ml2_type_vlan.network_vlan_ranges", "default:3000:3001,bare",
          "ml2_type_vxlan.vni_ranges", "1:3",
          "ml2_type_gre.tunnel_id_ranges", "1:1");

  private final TestServer neutron = new TestServer(new NullClient(), OPTIONS);

  @AfterEach
  void stop() {
    neutron.close();
  }

  @Test
  void aNetworkGetsTheFirstTypeOfProjectsAndAFreeId() {
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      Answer network = create("");
      assertThat(network.resource().get("provider:network_type").asString()).isEqualTo("vxlan");
      assertThat(network.resource().get("provider:physical_network").isNull()).isTrue();
      assertThat(network.resource().get("mtu").asLong()).isEqualTo(1450);
      ids.add(network.resource().get("provider:segmentation_id").asLong());
    }
    assertThat(ids).containsExactlyInAnyOrder(1L, 2L, 3L);

    refused(create(""), 503, "NoNetworkAvailable");
  }

  @Test
  void anIdIsFreeAgainWithTheEndOfItsNetwork() {
    String body =
        "'provider:network_type': 'vlan', 'provider:physical_network': 'default',"
            + " 'provider:segmentation_id': 3999";
    Answer vlan = create(body);
    assertThat(vlan.status()).isEqualTo(201);
    assertThat(vlan.resource().get("mtu").asLong()).isEqualTo(1500);

    assertThat(refused(create(body), 409, "VlanIdInUse"))
        .isEqualTo(
            "Unable to create the network. The VLAN 3999 on physical network default is in use.");

    neutron.delete("/networks/" + vlan.id());
    assertThat(create(body).status()).isEqualTo(201);
  }

  @Test
  void aVlanIsDrawnFromTheRangesOfItsPhysicalNetwork() {
    Answer drawn =
        create("'provider:network_type': 'vlan', 'provider:physical_network': 'default'");
    assertThat(drawn.resource().get("provider:segmentation_id").asLong()).isBetween(3000L, 3001L);

    refused(
        create("'provider:network_type': 'vlan', 'provider:physical_network': 'bare'"),
        503,
        "NoNetworkAvailable");
  }

  @Test
  void tunnelsAndPhysicalNetworksAreTakenOnce() {
    String gre = "'provider:network_type': 'gre', 'provider:segmentation_id': 77";
    assertThat(create(gre).resource().get("mtu").asLong()).isEqualTo(1458);
    assertThat(refused(create(gre), 409, "TunnelIdInUse"))
        .isEqualTo("Unable to create the network. The tunnel ID 77 is in use.");

    String flat = "'provider:network_type': 'flat', 'provider:physical_network': 'public'";
    assertThat(create(flat).status()).isEqualTo(201);
    refused(create(flat), 409, "FlatNetworkInUse");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zork  |      |      | network_type value 'zork' not supported
          vlan  | nope | 3    | physical_network 'nope' unknown for VLAN provider network
          vlan  | bare | 4095 | segmentation_id out of range (1 through 4094)
          vlan  |      | 7    | segmentation_id requires physical_network for VLAN provider network
          flat  |      |      | physical_network required for flat provider network
          flat  | nope |      | physical_network 'nope' unknown for flat provider network
          vxlan | nope |      | provider:physical_network specified for vxlan network
          local | nope |      | physical_network prohibited for local provider network
                | bare | 7    | network_type required
          """)
  void whatATypeDoesNotHaveIsRefused(String type, String network, Long id, String reason) {
    String body =
        (type == null ? "" : "'provider:network_type': '" + type + "',")
            + (network == null ? "" : "'provider:physical_network': '" + network + "',")
            + (id == null ? "" : "'provider:segmentation_id': " + id + ",")
            + "'name': 'n'";

    assertThat(refused(create(body), 400, "InvalidInput"))
        .isEqualTo("Invalid input for operation: " + reason + ".");
  }

  @Test
  void oneSegmentIsAsGoodAsProviderAttributes() {
    Answer network =
        create(
            "'segments': [{'provider:network_type': 'vlan',"
                + " 'provider:physical_network': 'default', 'provider:segmentation_id': 5}]");
    assertThat(network.status()).isEqualTo(201);
    assertThat(network.resource().get("provider:segmentation_id").asLong()).isEqualTo(5);
    assertThat(network.resource().has("segments")).isFalse();

    refused(
        create("'provider:network_type': 'vlan', 'segments': [{'provider:network_type': 'vxlan'}]"),
        400,
        "SegmentsSetInConjunctionWithProviders");
    refused(
        create(
            "'segments': [{'provider:network_type': 'vxlan'}, {'provider:network_type': 'gre'}]"),
        400,
        "InvalidInput");
    refused(create("'segments': [{'vlan': 5}]"), 400, "HTTPBadRequest");
    refused(create("'segments': 7"), 400, "HTTPBadRequest");
  }

  @Test
  void theMtuHasItsBounds() {
    assertThat(create("'mtu': 1280").resource().get("mtu").asLong()).isEqualTo(1280);
    assertThat(refused(create("'mtu': 1451"), 400, "InvalidInput"))
        .isEqualTo("Invalid input for operation: Requested MTU is too big, maximum is 1450.");
    refused(create("'mtu': 1000000000000000000000"), 400, "InvalidInput");

    String id = create("'mtu': 68").id();
    assertThat(put(id, "'mtu': 0").resource().get("mtu").asLong()).isEqualTo(1450);
    refused(put(id, "'mtu': 1500"), 400, "InvalidInput");
  }

  @Test
  void theTypeStaysAndTheUplinkIsThereToo() {
    Answer network = create("'provider:network_type': 'uplink'");
    assertThat(network.resource().get("provider:network_type").asString()).isEqualTo("uplink");
    assertThat(network.resource().get("mtu").asLong()).isEqualTo(1500);

    assertThat(put(network.id(), "'provider:network_type': 'uplink'").status()).isEqualTo(200);
    refused(put(network.id(), "'provider:network_type': 'vlan'"), 400, "InvalidInput");
  }

  @Test
  void typesThatDoNotExistStopTheStart() {
    NeutronConfig unknown = NeutronConfig.of(Map.of("ml2.type_drivers", "vlan,zork"));
    assertThatThrownBy(() -> MidonetCorePlugin.v2(new NullClient(), unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("type_drivers in [ml2] names zork, which does not exist.");

    NeutronConfig missing = NeutronConfig.of(Map.of("ml2.type_drivers", "vlan"));
    assertThatThrownBy(() -> MidonetCorePlugin.v2(new NullClient(), missing))
        .hasMessageStartingWith("tenant_network_types in [ml2] names local, which type_drivers");
  }

  private Answer create(String attributes) {
    return neutron.post("/networks", "{'network': {" + attributes + "}}");
  }

  private Answer put(String id, String attributes) {
    return neutron.put("/networks/" + id, "{'network': {" + attributes + "}}");
  }

  private static String refused(Answer answer, int status, String type) {
    assertThat(answer.resource().get("type").asString()).isEqualTo(type);
    assertThat(answer.status()).isEqualTo(status);
    return answer.resource().get("message").asString();
  }
}
