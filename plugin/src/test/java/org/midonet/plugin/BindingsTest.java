package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.plugin.TestServer.Answer;
import tools.jackson.databind.JsonNode;

/** How ports are bound to hosts and devices (spec section 3.1.6), with Nova of today. */
class BindingsTest {

  private final Cloud cloud = new Cloud();
  private final String network = cloud.network();

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void aPortIsMidonetsWhateverItsHost() {
    Answer port = create("'binding:vnic_type': 'direct'");

    assertThat(port.resource().get("binding:vif_type").asString()).isEqualTo("midonet");
    assertThat(port.resource().get("binding:vif_details").toString())
        .isEqualTo("{\"port_filter\":true}");
    assertThat(port.resource().get("binding:vnic_type").asString()).isEqualTo("direct");
    assertThat(port.resource().get("binding:profile").toString()).isEqualTo("{}");
    assertThat(told().get("binding:profile").isNull()).isTrue();
  }

  @Test
  void theDeviceIsToldAndNovasNotesAreKept() {
    Answer port =
        create(
            "'binding:host_id': 'h', 'binding:profile':"
                + " {'interface_name': 'eth1', 'pci_slot': '0000:03:00.1'}");

    assertThat(port.status()).isEqualTo(201);
    assertThat(port.resource().get("binding:profile")).hasSize(2);
    assertThat(told().get("binding:profile").toString()).isEqualTo("{\"interface_name\":\"eth1\"}");
    assertThat(told().get("binding:host_id").asString()).isEqualTo("h");
  }

  @Test
  void novasNotesNeedNoDeviceAndNoHost() {
    Answer port = create("'binding:profile': {'migrating_to': 'h2'}");

    assertThat(port.status()).isEqualTo(201);
    assertThat(told().get("binding:profile").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'binding:host_id': 'h', 'binding:profile': {'interface': 'eth1'}",
        "'binding:host_id': 'h', 'binding:profile': {'interface_name': ''}",
        "'binding:profile': {'interface_name': 'eth1'}",
        "'binding:host_id': null, 'binding:profile': {'interface_name': 'eth1'}"
      })
  void aDeviceNeedsANameAndAHost(String attributes) {
    Answer refused = create(attributes);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.resource().get("type").asString()).isEqualTo("BadRequest");
    assertThat(refused.resource().get("message").asString()).startsWith("Bad port request: ");
  }

  @Test
  void aPortWithoutItsHostForgetsTheDeviceOnly() {
    String id =
        create(
                "'binding:host_id': 'h', 'binding:profile':"
                    + " {'interface_name': 'eth1', 'pci_slot': '0000:03:00.1'}")
            .id();

    Answer port = cloud.neutron.put("/ports/" + id, "{'port': {'binding:host_id': null}}");

    assertThat(port.resource().get("binding:host_id").asString()).isEmpty();
    assertThat(port.resource().get("binding:profile").toString())
        .isEqualTo("{\"pci_slot\":\"0000:03:00.1\"}");
    assertThat(told().get("binding:profile").isNull()).isTrue();
  }

  @Test
  void aDeviceIsNamedLaterAndTakenAwayAgain() {
    String id = create("'name': 'old'").id();

    Answer bound =
        put(
            id,
            "'name': 'new', 'admin_state_up': false, 'binding:host_id': 'h',"
                + " 'binding:profile': {'interface_name': 'eth1'}");
    assertThat(bound.status()).isEqualTo(200);
    assertThat(bound.resource().get("name").asString()).isEqualTo("new");
    assertThat(bound.resource().get("admin_state_up").asBoolean()).isFalse();
    assertBound(bound, "h", "{\"interface_name\":\"eth1\"}");

    assertBound(
        put(id, "'name': 'newer', 'binding:host_id': 'h2'"), "h2", "{\"interface_name\":\"eth1\"}");
    assertThat(told().get("binding:profile").toString()).isEqualTo("{\"interface_name\":\"eth1\"}");

    assertBound(put(id, "'binding:profile': null"), "h2", "{}");
    assertThat(told().get("binding:profile").isNull()).isTrue();
    assertBound(put(id, "'binding:profile': null"), "h2", "{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h | {'interface': 'eth2'}",
        "h | {'interface_name': ''}",
        "'' | {'interface_name': 'eth2'}",
      })
  void aDeviceIsNeverExchangedForNonsense(String host, String profile) {
    String id =
        create(
                "'binding:host_id': '%s'".formatted(host)
                    + (host.isEmpty() ? "" : ", 'binding:profile': {'interface_name': 'eth1'}"))
            .id();
    cloud.midonet.clear();

    Answer refused = put(id, "'binding:profile': " + profile);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.resource().get("message").asString()).startsWith("Bad port request: ");
    assertThat(cloud.midonet.calls()).isEmpty();
    assertThat(cloud.neutron.get("/ports/" + id).resource().get("binding:profile").toString())
        .isEqualTo(host.isEmpty() ? "{}" : "{\"interface_name\":\"eth1\"}");
  }

  private static void assertBound(Answer port, String host, String profile) {
    assertThat(port.resource().get("binding:host_id").asString()).isEqualTo(host);
    assertThat(port.resource().get("binding:profile").toString()).isEqualTo(profile);
  }

  private Answer put(String id, String attributes) {
    return cloud.neutron.put("/ports/" + id, "{'port': {" + attributes + "}}");
  }

  private Answer create(String attributes) {
    return cloud.neutron.post(
        "/ports", "{'port': {'network_id': '%s', %s}}".formatted(network, attributes));
  }

  private JsonNode told() {
    return cloud.midonet.calls().getLast().json();
  }
}
