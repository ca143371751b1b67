package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.plugin.Cloud.Behind;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.FakeMidonet.Release;
import tools.jackson.databind.JsonNode;

/** The plugin for MidoNet v2015.03 and v2015.06 (spec section 2). */
class PluginV1Test {

  private final Cloud cloud =
      new Cloud(
          Release.V2015_03,
          Map.of("DEFAULT.core_plugin", "midonet", "DEFAULT.service_plugins", ""));

  @AfterEach
  void stop() {
    cloud.close();
  }

  private List<String> aliases() {
    return cloud
        .neutron
        .get("/extensions")
        .resource()
        .valueStream()
        .map(extension -> extension.get("alias").asString())
        .toList();
  }

  @Test
  void itServesRoutersAndNothingThat2015Lacks() {
    assertThat(aliases())
        .contains(
            "agent",
            "binding",
            "dhcp_agent_scheduler",
            "external-net",
            "quotas",
            "router",
            "security-group",
            "subnet_allocation",
            "ext-gw-mode",
            "extra_dhcp_opt")
        .doesNotContain(
            "allowed-address-pairs",
            "port-security",
            "provider",
            "multi-provider",
            "extraroute",
            "agent-membership");
  }

  @Test
  void whatItDoesNotServeIsUnknown() {
    String network = cloud.network();

    for (String body :
        List.of(
            "'port_security_enabled': false",
            "'allowed_address_pairs': [{'ip_address': '10.0.0.1'}]")) {
      Answer refused =
          cloud.neutron.post(
              "/ports", "{'port': {'network_id': '%s', %s}}".formatted(network, body));
      assertThat(refused.status()).as(body).isEqualTo(400);
      assertThat(refused.body().toString()).contains("Unrecognized attribute");
    }
    assertThat(
            cloud
                .neutron
                .post("/networks", "{'network': {'provider:network_type': 'uplink'}}")
                .status())
        .isEqualTo(400);
    String router = cloud.router();
    assertThat(cloud.neutron.put("/routers/" + router, "{'router': {'routes': []}}").status())
        .isEqualTo(400);
    assertThat(cloud.neutron.get("/agent_memberships").status()).isEqualTo(404);
  }

  @Test
  void everythingIsToldInOrder() {
    String network = cloud.network();
    assertThat(cloud.told()).containsExactly("POST security_groups", "POST networks");
    cloud.forget();

    Behind behind = cloud.behind();
    String floatingIp = cloud.floatingIp(behind.external(), behind.port()).id();
    cloud.neutron.delete("/ports/" + behind.port());
    cloud.neutron.delete("/floatingips/" + floatingIp);
    cloud.removeInterface(behind.router(), "subnet_id", behind.subnet());
    cloud.neutron.delete("/routers/" + behind.router());
    cloud.neutron.delete("/networks/" + network);

    assertThat(cloud.told())
        .containsExactly(
            "POST networks", // external
            "POST subnets",
            "POST ports", // gateway
            "POST routers",
            "POST networks",
            "POST subnets",
            "POST ports", // interface
            "PUT routers/add_router_interface",
            "POST ports",
            "POST ports", // floating
            "POST floating_ips",
            "DELETE ports", // takes the floating IP off silently
            "DELETE ports",
            "DELETE floating_ips",
            "DELETE ports",
            "PUT routers/remove_router_interface",
            "DELETE ports",
            "DELETE routers",
            "DELETE networks");
  }

  @Test
  void aPortIsPluggedByMidonetAndFiltered() {
    String network = cloud.network();
    cloud.forget();
    Answer port =
        cloud.neutron.post(
            "/ports", "{'port': {'network_id': '%s', 'binding:host_id': 'h1'}}".formatted(network));

    assertThat(port.resource().get("binding:vif_type").asString()).isEqualTo("midonet");
    assertThat(port.resource().get("binding:vif_details").toString())
        .isEqualTo("{\"port_filter\":true}");
    JsonNode told = cloud.midonet.calls().getFirst().json();
    assertThat(told.get("security_groups")).hasSize(1);
    assertThat(told.get("port_security_enabled").asBoolean()).isTrue();
  }

  @Test
  void aGatewayNeedsASubnet() {
    String external = cloud.create("networks", "{'network': {'router:external': true}}");

    Answer refused =
        cloud.neutron.post(
            "/routers",
            "{'router': {'external_gateway_info': {'network_id': '%s'}}}".formatted(external));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().toString()).contains("No IPs assigned to the gateway port");
    assertThat(cloud.count("routers")).isZero();
  }

  @Test
  void poolsAreFirstAndLast() {
    String network = cloud.network();
    cloud.forget();
    cloud.subnet(network, "10.0.0.0/24");

    assertThat(
            cloud.midonet.calls().getFirst().json().get("allocation_pools").get(0).propertyNames())
        .containsExactly("first_ip", "last_ip");
  }
}
