package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.api.MidonetApiClient;

/** What MidoNet hears of networks, and what its refusals do (spec sections 2.0.2, 2.2, 3.1.3). */
class NetworksToldTest {

  private final FakeMidonet midonet = new FakeMidonet();
  private final MidonetApiClient client = new MidonetApiClient(midonet.settings());
  private final TestServer neutron = new TestServer(client);

  @AfterEach
  void stop() {
    neutron.close();
    client.close();
    midonet.close();
  }

  @Test
  void aNetworkIsToldWhole() {
    Answer network = neutron.post("/networks", "{'network': {'name': 'blue'}}");

    assertThat(network.status()).isEqualTo(201);
    assertThat(network.resource().has("provider:network_type")).isFalse();
    assertThat(lines()).endsWith("POST neutron/networks");
    assertThat(midonet.calls().getLast().json().toString())
        .isEqualTo(
            ("{'id':'%s','name':'blue','tenant_id':'%s','admin_state_up':true,'mtu':%s,"
                    + "'status':'ACTIVE','subnets':[],'shared':false,'router:external':false,"
                    + "'port_security_enabled':true}")
                .formatted(network.id(), TestServer.PROJECT, network.resource().get("mtu"))
                .replace('\'', '"'));
  }

  @Test
  void aChangeIsToldWhole() {
    String id = neutron.post("/networks", "{'network': {'name': 'blue'}}").id();
    midonet.clear();

    assertThat(neutron.put("/networks/" + id, "{'network': {'name': 'red'}}").status())
        .isEqualTo(200);

    assertThat(lines()).containsExactly("PUT neutron/networks/" + id);
    assertThat(midonet.calls().getFirst().json().get("name").asString()).isEqualTo("red");
    assertThat(midonet.calls().getFirst().json().get("status").asString()).isEqualTo("ACTIVE");
  }

  @Test
  void aRemovalIsTold() {
    String id = neutron.post("/networks", "{'network': {}}").id();
    midonet.clear();

    assertThat(neutron.delete("/networks/" + id).status()).isEqualTo(204);

    assertThat(lines()).containsExactly("DELETE neutron/networks/" + id);
  }

  @Test
  void subnetsAreTold() {
    String network = neutron.post("/networks", "{'network': {}}").id();
    String body = "{'subnet': {'network_id': '%s', 'ip_version': 4, 'cidr': '10.%d.0.0/24'}}";
    neutron.post("/subnets", body.formatted(network, 1));
    neutron.post("/subnets", body.formatted(network, 2));
    assertThat(lines())
        .endsWith("POST neutron/networks", "POST neutron/subnets", "POST neutron/subnets");
    assertThat(midonet.calls().getLast().json().get("allocation_pools").toString())
        .isEqualTo("[{\"start\":\"10.2.0.2\",\"end\":\"10.2.0.254\"}]");
  }

  @Test
  void aRefusedNetworkIsRemovedAgain() {
    neutron.post("/networks", "{'network': {}}");
    midonet.clear();
    midonet.next("/neutron/networks", FakeMidonet.error(409, "A(n) Network already exists."));

    Answer refused = neutron.post("/networks", "{'network': {'name': 'blue'}}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.resource().get("type").asString()).isEqualTo("HTTPConflict");
    assertThat(refused.resource().get("message").asString())
        .contains(midonet.uri().toString())
        .endsWith("A(n) Network already exists.");
    assertThat(neutron.get("/networks?name=blue").resource()).isEmpty();
    String id = midonet.calls().getFirst().json().get("id").asString();
    assertThat(lines()).containsExactly("POST neutron/networks", "DELETE neutron/networks/" + id);
  }

  @Test
  void anErrorOfTheRemovalDoesNotHideTheReason() {
    midonet.next(
        "/neutron/networks",
        exchange -> {
          midonet.next("/login", FakeMidonet.error(401, "gone"));
          midonet.forgetToken();
          FakeMidonet.error(503, "lock not obtained").to(exchange);
        });

    Answer refused = neutron.post("/networks", "{'network': {}}");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.resource().get("message").asString()).endsWith("lock not obtained");
    assertThat(neutron.get("/networks").resource()).isEmpty();
  }

