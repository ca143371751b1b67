package org.midonet.cluster.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.api.TestApi;
import org.midonet.cluster.api.TestApi.Reply;

/** Single requests are answered as a real MidoNet answered them (status-probes.txt). */
final class StatusProbesTest {
  private static final String VENDOR = "application/vnd.org.midonet.";
  private static final String NOBODY = "00000003-0000-4000-8000-0000000000ff";
  private static final String BASIC = "Basic YWRtaW46YWRtaW4=";

  private final SoftAssertions softly = new SoftAssertions();
  private final TestApi api = TestApi.start();
  private Iterator<String> lines = List.<String>of().iterator();

  @BeforeEach
  void read() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/midonet-golden/status-probes.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      lines = text.lines().toList().iterator();
    }
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void coreResourcesAnswerAsRecorded() {
    // What was there before the recording began.
    api.post("/bridges", Map.of("id", "33baf6cd-e968-4bfb-85c1-91f94b193188", "name", "x2"));
    api.post("/tunnel_zones", Map.of("name", "tz", "type", "vxlan"));

    logins();
    String bridge = bridges();
    bridgeParts(bridge);
    router();
    chain();
    rest();
    softly.assertAll();
  }

  private void logins() {
    probe("POST", "/login", "()", "{}", "Authorization", BASIC);
    probe("GET", "/login", "()", null, "Authorization", BASIC);
    probe("POST", "/login", "()", "{}");
  }

  private String bridges() {
    probe("GET", "/bridges", "collection.Bridge-v5", null);
    probe("GET", "/bridges", "collection.Bridge-v4", null);
    probe("GET", "/bridges", "collection.Bridge-v3", null);
    probe("GET", "/bridges", "()", null);
    probe("GET", "/bridges/" + NOBODY, "Bridge-v5", null);
    probe("GET", "/bridges/notauuid", "Bridge-v5", null);
    Map<String, Object> body = Map.of("name", "x", "tenantId", "t", "unknown", 1);
    String id = probe("POST", "/bridges", "Bridge-v5", body).createdId();
    probe("POST", "/bridges", "Bridge-v4", Map.of("name", "x2"));
    probe("POST", "/bridges", "Bridge-v1", Map.of("name", "x3"));
    probe("POST", "/bridges", "None", Map.of("name", "x4"));
    Reply filtered = api.get("/bridges?tenant_id=t");
    exactly(filtered.status() + " " + filtered.list().size());
    exactly(Probe.python(api.get("/bridges/" + id).json()));
    probe("POST", "/bridges", "Bridge-v5", Map.of("id", id, "name", "y"));
    probe("PUT", "/bridges/" + id, "Bridge-v5", Map.of("name", "y", "tenantId", "t"));
    return id;
  }

  private void bridgeParts(String bridge) {
    String path = "/bridges/" + bridge;
    probe("POST", path + "/ports", "Port-v4", Map.of("type", "Bridge"));
    probe("POST", path + "/ports", "Port-v4", Map.of("type", "Router"));
    Map<String, Object> subnet = Map.of("subnetPrefix", "10.5.0.0", "subnetLength", 24);
    probe("POST", path + "/dhcp", "DhcpSubnet-v2", subnet);
    probe("POST", path + "/dhcp", "DhcpSubnet-v2", subnet);
    probe(
        "POST",
        path + "/dhcp",
        "DhcpSubnet-v2",
        Map.of("subnetPrefix", "10.5.0.999", "subnetLength", 64));
    probe(
        "POST",
        path + "/dhcp/10.5.0.0_24/hosts",
        "DhcpHost-v2",
        Map.of("macAddr", "02:00:00:00:00:01", "ipAddr", "10.5.0.5"));
    probe(
        "POST",
        path + "/mac_table",
        "MacPort-v2",
        Map.of("macAddr", "02:00:00:00:00:02", "portId", bridge));
    probe("GET", path + "/mac_table", "collection.MacPort-v2", null);
    probe(
        "POST",
        path + "/arp_table",
        "IP4Mac-v1",
        Map.of("ip", "10.5.0.9", "mac", "02:00:00:00:00:09"));
    probe("DELETE", path, "()", null);
    probe("DELETE", path, "()", null);
  }

  private void router() {
    String id = probe("POST", "/routers", "Router-v3", Map.of("name", "r")).createdId();
    String path = "/routers/" + id;
    Map<String, Object> address =
        Map.of(
            "type",
            "Router",
            "networkAddress",
            "1.1.1.0",
            "networkLength",
            24,
            "portAddress",
            "1.1.1.1");
    String port = probe("POST", path + "/ports", "Port-v4", address).createdId();
    // There it is an error of the server; here it is one of the request, with the reason.
    String recorded = lines.next();
    assertThat(Probe.parse(recorded).status()).isEqualTo(500);
    assertThat(api.post(path + "/ports", Map.of("type", "Router")).status()).isEqualTo(400);
    Map<String, @Nullable Object> shown = api.get("/ports/" + port).object();
    assertThat(lines.next()).startsWith("[('1.1.1.1', ['1.1.1.1/24'], 'ac:ca:ba:");
    softly.assertThat(shown.get("portAddress")).isEqualTo("1.1.1.1");
    softly.assertThat(shown.get("portSubnet")).isEqualTo(List.of("1.1.1.1/24"));
    softly.assertThat((String) shown.get("portMac")).startsWith("ac:ca:ba:");
    exactly(Probe.python(api.get(path + "/routes").json()));
    Map<String, Object> route =
        Map.of(
            "type",
            "Normal",
            "dstNetworkAddr",
            "0.0.0.0",
            "dstNetworkLength",
            0,
            "srcNetworkAddr",
            "0.0.0.0",
            "srcNetworkLength",
            0,
            "weight",
            100);
    probe("POST", path + "/routes", "Route-v1", route);
    Map<String, Object> withPort = new java.util.HashMap<>(route);
    withPort.put("nextHopPort", port);
    probe("POST", path + "/routes", "Route-v1", withPort);
    router = path;
  }

  private String router = "";

  private void chain() {
    String path =
        "/chains/" + probe("POST", "/chains", "Chain-v1", Map.of("name", "c")).createdId();
    String rules = path + "/rules";
    probe("POST", rules, "Rule-v2", Map.of("type", "drop"));
    probe("POST", rules, "Rule-v2", withPorts(Map.of("type", "accept", "nwProto", 6)));
    probe("POST", rules, "Rule-v2", Map.of("type", "drop", "position", 99));
    probe("POST", rules, "Rule-v2", Map.of("type", "bogus"));
    probe("POST", rules, "Rule-v2", withPorts(Map.of("type", "drop", "fragmentPolicy", "any")));
    probe("POST", rules, "Rule-v2", Map.of("type", "snat"));
    probe(
        "POST",
        rules,
        "Rule-v2",
        Map.of(
            "type",
            "snat",
            "flowAction",
            "accept",
            "natTargets",
            List.of(Map.of("addressFrom", "1.1.1.1", "addressTo", "1.1.1.1"))));
    exactly(Probe.python(api.get(rules).json()));
    probe("PUT", path, "Chain-v1", Map.of("name", "d"));
    probe("PATCH", path, "Chain-v1", Map.of("name", "d"));
    probe("DELETE", path, "()", null);
    probe("DELETE", router, "()", null);
  }

  private static Map<String, Object> withPorts(Map<String, Object> rule) {
    Map<String, Object> body = new java.util.HashMap<>(rule);
    body.put("tpDst", Map.of("start", 1, "end", 5));
    return body;
  }

  private void rest() {
    Map<String, Object> zone = Map.of("name", "tz", "type", "vxlan");
    probe("POST", "/tunnel_zones", "TunnelZone-v1", zone);
    probe("POST", "/tunnel_zones", "TunnelZone-v1", zone);
    probe("GET", "/hosts", "collection.Host-v3", null);
    probe("GET", "/system_state", "SystemState-v2", null);
    probe("GET", "/tenants", "collection.Tenant-v2", null);
    probe("GET", "/nonexist", "()", null);
    probe("OPTIONS", "/bridges", "()", null);
  }

  /** Sends a request by a media type and compares the answer with the next recorded one. */
  private Reply probe(
      String method, String path, String type, @Nullable Object body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    if (type.equals("None")) {
      all.addAll(List.of("Content-Type", "application/json"));
    } else if (!type.equals("()")) {
      all.addAll(List.of("Accept", VENDOR + type + "+json"));
      all.addAll(List.of("Content-Type", VENDOR + type + "+json"));
    }
    Reply reply = api.send(method, path, body, all.toArray(String[]::new));
    Probe recorded = Probe.parse(lines.next());
    Probe found = Probe.of(recorded, reply);
    softly.assertThat(recorded.request()).isEqualTo(steadyRequest(method, path, type));
    softly.assertThat(found).as(recorded.request()).isEqualTo(recorded);
    return reply;
  }

  private static String steadyRequest(String method, String path, String type) {
    return Probe.steady(method + " " + path + " " + type);
  }

  /** Compares with a recorded line that is no answer but what it led to. */
  private void exactly(String found) {
    String recorded = Probe.steady(lines.next());
    String steady = Probe.steady(found);
    softly
        .assertThat(steady.substring(0, Math.min(steady.length(), recorded.length())))
        .isEqualTo(recorded);
  }
}
