package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.plugin.TestServer.Answer;

/**
 * What MidoNet's plugins refuse (spec section 3.8): with which status and type, and without MidoNet
 * hearing of it.
 */
class MidonetRulesTest {
  private final Cloud cloud = new Cloud();
  private final String network = cloud.network();
  private final String subnet = cloud.subnet(network, "10.0.0.0/24");

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void aPortWithoutPortSecurityHasNeitherGroupsNorPairs() {
    String group = cloud.create("security-groups", "{'security_group': {'name': 'g'}}");
    String port = cloud.port(network);
    cloud.midonet.clear();

    String off = "'network_id': '" + network + "', 'port_security_enabled': false";
    String groups = "'security_groups': ['" + group + "']";
    String pairs = "'allowed_address_pairs': [{'ip_address': '10.0.0.9'}]";
    refused(post(off + ", " + groups), 400, "PortSecurityAndIPRequiredForSecurityGroups");
    refused(post(off + ", " + pairs), 409, "AddressPairAndPortSecurityRequired");
    String dhcp = "'network_id': '" + network + "', 'device_owner': 'network:dhcp', ";
    refused(post(dhcp + groups), 400, "PortSecurityAndIPRequiredForSecurityGroups");
    refused(put(port, "'port_security_enabled': false"), 409, "PortSecurityPortHasSecurityGroup");
    refused(
        put(port, "'port_security_enabled': false, 'security_groups': [], " + pairs),
        409,
        "AddressPairAndPortSecurityRequired");
    assertThat(cloud.midonet.lines()).isEmpty();

    assertThat(put(port, "'port_security_enabled': false, 'security_groups': []").status())
        .isEqualTo(200);
  }

  @Test
  void aNetworkStaysWhileAPortOfAUserIsOnIt() {
    String port = cloud.port(network);
    cloud.midonet.clear();
    refused(cloud.neutron.delete("/networks/" + network), 409, "NetworkInUse");
    refused(cloud.neutron.delete("/subnets/" + subnet), 409, "SubnetInUse");
    assertThat(cloud.midonet.lines()).isEmpty();

    cloud.neutron.delete("/ports/" + port);
    cloud.midonet.clear();
    assertThat(cloud.neutron.delete("/networks/" + network).status()).isEqualTo(204);
    assertThat(cloud.midonet.lines())
        .containsExactly("DELETE neutron/subnets/" + subnet, "DELETE neutron/networks/" + network);
  }

  @Test
  void portsOfRoutersAreNotDeletedAsPorts() {
    String router = cloud.router();
    String port =
        cloud
            .neutron
            .put("/routers/" + router + "/add_router_interface", "{'subnet_id': '" + subnet + "'}")
            .body()
            .get("port_id")
            .asString();
    cloud.midonet.clear();
    refused(cloud.neutron.delete("/ports/" + port), 409, "ServicePortInUse");
    refused(cloud.neutron.delete("/routers/" + router), 409, "RouterInUse");
    assertThat(cloud.midonet.lines()).isEmpty();
  }

  @Test
  void aGatewayNeedsAnAddress() {
    String bare = cloud.create("networks", "{'network': {'router:external': true}}");
    cloud.midonet.clear();
    Answer answer =
        cloud.neutron.post(
            "/routers", "{'router': {'external_gateway_info': {'network_id': '" + bare + "'}}}");
    refused(answer, 400, "BadRequest");
    assertThat(answer.body().toString()).contains("router");
    assertThat(cloud.neutron.get("/routers").body().get("routers")).isEmpty();
    assertThat(cloud.midonet.lines()).isEmpty();
  }

  @Test
  void anUnknownMembershipIsNotFound() {
    refused(
        cloud.neutron.get("/agent_memberships/00000000-0000-4000-8000-000000000001"),
        404,
        "AgentMembershipNotFound");
    String membership =
        "{'agent_membership': {'id': '00000000-0000-4000-8000-000000000001', 'ip_address': '192.0.2.1'}}";
    assertThat(cloud.neutron.post("/agent_memberships", membership).status()).isEqualTo(201);
    assertThat(cloud.neutron.post("/agent_memberships", membership).status()).isEqualTo(409);
    String broken =
        "{'agent_membership': {'id': '00000000-0000-4000-8000-000000000002', 'ip_address': 'x'}}";
    assertThat(cloud.neutron.post("/agent_memberships", broken).status()).isEqualTo(400);
    assertThat(
            cloud
                .neutron
                .delete("/agent_memberships/00000000-0000-4000-8000-000000000001")
                .status())
        .isEqualTo(204);
    assertThat(cloud.neutron.get("/agent_memberships").body().get("agent_memberships")).isEmpty();
  }

  private Answer post(String port) {
    return cloud.neutron.post("/ports", "{'port': {" + port + "}}");
  }

  private Answer put(String id, String port) {
    return cloud.neutron.put("/ports/" + id, "{'port': {" + port + "}}");
  }

  private static void refused(Answer answer, int status, String type) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.resource().get("type").asString()).isEqualTo(type);
  }
}