  @Test
  void aRefusedChangeStays() {
    String id = neutron.post("/networks", "{'network': {'name': 'blue'}}").id();
    midonet.next("/neutron/networks/" + id, FakeMidonet.error(500, "no"));

    assertThat(neutron.put("/networks/" + id, "{'network': {'name': 'red'}}").status())
        .isEqualTo(500);

    assertThat(neutron.get("/networks/" + id).resource().get("name").asString()).isEqualTo("red");
  }

  @Test
  void aRefusedRemovalStays() {
    String id = neutron.post("/networks", "{'network': {}}").id();
    midonet.next("/neutron/networks/" + id, FakeMidonet.error(409, "in use"));

    assertThat(neutron.delete("/networks/" + id).status()).isEqualTo(409);

    assertThat(neutron.get("/networks/" + id).status()).isEqualTo(404);
  }

  @Test
  void ofSeveralNetworksAllAreKeptOrNone() {
    neutron.post("/networks", "{'network': {}}");
    midonet.clear();
    midonet.next("/neutron/networks", FakeMidonet.json(201, "", ""));
    midonet.next("/neutron/networks", FakeMidonet.error(400, "no"));

    Answer refused =
        neutron.post("/networks", "{'networks': [{'name': 'a'}, {'name': 'b'}, {'name': 'c'}]}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(neutron.get("/networks?name=a&name=b&name=c").resource()).isEmpty();
    String a = midonet.calls().getFirst().json().get("id").asString();
    assertThat(lines()).contains("DELETE neutron/networks/" + a);
  }

  @Test
  void anUplinkIsStoredShownAndTold() {
    Answer made =
        neutron.post(
            "/networks",
            "{'network': {'provider:network_type': 'uplink', 'provider:physical_network': 'x'}}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(midonet.calls().getLast().json().get("provider:network_type").asString())
        .isEqualTo("uplink");
    Answer shown = neutron.get("/networks/" + made.id());
    assertThat(shown.resource().get("provider:network_type").asString()).isEqualTo("uplink");
    assertThat(shown.resource().has("provider:physical_network")).isFalse();
    assertThat(neutron.get("/networks?provider:network_type=vlan").resource()).isEmpty();
    assertThat(neutron.get("/networks?provider:network_type=uplink").resource()).hasSize(1);
    neutron.post("/networks", "{'network': {'provider:network_type': 'uplink'}}");
    assertThat(neutron.get("/networks").resource())
        .hasSize(2)
        .allMatch(one -> one.get("provider:network_type").asString().equals("uplink"));
    assertThat(neutron.delete("/networks/" + made.id()).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"midonet", "local"})
  void anOrdinaryTypeIsNeitherStoredNorTold(String type) {
    Answer made =
        neutron.post("/networks", "{'network': {'provider:network_type': '" + type + "'}}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.resource().has("provider:network_type")).isFalse();
    assertThat(midonet.calls().getLast().json().has("provider:network_type")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"flat", "gre", "vlan", "vxlan", "geneve", "UPLINK"})
  void anotherTypeIsRefused(String type) {
    Answer refused =
        neutron.post("/networks", "{'network': {'provider:network_type': '" + type + "'}}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.resource().get("type").asString()).isEqualTo("InvalidInput");
    assertThat(refused.resource().get("message").asString()).contains(type);
    assertThat(midonet.calls()).isEmpty();
  }

  @Test
  void tunnelsLeaveLessRoomThanTheUplink() {
    Answer ordinary = neutron.post("/networks", "{'network': {}}");
    Answer uplink = neutron.post("/networks", "{'network': {'provider:network_type': 'uplink'}}");

    assertThat(ordinary.resource().get("mtu").asLong()).isEqualTo(1450);
    assertThat(midonet.calls().getLast().json().get("mtu").asLong()).isEqualTo(1500);
    assertThat(uplink.resource().get("mtu").asLong()).isEqualTo(1500);
    assertThat(neutron.post("/networks", "{'network': {'mtu': 1500}}").status()).isEqualTo(400);
  }

  @Test
  void theTypeOfANetworkDoesNotChange() {
    String id = neutron.post("/networks", "{'network': {'provider:network_type': 'uplink'}}").id();
    midonet.clear();

    Answer refused =
        neutron.put("/networks/" + id, "{'network': {'provider:network_type': 'uplink'}}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.resource().get("type").asString()).isEqualTo("InvalidInput");
    assertThat(midonet.calls()).isEmpty();
  }

  private List<String> lines() {
    return midonet.lines();
  }
}
