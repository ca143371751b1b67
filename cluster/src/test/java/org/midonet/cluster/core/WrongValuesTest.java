package org.midonet.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.api.TestApi;
import org.midonet.cluster.api.TestApi.Reply;

/** No value in any field of a request makes an error of the server. */
final class WrongValuesTest {
  private static final List<@Nullable Object> WRONG =
      Arrays.asList(
          null,
          "",
          "x",
          -1,
          1.5,
          99_999_999_999L,
          true,
          List.of(),
          List.of("x"),
          List.of(1),
          Map.of(),
          Map.of("start", "x"),
          Arrays.asList((Object) null));

  private final TestApi api = TestApi.start();
  private final List<String> failures = new ArrayList<>();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void everyFieldOfEveryResourceRefusesThem() {
    String bridge = "/bridges/" + api.post("/bridges", Map.of("name", "b")).createdId();
    String router = "/routers/" + api.post("/routers", Map.of("name", "r")).createdId();
    String chain = "/chains/" + api.post("/chains", Map.of("name", "c")).createdId();
    String port = api.post(bridge + "/ports", Map.of("type", "Bridge")).createdId();
    String balancer = "/load_balancers/" + api.post("/load_balancers", Map.of()).createdId();
    String pool = api.post(balancer + "/pools", Map.of("lbMethod", "ROUND_ROBIN")).createdId();
    String policy = "/qos_policies/" + api.post("/qos_policies", Map.of()).createdId();
    Map<String, Map<String, Object>> bodies = new LinkedHashMap<>();
    bodies.put("/bridges", Map.of("name", "b"));
    bodies.put("/routers", Map.of("name", "r"));
    bodies.put(bridge + "/ports", Map.of("type", "Bridge"));
    bodies.put(
        router + "/ports",
        Map.of(
            "type",
            "Router",
            "portAddress",
            "10.0.0.1",
            "networkAddress",
            "10.0.0.0",
            "networkLength",
            24));
    bodies.put(chain + "/rules", Map.of("type", "accept"));
    bodies.put(
        chain + "/rules?nat",
        Map.of(
            "type",
            "snat",
            "flowAction",
            "accept",
            "natTargets",
            List.of(Map.of("addressFrom", "1.1.1.1", "addressTo", "1.1.1.1"))));
    bodies.put(
        router + "/routes",
        Map.of("type", "Reject", "dstNetworkAddr", "10.0.0.0", "srcNetworkAddr", "0.0.0.0"));
    bodies.put(bridge + "/dhcp", Map.of("subnetPrefix", "10.0.0.0", "subnetLength", 24));
    bodies.put("/port_groups", Map.of("name", "g"));
    bodies.put("/tunnel_zones", Map.of("name", "z", "type", "gre"));
    bodies.put("/hosts", Map.of("name", "h"));
    bodies.put(balancer + "/pools", Map.of("lbMethod", "ROUND_ROBIN"));
    bodies.put("/pool_members", Map.of("poolId", pool, "address", "10.0.0.2"));
    bodies.put("/vips", Map.of("poolId", pool, "address", "10.0.0.3"));
    bodies.put("/health_monitors", Map.of("type", "TCP"));
    bodies.put("/qos_policies", Map.of("name", "q"));
    bodies.put(policy + "/qos_bw_limit_rules", Map.of("maxKbps", 1));
    bodies.put(policy + "/qos_dscp_rules", Map.of("dscpMark", 1));
    bodies.put(router + "/bgp_networks", Map.of("subnetAddress", "10.0.0.0"));
    bodies.put(router + "/bgp_peers", Map.of("address", "10.0.0.1", "asNumber", 1));
    bodies.put("/mirrors", Map.of("toPortId", port, "conditions", List.of(Map.of())));
    bodies.put(
        "/traces",
        Map.of("name", "t", "deviceType", "PORT", "deviceId", port, "condition", Map.of()));
    bodies.put("/service_containers", Map.of("serviceType", "QUAGGA"));
    bodies.put("/service_container_groups", Map.of("policy", "least"));
    bodies.put("/vteps", Map.of("managementIp", "192.0.2.1"));
    bodies.forEach(this::tryAll);
    assertThat(failures).isEmpty();
  }

  /** Creates an object, then tries each wrong value in each field that it shows. */
  private void tryAll(String collection, Map<String, Object> body) {
    String path = collection.replaceAll("\\?.*", "");
    Reply created = api.post(path, body);
    assertThat(created.status()).as(collection + ": " + created.text()).isEqualTo(201);
    String item = String.valueOf(created.header("Location"));
    Map<String, @Nullable Object> shown = api.get(item).object();
    for (String field : shown.keySet()) {
      for (Object wrong : WRONG) {
        Map<String, @Nullable Object> changed = new HashMap<>(body);
        changed.put(field, wrong);
        note("POST " + path, field, wrong, api.post(path, changed));
        Map<String, @Nullable Object> replaced = new HashMap<>(shown);
        replaced.put(field, wrong);
        note("PUT " + path, field, wrong, api.put(item, replaced));
      }
    }
  }

  private void note(String request, String field, @Nullable Object wrong, Reply reply) {
    if (reply.status() >= 500) {
      failures.add(request + " " + field + " = " + wrong + ": " + reply.text());
    }
  }
}
