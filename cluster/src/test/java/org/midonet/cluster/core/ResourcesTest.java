package org.midonet.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.api.TestApi;
import org.midonet.cluster.api.TestApi.Reply;
import org.midonet.nsdb.StateKey;

/** What the rules of single resources are, beyond what the recordings show. */
final class ResourcesTest {
  private static final String GONE = "00000000-0000-4000-8000-00000000dead";

  private final TestApi api = TestApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void everyRootResourceIsLinkedAndCanBeListed() {
    assertThat(api.send("GET", "/", null).status()).isEqualTo(200);
    Map<String, ?> root = api.send("GET", "/", null).object();
    assertThat(root.get("version")).isEqualTo("v5.0");
    root.forEach((name, value) -> {
      String link = String.valueOf(value);
      if (link.startsWith("http") && !link.contains("{") && !name.equals("neutron")) {
        assertThat(api.get(link).status()).as(name).isEqualTo(200);
      }
    });
  }

  @Test
  void aFullUpdateResetsWhatItLeavesOut() {
    String id = create("/bridges", Map.of("name", "a", "tenantId", "t", "adminStateUp", false));
    assertThat(api.put("/bridges/" + id, Map.of("name", "b")).status()).isEqualTo(204);
    assertThat(api.get("/bridges/" + id).object())
        .containsEntry("name", "b")
        .containsEntry("tenantId", null)
        .containsEntry("adminStateUp", true);
  }

  @Test
  void listsCanBeFilteredByTenant() {
    for (String path : List.of("/bridges", "/routers", "/chains", "/port_groups")) {
      create(path, Map.of("name", "a", "tenantId", "t1"));
      create(path, Map.of("name", "b", "tenantId", "t2"));
      assertThat(api.get(path + "?tenant_id=t2").list())
          .extracting(one -> one.get("name"))
          .containsExactly("b");
    }
  }

  @Test
  void deletingWhatIsNotThereIsAnErrorOnlyWhereItIsReadFirst() {
    for (String path : List.of("/bridges", "/chains", "/rules", "/ports", "/vteps", "/hosts")) {
      assertThat(api.delete(path + "/" + GONE).status()).as(path).isEqualTo(404);
    }
    for (String path :
        List.of("/routers", "/port_groups", "/routes", "/tunnel_zones", "/pools", "/mirrors")) {
      assertThat(api.delete(path + "/" + GONE).status()).as(path).isEqualTo(204);
    }
  }

  @Test
  void whatCannotBeReadIsTheRequestsError() {
    for (Object body :
        List.of(
            "{",
            "",
            "[]",
            Map.of("id", "x"),
            Map.of("inboundFilterId", "x"),
            Map.of("adminStateUp", "maybe"))) {
      assertThat(api.post("/bridges", body).status()).as("%s", body).isEqualTo(400);
    }
    assertThat(api.post("/bridges", Map.of("inboundFilterId", GONE)).status()).isEqualTo(404);
  }

  @Test
  void portsAreLinkedOnceAndUnlinked() {
    String bridge = create("/bridges", Map.of("name", "b"));
    String router = create("/routers", Map.of("name", "r"));
    String inside = create("/bridges/" + bridge + "/ports", Map.of("type", "Bridge"));
    String outside = routerPort(router, "10.0.0.1");
    Map<String, String> peer = Map.of("peerId", outside);
    assertThat(api.post("/ports/" + inside + "/link", peer).status()).isEqualTo(201);
    assertThat(api.get("/ports/" + outside).object()).containsEntry("peerId", inside);
    assertThat(api.post("/ports/" + inside + "/link", peer).status()).isEqualTo(409);
    assertThat(api.get("/bridges/" + bridge + "/peer_ports").list())
        .extracting(port -> port.get("id"))
        .containsExactly(outside);
    assertThat(api.delete("/ports/" + inside + "/link").status()).isEqualTo(204);
    assertThat(api.get("/ports/" + outside).object()).containsEntry("peerId", null);
  }

