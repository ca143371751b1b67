package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.plugin.Cloud.Behind;
import org.midonet.plugin.TestServer.Answer;

/** Which calls MidoNet gets for what a user does, in order (spec section 3.7). */
class WireOrderTest {

  private final Cloud cloud = new Cloud();

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void theFirstNetworkOfAProjectBringsItsDefaultGroup() {
    cloud.network();
    cloud.network();

    assertThat(cloud.told())
        .containsExactly("POST security_groups", "POST networks", "POST networks");
    assertThat(cloud.midonet.calls().getFirst().json().get("name").asString()).isEqualTo("default");
    assertThat(cloud.midonet.calls().getFirst().json().get("security_group_rules")).hasSize(4);
  }

  @Test
  void aGroupIsToldWithItsRulesAndRulesOfOneRequestTogether() {
    cloud.network();
    cloud.forget();
    String group = cloud.create("security-groups", "{'security_group': {'name': 'web'}}");
    String rule =
        "{'security_group_id': '%s', 'direction': 'ingress', 'protocol': 'tcp',"
            + " 'port_range_min': %d, 'port_range_max': %d}";
    String one =
        cloud.create(
            "security-group-rules",
            "{'security_group_rule': " + rule.formatted(group, 80, 80) + "}");
    cloud.neutron.post(
        "/security-group-rules",
        "{'security_group_rules': ["
            + rule.formatted(group, 81, 81)
            + ","
            + rule.formatted(group, 82, 82)
            + "]}");
    cloud.neutron.put("/security-groups/" + group, "{'security_group': {'name': 'www'}}");
    cloud.neutron.delete("/security-group-rules/" + one);
    cloud.neutron.delete("/security-groups/" + group);

    assertThat(cloud.told())
        .containsExactly(
            "POST security_groups",
            "POST security_group_rules",
            "POST security_group_rules",
            "DELETE security_group_rules",
            "DELETE security_groups");
    assertThat(cloud.midonet.calls().get(2).json()).hasSize(2);
  }

  @Test
  void subnetsAndPortsAreToldOneByOne() {
    String network = cloud.network();
    cloud.forget();
    String subnet = cloud.subnet(network, "10.0.0.0/24");
    String port = cloud.port(network);
    cloud.neutron.put("/ports/" + port, "{'port': {'name': 'p'}}");
    cloud.neutron.put("/subnets/" + subnet, "{'subnet': {'name': 's'}}");
    cloud.neutron.delete("/ports/" + port);
    cloud.neutron.delete("/subnets/" + subnet);

    assertThat(cloud.told())
        .containsExactly(
            "POST subnets",
            "POST ports",
            "PUT ports",
            "PUT subnets",
            "DELETE ports",
            "DELETE subnets");
  }

  @Test
  void portsGetAndLoseTheirAutomaticAddressesWithTheSubnet() {
    String network = cloud.network();
    cloud.port(network);
    cloud.forget();
    String subnet =
        cloud.create(
            "subnets",
            "{'subnet': {'network_id': '%s', 'ip_version': 6, 'cidr': 'fd00::/64',"
                    .formatted(network)
                + " 'ipv6_ra_mode': 'slaac', 'ipv6_address_mode': 'slaac'}}");
    assertThat(cloud.told()).containsExactly("POST subnets", "PUT ports");
    assertThat(cloud.midonet.calls().getLast().json().get("fixed_ips")).hasSize(1);

    cloud.forget();
    assertThat(cloud.neutron.delete("/subnets/" + subnet).status()).isEqualTo(204);
    assertThat(cloud.told()).containsExactly("PUT ports", "DELETE subnets");
    assertThat(cloud.midonet.calls().getFirst().json().get("fixed_ips")).isEmpty();
  }

  @Test
  void aGatewayIsAPortAndThenTheRouter() {
    String one = cloud.external(4);
    String other = cloud.external(5);
    cloud.forget();

    String router = cloud.router(one);
    assertThat(cloud.told()).containsExactly("POST ports", "POST routers");
    assertThat(cloud.midonet.calls().getLast().json().get("gw_port_id").asString())
        .isEqualTo(cloud.midonet.calls().getFirst().json().get("id").asString());

    cloud.forget();
    assertThat(cloud.setGateway(router, other).status()).isEqualTo(200);
    assertThat(cloud.told()).containsExactly("DELETE ports", "POST ports", "PUT routers");

    cloud.forget();
    assertThat(cloud.clearGateway(router).status()).isEqualTo(200);
    assertThat(cloud.told()).containsExactly("DELETE ports", "PUT routers");
    assertThat(cloud.midonet.calls().getLast().json().get("gw_port_id").isNull()).isTrue();
    assertThat(cloud.midonet.calls().getLast().json().get("external_gateway_info").isNull())
        .isTrue();

    cloud.forget();
    assertThat(cloud.setGateway(router, one).status()).isEqualTo(200);
    assertThat(cloud.told()).containsExactly("POST ports", "PUT routers");

    cloud.forget();
    assertThat(cloud.neutron.delete("/routers/" + router).status()).isEqualTo(204);
    assertThat(cloud.told()).containsExactly("DELETE ports", "DELETE routers");
  }

