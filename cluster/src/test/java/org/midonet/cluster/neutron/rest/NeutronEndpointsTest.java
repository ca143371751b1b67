package org.midonet.cluster.neutron.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.api.TestApi;
import org.midonet.cluster.api.TestApi.Reply;
import org.midonet.topology.ObjectType;

/** What the recordings do not show of the {@code /neutron} endpoints. */
final class NeutronEndpointsTest {
  private static final String A = "0000000a-0000-4000-8000-000000000000";
  private static final String B = "0000000b-0000-4000-8000-000000000000";
  private static final String C = "0000000c-0000-4000-8000-000000000000";

  @AutoClose private final TestApi api = TestApi.start();

  @Test
  void aBulkListIsCreatedAsAWholeOrNotAtAll() {
    Reply reply = send("POST", "networks", "Networks", List.of(Map.of("id", A), Map.of("id", A)));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(api.nsdb().topology().count(ObjectType.BRIDGE)).isZero();
  }

  @Test
  void aGroupShowsTheRulesItHasByNow() {
    send(
        "POST",
        "security_groups",
        "SecurityGroup",
        Map.of("id", A, "security_group_rules", List.of(Map.of("id", B, "direction", "egress"))));
    send(
        "POST",
        "security_group_rules",
        "SecurityGroupRule",
        Map.of("id", C, "security_group_id", A, "direction", "ingress", "protocol", "tcp"));
    assertThat(rulesOf(A)).containsExactly(B, C);
    api.delete("/neutron/security_group_rules/" + B);
    assertThat(rulesOf(A)).containsExactly(C);
  }

  private List<Object> rulesOf(String group) {
    Object rules =
        api.get("/neutron/security_groups/" + group).object().get("security_group_rules");
    return ((List<?>) Objects.requireNonNull(rules))
        .stream().<Object>map(rule -> ((Map<?, ?>) rule).get("id")).toList();
  }

  @Test
  void rulesOfGroupsAreNeverChanged() {
    assertThat(send("PUT", "security_group_rules/" + A, "SecurityGroupRule", Map.of()).status())
        .isEqualTo(405);
  }

  @Test
  void whoAsksForPlainJsonIsNotAnswered() {
    assertThat(api.send("GET", "/neutron/networks", null, "Accept", Media.JSON).status())
        .isEqualTo(406);
    assertThat(api.send("GET", "/neutron/networks", null).header("Content-Type"))
        .isEqualTo(Media.neutron("Networks"));
  }

  @Test
  void whatTheRealOneStumblesOverIsRefusedWithTheReason() {
    for (String body : new String[] {"", "{", "[]", "{'id':1}".replace('\'', '"'), "nonsense"}) {
      Reply reply = send("POST", "networks", "Network", body);
      assertThat(reply.status()).as(body).isEqualTo(400);
      assertThat(reply.object().get("message")).asString().isNotBlank();
    }
  }

  @Test
  void anInterfaceOfARouterThatIsNotThereIsNotFound() {
    send("POST", "networks", "Network", Map.of("id", A));
    send(
        "POST", "ports", "Port", Map.of("id", B, "network_id", A, "mac_address", "fa:16:3e:0:0:1"));
    send(
        "POST",
        "ports",
        "Port",
        Map.of("id", B, "network_id", A, "mac_address", "fa:16:3e:00:00:01"));
    Reply reply =
        send(
            "PUT",
            "routers/" + C + "/add_router_interface",
            "RouterInterface",
            Map.of("id", C, "port_id", B, "subnet_ids", List.of()));
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.object().get("message")).isEqualTo("There is no Router with ID " + C + ".");
  }

  @Test
  void aFloatingIpWithoutAWayIsAConflict() {
    send("POST", "networks", "Network", Map.of("id", A, "router:external", true));
    send("POST", "routers", "Router", Map.of("id", B));
    send(
        "POST",
        "ports",
        "Port",
        Map.of("id", C, "network_id", A, "mac_address", "fa:16:3e:00:00:01"));
    Reply reply =
        send(
            "POST",
            "floating_ips",
            "FloatingIp",
            Map.of(
                "id", A,
                "floating_network_id", A,
                "floating_ip_address", "200.0.0.3",
                "router_id", B,
                "port_id", C,
                "fixed_ip_address", "10.0.0.3"));
    assertThat(reply.status()).isEqualTo(409);
  }

  private Reply send(String method, String path, String type, @Nullable Object body) {
    return api.send(
        method, "/neutron/" + path, body, "Content-Type", Media.neutron(type), "Accept", "*/*");
  }
}