  @Test
  void anAddressBringsALocalRouteAndAnotherAddressAnother() {
    String router = create("/routers", Map.of("name", "r"));
    String port = routerPort(router, "10.0.0.1");
    assertThat(routes(router)).containsExactly("10.0.0.1/32 Local");
    Map<String, Object> body = new HashMap<>(api.get("/ports/" + port).object());
    body.put("portAddress", "10.0.0.2");
    body.remove("portSubnet");
    assertThat(api.put("/ports/" + port, body).status()).isEqualTo(204);
    assertThat(routes(router)).containsExactly("10.0.0.2/32 Local");
    assertThat(api.get("/ports/" + port).object())
        .containsEntry("portSubnet", List.of("10.0.0.2/24"))
        .containsEntry("networkAddress", "10.0.0.0");
  }

  @Test
  void rulesStandWhereTheyWerePut() {
    String chain = create("/chains", Map.of("name", "c"));
    String rules = "/chains/" + chain + "/rules";
    String first = create(rules, Map.of("type", "accept"));
    String last = create(rules, Map.of("type", "drop", "position", 2));
    String middle = create(rules, Map.of("type", "reject", "position", 2));
    assertThat(api.get(rules).list())
        .extracting(rule -> rule.get("position") + " " + rule.get("id"))
        .containsExactly("1 " + first, "2 " + middle, "3 " + last);
    assertThat(api.delete("/rules/" + middle).status()).isEqualTo(204);
    assertThat(api.get("/rules/" + last).object()).containsEntry("position", 2);
    assertThat(api.put("/rules/" + last, Map.of("type", "drop")).status()).isEqualTo(405);
  }

  @Test
  void aPortIsBoundToAHostOfATunnelZoneOnce() {
    String host = create("/hosts", Map.of("id", GONE, "name", "h"));
    String bridge = create("/bridges", Map.of("name", "b"));
    String port = create("/bridges/" + bridge + "/ports", Map.of("type", "Bridge"));
    String bindings = "/hosts/" + host + "/ports";
    Map<String, String> binding = Map.of("portId", port, "interfaceName", "tap0");
    assertThat(api.post(bindings, binding).status()).isEqualTo(409);
    String members =
        "/tunnel_zones/" + create("/tunnel_zones", Map.of("name", "z", "type", "vxlan")) + "/hosts";
    Map<String, String> member = Map.of("hostId", host, "ipAddress", "192.0.2.1");
    assertThat(api.post(members, member).status()).isEqualTo(201);
    assertThat(api.post(members, member).status()).isEqualTo(409);
    assertThat(api.put(members + "/" + host, member).status()).isEqualTo(405);
    assertThat(api.post(bindings, binding).status()).isEqualTo(201);
    assertThat(api.post(bindings, binding).status()).isEqualTo(409);
    assertThat(api.get("/ports/" + port).object())
        .containsEntry("hostId", host)
        .containsEntry("interfaceName", "tap0");
    assertThat(api.delete("/hosts/" + host).status()).isEqualTo(403);
    assertThat(api.delete(bindings + "/" + port).status()).isEqualTo(204);
    assertThat(api.delete("/hosts/" + host).status()).isEqualTo(200);
    assertThat(api.get(members).list()).isEmpty();
  }

  @Test
  void aHostShowsWhatItsAgentPublishes() {
    UUID host = UUID.fromString(create("/hosts", Map.of("id", GONE, "name", "h")));
    String interfaces =
        """
        [{"name": "eth0", "mac": "02:00:00:00:00:01", "mtu": 1500, "addresses": ["192.0.2.1"]}]\
        """;
    api.nsdb().publish(StateKey.alive(host), host, "");
    api.nsdb().publish(StateKey.interfaces(host), host, interfaces);
    assertThat(api.get("/hosts/" + host).object())
        .containsEntry("alive", true)
        .containsEntry("addresses", List.of("192.0.2.1"));
    assertThat(api.get("/hosts/" + host + "/interfaces/eth0").object()).containsEntry("mtu", 1500);
    assertThat(api.get("/hosts/" + host + "/interfaces/eth1").status()).isEqualTo(404);
    assertThat(api.delete("/hosts/" + host).status()).isEqualTo(403);
    assertThat(api.put("/hosts/" + host, Map.of("containerWeight", 5)).status()).isEqualTo(200);
    assertThat(api.get("/hosts/" + host).object())
        .containsEntry("name", "h")
        .containsEntry("containerWeight", 5);
  }

