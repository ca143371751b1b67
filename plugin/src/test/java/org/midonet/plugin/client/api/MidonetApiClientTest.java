package org.midonet.plugin.client.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.FakeMidonet.Exchange;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetPayload;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.client.MidonetSettings;

class MidonetApiClientTest {

  private static final String ID = "00000001-0000-4000-8000-000000000000";

  private final FakeMidonet midonet = new FakeMidonet();
  private final MidonetApiClient client = new MidonetApiClient(midonet.settings());

  @AfterEach
  void stop() {
    client.close();
    midonet.close();
  }

  @Test
  void firstCallLogsInAndFollowsTheLinks() {
    client.postcommit(new MidonetCall.Delete(MidonetResource.NETWORK, ID));

    assertThat(midonet.exchanges().stream().map(e -> e.method() + " " + e.path()))
        .containsExactly(
            "POST /midonet-api/login",
            "GET /midonet-api",
            "GET /midonet-api/neutron",
            "DELETE /midonet-api/neutron/networks/" + ID);
  }

  @Test
  void loginCarriesCredentialsAndProjectAndAnEmptyObject() {
    client.postcommit(new MidonetCall.Delete(MidonetResource.NETWORK, ID));

    Exchange login = midonet.exchanges().getFirst();
    assertThat(login.header("Authorization")).isEqualTo("Basic YWRtaW46cGFzc3cwcmQ=");
    assertThat(login.header("X-auth-project")).isEqualTo("service");
    assertThat(login.header("Content-type")).isNull();
    assertThat(login.body()).isEqualTo("{}");
  }

  @Test
  void withoutUserNobodyLogsIn() {
    midonet.next(
        "", FakeMidonet.json(200, "application/json", "{\"neutron\": \"/midonet-api/neutron\"}"));
    midonet.next(
        "/neutron",
        FakeMidonet.json(
            200, "application/json", "{\"network_template\": \"neutron/networks/{id}\"}"));
    midonet.next("/neutron/networks/" + ID, FakeMidonet.json(204, "", ""));
    MidonetSettings settings = MidonetSettings.of(midonet.uri().toString(), null, "", null);

    try (MidonetApiClient anonymous = new MidonetApiClient(settings)) {
      anonymous.postcommit(new MidonetCall.Delete(MidonetResource.NETWORK, ID));
    }

    assertThat(midonet.logins()).isZero();
    assertThat(midonet.calls().getFirst().header("X-auth-token")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "NETWORK, networks, Network",
    "SUBNET, subnets, Subnet",
    "PORT, ports, Port",
    "ROUTER, routers, Router",
    "FLOATING_IP, floating_ips, FloatingIp",
    "SECURITY_GROUP, security_groups, SecurityGroup",
    "SECURITY_GROUP_RULE, security_group_rules, SecurityGroupRule"
  })
  void everyResourceHasItsPathAndMediaType(MidonetResource resource, String path, String media) {
    Map<String, Object> body = Map.of("id", ID);
    String type = "application/vnd.org.midonet.neutron." + media + "-v1+json";

    client.postcommit(new MidonetCall.Create(resource, body));
    client.postcommit(new MidonetCall.Update(resource, body));
    client.postcommit(new MidonetCall.Delete(resource, ID));

    assertThat(midonet.calls())
        .extracting(
            Exchange::line, e -> e.header("Content-type"), e -> e.header("Accept"), Exchange::body)
        .containsExactly(
            tuple("POST neutron/" + path, type, type, "{\"id\":\"" + ID + "\"}"),
            tuple("PUT neutron/" + path + "/" + ID, type, null, "{\"id\":\"" + ID + "\"}"),
            tuple("DELETE neutron/" + path + "/" + ID, null, null, "{}"));
  }

  @Test
  void rulesOfOneRequestGoTogether() {
    client.postcommit(
        new MidonetCall.CreateAll(
            MidonetResource.SECURITY_GROUP_RULE, List.of(Map.of("id", "a"), Map.of("id", "b"))));

    Exchange call = midonet.calls().getFirst();
    assertThat(call.line()).isEqualTo("POST neutron/security_group_rules");
    assertThat(call.header("Content-type"))
        .isEqualTo("application/vnd.org.midonet.neutron.SecurityGroupRules-v1+json");
    assertThat(call.body()).isEqualTo("[{\"id\":\"a\"},{\"id\":\"b\"}]");
  }

  @Test
  void routerInterfacesAreAddedAndRemovedBelowTheirRouter() {
    Map<String, Object> body =
        new LinkedHashMap<>(MidonetPayload.routerInterface(ID, "t", "p", List.of("s1", "s2")));

    client.postcommit(new MidonetCall.AddRouterInterface(body));
    client.postcommit(new MidonetCall.RemoveRouterInterface(body));

    assertThat(midonet.lines())
        .containsExactly(
            "PUT neutron/routers/" + ID + "/add_router_interface",
            "PUT neutron/routers/" + ID + "/remove_router_interface");
    assertThat(midonet.calls())
        .allSatisfy(call -> {
          assertThat(call.header("Content-type"))
              .isEqualTo("application/vnd.org.midonet.neutron.RouterInterface-v1+json");
          assertThat(call.body())
              .isEqualTo(
                  "{\"id\":\""
                      + ID
                      + "\",\"tenant_id\":\"t\",\"port_id\":\"p\",\"subnet_id\":\"s2\","
                      + "\"subnet_ids\":[\"s1\",\"s2\"]}");
        });
  }

  @Test
  void agentMembershipsAreNotTold() {
    client.postcommit(new MidonetCall.Delete(MidonetResource.AGENT_MEMBERSHIP, ID));

    assertThat(midonet.exchanges()).isEmpty();
  }

  private static Tuple tuple(@Nullable Object... values) {
    return Tuple.tuple(values);
  }
}