  @Test
  void onlySnatChangesOnlyTheRouter() {
    String external = cloud.external(4);
    String router = cloud.router(external);
    cloud.forget();

    Answer updated =
        cloud.neutron.put(
            "/routers/" + router,
            "{'router': {'external_gateway_info': {'network_id': '%s', 'enable_snat': false}}}"
                .formatted(external));

    assertThat(updated.status()).isEqualTo(200);
    assertThat(cloud.told()).containsExactly("PUT routers");
  }

  @Test
  void anInterfaceIsAPortAndThenTheRouter() {
    String router = cloud.router();
    String network = cloud.network();
    String subnet = cloud.subnet(network, "10.0.0.0/24");
    cloud.forget();

    assertThat(cloud.addInterface(router, "subnet_id", subnet).status()).isEqualTo(200);
    assertThat(cloud.told()).containsExactly("POST ports", "PUT routers/add_router_interface");
    assertThat(cloud.midonet.calls().getLast().json().get("subnet_ids").toString())
        .isEqualTo("[\"" + subnet + "\"]");

    cloud.forget();
    assertThat(cloud.removeInterface(router, "subnet_id", subnet).status()).isEqualTo(200);
    assertThat(cloud.told()).containsExactly("DELETE ports", "PUT routers/remove_router_interface");

    String port = cloud.port(network);
    cloud.forget();
    assertThat(cloud.addInterface(router, "port_id", port).status()).isEqualTo(200);
    assertThat(cloud.told()).containsExactly("PUT ports", "PUT routers/add_router_interface");
    assertThat(cloud.midonet.calls().getFirst().json().get("device_owner").asString())
        .isEqualTo("network:router_interface");
  }

  @Test
  void aFloatingIpIsAPortAndThenItself() {
    Behind behind = cloud.behind();
    cloud.forget();

    Answer made = cloud.floatingIp(behind.external(), behind.port());
    assertThat(made.status()).isEqualTo(201);
    assertThat(cloud.told()).containsExactly("POST ports", "POST floating_ips");
    assertThat(cloud.midonet.calls().getFirst().json().get("tenant_id").asString()).isEmpty();
    assertThat(cloud.midonet.calls().getLast().json().get("router_id").asString())
        .isEqualTo(behind.router());

    cloud.forget();
    cloud.neutron.put("/floatingips/" + made.id(), "{'floatingip': {'port_id': null}}");
    assertThat(cloud.told()).containsExactly("PUT floating_ips");
    assertThat(cloud.midonet.calls().getLast().json().get("port_id").isNull()).isTrue();

    cloud.forget();
    cloud.neutron.delete("/floatingips/" + made.id());
    assertThat(cloud.told()).containsExactly("DELETE ports", "DELETE floating_ips");
  }

  @Test
  void aPortTakesItsFloatingIpOffSilently() {
    Behind behind = cloud.behind();
    String floatingIp = cloud.floatingIp(behind.external(), behind.port()).id();
    cloud.forget();

    assertThat(cloud.neutron.delete("/ports/" + behind.port()).status()).isEqualTo(204);

    assertThat(cloud.told()).containsExactly("DELETE ports");
    assertThat(cloud.neutron.get("/floatingips/" + floatingIp).resource().get("port_id").isNull())
        .isTrue();
  }

  @Test
  void aNetworkGoesWithAgentsPortsDanglingFloatingIpsAndSubnets() {
    String external = cloud.external(4);
    cloud.subnet(external, "172.25.0.0/24");
    cloud.create(
        "ports",
        "{'port': {'network_id': '%s', 'device_owner': 'network:dhcp'}}".formatted(external));
    cloud.create(
        "floatingips", "{'floatingip': {'floating_network_id': '%s'}}".formatted(external));
    cloud.forget();

    assertThat(cloud.neutron.delete("/networks/" + external).status()).isEqualTo(204);

    assertThat(cloud.told())
        .containsExactly(
            "DELETE ports",
            "DELETE floating_ips",
            "DELETE subnets",
            "DELETE subnets",
            "DELETE networks");
    assertThat(cloud.count("ports")).isZero();
    assertThat(cloud.count("floatingips")).isZero();
  }
}
