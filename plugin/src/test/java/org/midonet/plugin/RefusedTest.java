package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.plugin.Cloud.Behind;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.FakeMidonet;

/**
 * What MidoNet refuses leaves nothing behind, neither here nor there, so that the user can try
 * again (spec sections 2.0.2 and 2.0.4).
 */
class RefusedTest {

  private final Cloud cloud = new Cloud();

  @AfterEach
  void stop() {
    cloud.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, HTTPBadRequest",
    "401, HTTPUnauthorized",
    "404, HTTPNotFound",
    "409, HTTPConflict",
    "500, HTTPInternalServerError",
    "503, HTTPServiceUnavailable"
  })
  void theStatusIsMidonets(int status, String type) {
    String network = cloud.network();
    refuse("ports", status);
    if (status == 401) {
      refuse("ports", status); // the first is taken for a token that ran out
    }

    Answer refused =
        cloud.neutron.post("/ports", "{'port': {'network_id': '%s'}}".formatted(network));

    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.resource().get("type").asString()).isEqualTo(type);
    assertThat(refused.resource().get("message").asString()).endsWith("no");
    assertThat(cloud.count("ports")).isZero();
  }

  @Test
  void aMidonetThatHangsUpIsAnInternalError() {
    String network = cloud.network();
    cloud.midonet.next("/neutron/ports", exchange -> exchange.close());
    cloud.midonet.next("/neutron/ports", exchange -> exchange.close());

    Answer refused =
        cloud.neutron.post("/ports", "{'port': {'network_id': '%s'}}".formatted(network));

    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused.resource().get("type").asString()).isEqualTo("HTTPInternalServerError");
    assertThat(refused.resource().get("message").asString())
        .contains(cloud.midonet.uri().toString());
    assertThat(cloud.count("ports")).isZero();
  }

  @Test
  void aSubnetIsRemovedAgain() {
    String network = cloud.network();
    cloud.forget();
    refuse("subnets", 409);
    String body =
        "{'subnet': {'network_id': '%s', 'ip_version': 4, 'cidr': '10.0.0.0/24'}}"
            .formatted(network);

    assertThat(cloud.neutron.post("/subnets", body).status()).isEqualTo(409);

    assertThat(cloud.told()).containsExactly("POST subnets", "DELETE subnets");
    assertThat(cloud.neutron.get("/networks/" + network).resource().get("subnets")).isEmpty();
    assertThat(cloud.neutron.post("/subnets", body).status()).isEqualTo(201);
  }

  @Test
  void aPortIsRemovedAgainAndItsAddressIsFree() {
    String network = cloud.network();
    String subnet = cloud.subnet(network, "10.0.0.0/30");
    cloud.forget();
    refuse("ports", 500);
    String body = "{'port': {'network_id': '%s'}}".formatted(network);

    assertThat(cloud.neutron.post("/ports", body).status()).isEqualTo(500);

    assertThat(cloud.told()).containsExactly("POST ports", "DELETE ports");
    assertThat(cloud.neutron.post("/ports", body).status()).isEqualTo(201);
    assertThat(cloud.neutron.delete("/subnets/" + subnet).status()).isEqualTo(409);
  }

  @Test
  void aRouterIsRemovedAgainWithItsGateway() {
    String external = cloud.external(4);
    cloud.forget();
    refuse("routers", 409);

    Answer refused =
        cloud.neutron.post(
            "/routers",
            "{'router': {'external_gateway_info': {'network_id': '%s'}}}".formatted(external));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(cloud.told())
        .containsExactly("POST ports", "POST routers", "DELETE ports", "DELETE routers");
    assertThat(cloud.count("routers")).isZero();
    assertThat(cloud.count("ports")).isZero();
  }

  @Test
  void aRouterIsRemovedAgainWhenItsGatewayIsRefused() {
    String external = cloud.external(4);
    cloud.forget();
    refuse("ports", 409);

    Answer refused =
        cloud.neutron.post(
            "/routers",
            "{'router': {'external_gateway_info': {'network_id': '%s'}}}".formatted(external));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(cloud.told()).containsExactly("POST ports", "DELETE ports", "DELETE routers");
    assertThat(cloud.count("routers")).isZero();
    assertThat(cloud.count("ports")).isZero();
  }

  @Test
  void aRefusedGatewayIsNotHalfSet() {
    String external = cloud.external(4);
    String router = cloud.router();
    cloud.forget();
    refuse("ports", 409);

    assertThat(cloud.setGateway(router, external).status()).isEqualTo(409);

    assertThat(cloud.told()).containsExactly("POST ports", "DELETE ports", "PUT routers");
    assertThat(
            cloud
                .neutron
                .get("/routers/" + router)
                .resource()
                .get("external_gateway_info")
                .isNull())
        .isTrue();
    assertThat(cloud.count("ports")).isZero();
    assertThat(cloud.setGateway(router, external).status()).isEqualTo(200);
  }

  @Test
  void aRefusedGatewayGivesWayToTheFormerOne() {
    String one = cloud.external(4);
    String other = cloud.external(5);
    String router = cloud.router(one);
    String before = gateway(router);
    cloud.forget();
    refuse("ports", 409);

    assertThat(cloud.setGateway(router, other).status()).isEqualTo(409);

    assertThat(cloud.told())
        .containsExactly("DELETE ports", "POST ports", "DELETE ports", "POST ports", "PUT routers");
    assertThat(gateway(router)).isEqualTo(before);
    assertThat(cloud.setGateway(router, other).status()).isEqualTo(200);
  }

  private String gateway(String router) {
    return cloud
        .neutron
        .get("/routers/" + router)
        .resource()
        .get("external_gateway_info")
        .toString();
  }

  @Test
  void aRefusedInterfaceIsTakenOffAgain() {
    String router = cloud.router();
    String network = cloud.network();
    String subnet = cloud.subnet(network, "10.0.0.0/24");
    cloud.forget();
    refuse("routers/" + router + "/add_router_interface", 409);

    assertThat(cloud.addInterface(router, "subnet_id", subnet).status()).isEqualTo(409);

    assertThat(cloud.told())
        .containsExactly(
            "POST ports",
            "PUT routers/add_router_interface",
            "DELETE ports",
            "PUT routers/remove_router_interface");
    assertThat(cloud.count("ports")).isZero();

    refuse("ports", 409);
    assertThat(cloud.addInterface(router, "subnet_id", subnet).status()).isEqualTo(409);
    assertThat(cloud.count("ports")).isZero();
    assertThat(cloud.addInterface(router, "subnet_id", subnet).status()).isEqualTo(200);
  }

  @Test
  void aPortThatMidonetRefusesAsInterfaceIsFreeAgain() {
    String router = cloud.router();
    String network = cloud.network();
    cloud.subnet(network, "10.0.0.0/24");
    String port = cloud.port(network);
    cloud.forget();
    refuse("routers/" + router + "/add_router_interface", 409);

    assertThat(cloud.addInterface(router, "port_id", port).status()).isEqualTo(409);

    assertThat(cloud.told())
        .containsExactly("PUT ports", "PUT routers/add_router_interface", "PUT ports");
    assertThat(cloud.neutron.get("/ports/" + port).resource().get("device_id").asString())
        .isEmpty();
    assertThat(cloud.addInterface(router, "port_id", port).status()).isEqualTo(200);
  }

  @Test
  void anInterfaceThatIsThereAlreadyStaysWhenItIsAddedAgain() {
    String router = cloud.router();
    String subnet = cloud.subnet(cloud.network(), "10.0.0.0/24");
    cloud.addInterface(router, "subnet_id", subnet);
    cloud.forget();

    assertThat(cloud.addInterface(router, "subnet_id", subnet).status()).isEqualTo(400);

    assertThat(cloud.told()).isEmpty();
    assertThat(cloud.count("ports")).isEqualTo(1);
  }

  @Test
  void aFloatingIpIsRemovedAgainWithItsPort() {
    Behind behind = cloud.behind();
    int ports = cloud.count("ports");
    cloud.forget();
    refuse("floating_ips", 409);

    assertThat(cloud.floatingIp(behind.external(), behind.port()).status()).isEqualTo(409);

    assertThat(cloud.told())
        .containsExactly("POST ports", "POST floating_ips", "DELETE ports", "DELETE floating_ips");
    assertThat(cloud.count("floatingips")).isZero();
    assertThat(cloud.count("ports")).isEqualTo(ports);

    refuse("ports", 500);
    assertThat(cloud.floatingIp(behind.external(), behind.port()).status()).isEqualTo(500);
    assertThat(cloud.count("floatingips")).isZero();
    assertThat(cloud.floatingIp(behind.external(), behind.port()).status()).isEqualTo(201);
  }

  @Test
  void rulesOfOneRequestAreAllRemovedAgain() {
    cloud.network();
    String group = cloud.create("security-groups", "{'security_group': {'name': 'web'}}");
    int rules = cloud.count("security-group-rules");
    cloud.forget();
    refuse("security_group_rules", 409);
    String rule =
        "{'security_group_id': '%s', 'direction': 'ingress', 'protocol': 'tcp',"
            + " 'port_range_min': %d, 'port_range_max': %d}";

    Answer refused =
        cloud.neutron.post(
            "/security-group-rules",
            "{'security_group_rules': ["
                + rule.formatted(group, 81, 81)
                + ","
                + rule.formatted(group, 82, 82)
                + "]}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(cloud.told())
        .containsExactly(
            "POST security_group_rules",
            "DELETE security_group_rules",
            "DELETE security_group_rules");
    assertThat(cloud.count("security-group-rules")).isEqualTo(rules);
  }

  @Test
  void aDefaultGroupThatMidonetRefusesComesWithTheNextNetwork() {
    refuse("security_groups", 500);

    assertThat(cloud.neutron.post("/networks", "{'network': {}}").status()).isEqualTo(500);

    assertThat(cloud.count("networks")).isZero();
    cloud.forget();
    cloud.network();
    assertThat(cloud.told()).containsExactly("POST security_groups", "POST networks");
  }

  private void refuse(String path, int status) {
    cloud.midonet.next("/neutron/" + path, FakeMidonet.error(status, "no"));
  }
}