  @Test
  void tableEntriesOfTheApiReplaceEachOther() {
    String bridge = create("/bridges", Map.of("name", "b"));
    String one = create("/bridges/" + bridge + "/ports", Map.of("type", "Bridge"));
    String other = create("/bridges/" + bridge + "/ports", Map.of("type", "Bridge"));
    String table = "/bridges/" + bridge + "/mac_table";
    String mac = "02:00:00:00:00:01";
    assertThat(api.post(table, Map.of("macAddr", mac, "portId", one)).status()).isEqualTo(201);
    Reply moved = api.post(table, Map.of("macAddr", mac, "portId", other));
    assertThat(api.get(table).list())
        .extracting(entry -> entry.get("portId"))
        .containsExactly(other);
    String entry = String.valueOf(moved.header("Location"));
    assertThat(api.get(entry).object()).containsEntry("macAddr", mac);
    assertThat(api.delete(entry).status()).isEqualTo(204);
    assertThat(api.get(entry).status()).isEqualTo(404);
    String vlan = "/bridges/" + bridge + "/vlans/7/mac_table";
    assertThat(api.post(vlan, Map.of("macAddr", mac, "portId", one)).status()).isEqualTo(201);
    assertThat(api.get(table).list()).extracting(each -> each.get("vlanId")).containsExactly(7);
  }

  @Test
  void anAddressOfAGroupNamesItsVersion() {
    String group = vendor("/ip_addr_groups", Map.of("name", "g"), "IpAddrGroup").createdId();
    String addresses = "/ip_addr_groups/" + group + "/ip_addrs";
    Map<String, ?> bare = Map.of("addr", "10.0.0.1", "ipAddrGroupId", group);
    assertThat(vendor(addresses, bare, "IpAddrGroupAddr").status()).isEqualTo(400);
    Map<String, ?> whole = Map.of("addr", "10.0.0.1", "ipAddrGroupId", group, "version", 4);
    assertThat(vendor(addresses, whole, "IpAddrGroupAddr").header("Location"))
        .endsWith("/ip_addr_groups/" + group + "/versions/4/ip_addrs/10.0.0.1");
  }

  @Test
  void aPortListsItsMembershipsOfGroups() {
    String port =
        create(
            "/bridges/" + create("/bridges", Map.of("name", "b")) + "/ports",
            Map.of("type", "Bridge"));
    String group = create("/port_groups", Map.of("name", "g"));
    api.post("/port_groups/" + group + "/ports", Map.of("portId", port));
    assertThat(api.get("/ports/" + port + "/port_groups").list())
        .singleElement()
        .satisfies(one ->
            assertThat(one).containsEntry("portGroupId", group).containsEntry("portId", port));
  }

  @Test
  void rulesComeWithAQosPolicyAndGoWithIt() {
    Map<String, ?> rule = Map.of("type", "bandwidth_limit", "max_kbps", 10, "max_burst_kbps", 1);
    String path =
        "/qos_policies/" + create("/qos_policies", Map.of("name", "q", "rules", List.of(rule)));
    assertThat(api.get(path).object()).containsEntry("rules", null);
    assertThat(api.get(path + "/qos_bw_limit_rules").list()).hasSize(1);
    assertThat(api.put(path, Map.of("name", "q")).status()).isEqualTo(204);
    assertThat(api.get(path + "/qos_bw_limit_rules").list()).hasSize(1);
    assertThat(api.put(path, Map.of("name", "q", "rules", List.of())).status()).isEqualTo(204);
    assertThat(api.get(path + "/qos_bw_limit_rules").list()).isEmpty();
  }

  /** What is not taken as plain JSON. */
  private Reply vendor(String path, Map<String, ?> body, String type) {
    return api.send("POST", path, body, "Content-Type", Media.item(type, 1));
  }

  private String create(String path, Map<String, ?> body) {
    return api.post(path, body).createdId();
  }

  private String routerPort(String router, String address) {
    return create(
        "/routers/" + router + "/ports",
        Map.of(
            "type",
            "Router",
            "networkAddress",
            "10.0.0.0",
            "networkLength",
            24,
            "portAddress",
            address));
  }

  private List<String> routes(String router) {
    return api.get("/routers/" + router + "/routes").list().stream()
        .map(route ->
            route.get("dstNetworkAddr")
                + "/"
                + route.get("dstNetworkLength")
                + " "
                + route.get("type"))
        .toList();
  }
}
