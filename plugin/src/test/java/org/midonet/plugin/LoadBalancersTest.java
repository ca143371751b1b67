package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.plugin.Cloud.Behind;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.FakeMidonet.Exchange;
import org.midonet.plugin.client.FakeMidonet.Release;
import tools.jackson.databind.JsonNode;

/** What MidoNet is told of load balancing, and what the statuses say of it (spec section 3.4). */
class LoadBalancersTest {
  static final String PROVIDER =
      "LOADBALANCER:Midonet:midonet.neutron.services.loadbalancer.driver.MidonetLoadbalancerDriver:default";
  private static final Map<String, String> OPTIONS =
      Map.of(
          "DEFAULT.service_plugins",
          "midonet_l3,lbaas",
          "service_providers.service_provider",
          PROVIDER);

  private final Cloud cloud = new Cloud(Release.V5_6, OPTIONS);
  private Behind behind = new Behind("", "", "", "", "");
  private String front = "";

  @BeforeEach
  void makeNetworks() {
    behind = cloud.behind();
    String network = cloud.network();
    front = cloud.subnet(network, "10.0.9.0/24");
    cloud.addInterface(behind.router(), "subnet_id", front);
    cloud.forget();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void aPoolIsToldWithItsRouterAndActiveAtOnce() {
    Answer made = postPool("");

    assertThat(made.status()).isEqualTo(201);
    assertThat(status(made)).isEqualTo("ACTIVE");
    assertThat(made.resource().has("router_id")).isFalse();
    assertThat(cloud.told()).containsExactly("POST lb/pools");
    assertThat(exchange().header("Content-type"))
        .isEqualTo("application/vnd.org.midonet.neutron.lb.Pool-v1+json");
    assertThat(told().get("router_id").asString()).isEqualTo(behind.router());
    assertThat(told().get("status").asString()).isEqualTo("ACTIVE");
    assertThat(told().get("provider").asString()).isEqualTo("midonet");
    assertThat(told().get("health_monitors")).isEmpty();
    assertThat(status(get("pools", made.id()))).isEqualTo("ACTIVE");

    cloud.forget();
    Answer changed = put("pools", made.id(), "'name': 'n'");
    assertThat(status(changed)).isEqualTo("PENDING_UPDATE");
    assertThat(cloud.told()).containsExactly("PUT lb/pools");
    assertThat(status(get("pools", made.id()))).isEqualTo("ACTIVE");
    assertThat(delete("pools", made.id()).status()).isEqualTo(204);
    assertThat(cloud.told()).containsExactly("PUT lb/pools", "DELETE lb/pools");
    assertThat(get("pools", made.id()).status()).isEqualTo(404);
  }

  @Test
  void aVipIsToldAfterItsPortAndGoesBeforeIt() {
    String pool = pool();
    cloud.forget();

    Answer made = postVip(pool, "'session_persistence': {'type': 'SOURCE_IP'}");

    assertThat(status(made)).isEqualTo("PENDING_CREATE");
    assertThat(cloud.told()).containsExactly("POST ports", "POST lb/vips");
    assertThat(exchange().header("Content-type"))
        .isEqualTo("application/vnd.org.midonet.neutron.lb.Vip-v1+json");
    JsonNode port = cloud.midonet.calls().getFirst().json();
    assertThat(port.get("device_owner").asString()).isEqualTo("neutron:LOADBALANCER");
    assertThat(port.get("name").asString()).isEqualTo("vip-" + made.id());
    assertThat(told().get("port_id").asString()).isEqualTo(port.get("id").asString());
    assertThat(told().get("address").asString()).startsWith("10.0.9.");
    assertThat(told().get("session_persistence").get("type").asString()).isEqualTo("SOURCE_IP");
    assertThat(told().get("connection_limit").asInt()).isEqualTo(-1);
    assertThat(status(get("vips", made.id()))).isEqualTo("ACTIVE");

    cloud.forget();
    put("vips", made.id(), "'admin_state_up': false");
    assertThat(told().get("admin_state_up").asBoolean()).isFalse();
    assertThat(delete("vips", made.id()).status()).isEqualTo(204);
    assertThat(cloud.told()).containsExactly("PUT lb/vips", "DELETE lb/vips", "DELETE ports");
  }

  @Test
  void membersAreToldOneByOneAndGoBeforeTheirPool() {
    String pool = pool();
    String member = member(pool, "10.0.0.7");
    member(pool, "10.0.0.8");
    assertThat(exchange().header("Content-type"))
        .isEqualTo("application/vnd.org.midonet.neutron.lb.PoolMember-v1+json");
    assertThat(status(get("members", member))).isEqualTo("ACTIVE");
    cloud.forget();
    put("members", member, "'weight': 5");
    assertThat(told().get("weight").asInt()).isEqualTo(5);
    assertThat(delete("pools", pool).status()).isEqualTo(204);
    assertThat(cloud.told())
        .containsExactly(
            "PUT lb/members", "DELETE lb/members", "DELETE lb/members", "DELETE lb/pools");
    assertThat(cloud.count("lb/members")).isZero();
  }

  @Test
  void aMonitorIsToldWhileItWatchesAPool() {
    String pool = pool();
    cloud.forget();
    String monitor = monitor("HTTP");
    assertThat(cloud.told()).isEmpty();

    assertThat(associate(pool, monitor).status()).isEqualTo(201);
    assertThat(cloud.told()).containsExactly("POST lb/health_monitors");
    assertThat(exchange().header("Content-type"))
        .isEqualTo("application/vnd.org.midonet.neutron.lb.HealthMonitor-v1+json");
    assertThat(told().get("pools").get(0).get("pool_id").asString()).isEqualTo(pool);
    assertThat(told().get("url_path").asString()).isEqualTo("/");
    assertThat(monitorStatus(pool)).isEqualTo("ACTIVE");
    assertThat(status(get("pools", pool))).isEqualTo("ACTIVE");

    cloud.forget();
    assertThat(put("health_monitors", monitor, "'delay': 7").status()).isEqualTo(200);
    assertThat(cloud.told()).containsExactly("PUT lb/health_monitors");
    assertThat(monitorStatus(pool)).isEqualTo("ACTIVE");

    cloud.forget();
    assertThat(dissociate(pool, monitor).status()).isEqualTo(204);
    assertThat(cloud.told()).containsExactly("DELETE lb/health_monitors");
    assertThat(get("pools", pool).resource().get("health_monitors")).isEmpty();
    cloud.forget();
    put("health_monitors", monitor, "'delay': 8");
    assertThat(delete("health_monitors", monitor).status()).isEqualTo(204);
    assertThat(cloud.told()).isEmpty();
  }

  @Test
  void aMonitorOfTwoPoolsIsMadeAnew() {
    String one = pool();
    String two = pool();
    String monitor = monitor("TCP");
    associate(one, monitor);
    cloud.forget();
    associate(two, monitor);
    assertThat(cloud.told())
        .containsExactly("DELETE lb/health_monitors", "POST lb/health_monitors");
    assertThat(told().get("pools")).hasSize(2);
    assertThat(told().has("url_path")).isFalse();

    cloud.forget();
    assertThat(delete("pools", one).status()).isEqualTo(204);
    assertThat(cloud.told())
        .containsExactly("DELETE lb/health_monitors", "POST lb/health_monitors", "DELETE lb/pools");
    assertThat(get("health_monitors", monitor).resource().get("pools")).hasSize(1);
  }

  @Test
  void version201503JoinsMonitorsAndPoolsAfterwards() {
    Map<String, String> options =
        Map.of(
            "DEFAULT.core_plugin", "midonet",
            "DEFAULT.service_plugins", "lbaas",
            "service_providers.service_provider", PROVIDER);
    try (Cloud old = new Cloud(Release.V2015_03, options)) {
      Behind network = old.behind();
      String pool = pool(old, network.subnet());
      String monitor = monitor(old, "TCP");
      old.forget();
      Answer associated = associate(old, pool, monitor);
      assertThat(associated.status()).as("%s", associated).isEqualTo(201);
      assertThat(old.told())
          .containsExactly("POST lb/health_monitors", "POST lb/pools/health_monitors");
      assertThat(old.midonet.calls().getFirst().json().get("pools")).isEmpty();
      assertThat(old.midonet.calls().getLast().body()).isEqualTo("{\"id\":\"" + monitor + "\"}");
      old.forget();
      old.neutron.delete("/lb/pools/" + pool + "/health_monitors/" + monitor);
      assertThat(old.midonet.lines())
          .containsExactly(
              "DELETE neutron/lb/pools/" + pool + "/health_monitors/" + monitor,
              "DELETE neutron/lb/health_monitors/" + monitor);
      associate(old, pool, monitor);
      assertThat(associate(old, pool(old, network.subnet()), monitor).status()).isEqualTo(501);
    }
  }

  @Test
  void poolsAreWhereARouterIs() {
    String network = cloud.network();
    String lonely = cloud.subnet(network, "10.7.0.0/24");
    assertBad(postPoolOn(lonely), "pool", "no router has the gateway address");
    String outside =
        cloud
            .neutron
            .get("/subnets?network_id=" + behind.external())
            .resource()
            .get(0)
            .get("id")
            .asString();
    assertBad(postPoolOn(outside), "pool", "is on an external network");
    assertThat(cloud.count("lb/pools")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LEAST_CONNECTIONS", "SOURCE_IP"})
  void methodsThatMidonetDoesNotHaveAreRefused(String method) {
    Answer refused =
        cloud.neutron.post(
            "/lb/pools",
            "{'pool': {'subnet_id': '%s', 'protocol': 'HTTP', 'lb_method': '%s'}}"
                .formatted(behind.subnet(), method));
    assertBad(refused, "pool", "lb_method is ROUND_ROBIN");
    assertBad(put("pools", pool(), "'lb_method': '%s'".formatted(method)), "pool", "lb_method");
  }

  @ParameterizedTest
  @CsvSource({"HTTP_COOKIE, ''", "APP_COOKIE, ', \"cookie_name\": \"c\"'"})
  void sessionsByCookieAreRefused(String type, String more) {
    String persistence = "'session_persistence': {'type': '%s'%s}".formatted(type, more);
    assertBad(postVip(pool(), persistence), "vip", "session_persistence is SOURCE_IP");
    String vip = postVip(pool(), "").id();
    assertBad(put("vips", vip, persistence), "vip", "session_persistence is SOURCE_IP");
    assertThat(status(get("vips", vip))).isEqualTo("ACTIVE");
  }

  @Test
  void membersHaveAddressesOfVersion4() {
    assertBad(postMember(pool(), "fd00::7"), "member", "IPv4 only");
  }

  @Test
  void aVipOutsideNeedsAGateway() {
    String outside = outside();
    assertThat(postVipOn(outside, pool(), "").status()).isEqualTo(201);
    Answer kept = cloud.clearGateway(behind.router());
    assertThat(kept.status()).isEqualTo(409);
    assertThat(type(kept)).isEqualTo("RouterInUse");

    String router = cloud.router();
    String network = cloud.network();
    String subnet = cloud.subnet(network, "10.8.0.0/24");
    cloud.addInterface(router, "subnet_id", subnet);
    String pool = postPoolOn(subnet).id();
    int ports = cloud.count("ports");
    assertBad(postVipOn(outside, pool, ""), "vip", "has no gateway");
    assertThat(cloud.count("ports")).isEqualTo(ports);
    assertThat(type(cloud.neutron.delete("/routers/" + router))).isEqualTo("RouterInUse");
  }

  @Test
  void monitorsDoNotWatchAPoolOnTheSubnetOfItsVip() {
    String pool = pool();
    String monitor = monitor("TCP");
    associate(pool, monitor);
    assertBad(associate(pool, monitor("PING")), "pool_monitor_association", "one health monitor");
    assertBad(postVipOn(behind.subnet(), pool, ""), "vip", "on one subnet");

    String other = pool();
    Answer vip = postVipOn(behind.subnet(), other, "");
    assertThat(vip.status()).isEqualTo(201);
    assertBad(associate(other, monitor), "pool_monitor_association", "on one subnet");

    Answer moved = put("vips", vip.id(), "'pool_id': '%s'".formatted(pool));
    assertBad(moved, "vip", "on one subnet");
    assertThat(status(get("vips", vip.id()))).isEqualTo("ERROR");
    Answer back = put("vips", vip.id(), "'pool_id': '%s'".formatted(other));
    assertThat(back.status()).isEqualTo(200);
    assertThat(status(get("vips", vip.id()))).isEqualTo("ACTIVE");
    assertThat(get("vips", vip.id()).resource().get("status_description").isNull()).isTrue();
  }

  @Test
  void aRefusedCreateLeavesNothing() {
    String pool = pool();
    refuse("/neutron/lb/vips");
    int ports = cloud.count("ports");
    assertThat(postVip(pool, "").status()).isEqualTo(409);
    refuse("/neutron/lb/pools");
    assertThat(postPool("").status()).isEqualTo(409);
    refuse("/neutron/lb/members");
    assertThat(postMember(pool, "10.0.0.7").status()).isEqualTo(409);
    refuse("/neutron/lb/health_monitors");
    String monitor = monitor("TCP");
    assertThat(associate(pool, monitor).status()).isEqualTo(409);

    assertThat(cloud.count("ports")).isEqualTo(ports);
    assertThat(cloud.count("lb/vips")).isZero();
    assertThat(cloud.count("lb/pools")).isEqualTo(1);
    assertThat(cloud.count("lb/members")).isZero();
    assertThat(get("pools", pool).resource().get("health_monitors")).isEmpty();
    assertThat(postVip(pool, "").status()).isEqualTo(201);
    assertThat(associate(pool, monitor).status()).isEqualTo(201);
  }

  @Test
  void aRefusedUpdateIsAnErrorUntilTheNextOne() {
    String pool = pool();
    String member = member(pool, "10.0.0.7");
    refuse("/neutron/lb/members/" + member);
    assertThat(put("members", member, "'weight': 9").status()).isEqualTo(409);
    Answer shown = get("members", member);
    assertThat(status(shown)).isEqualTo("ERROR");
    assertThat(shown.resource().get("status_description").asString()).contains("no");
    assertThat(shown.resource().get("weight").asInt()).isEqualTo(9);

    assertThat(put("members", member, "'admin_state_up': true").status()).isEqualTo(200);
    assertThat(told().get("weight").asInt()).isEqualTo(9);
    assertThat(status(get("members", member))).isEqualTo("ACTIVE");

    String monitor = monitor("TCP");
    associate(pool, monitor);
    refuse("/neutron/lb/health_monitors/" + monitor);
    assertThat(put("health_monitors", monitor, "'delay': 9").status()).isEqualTo(409);
    assertThat(monitorStatus(pool)).isEqualTo("ERROR");
    put("health_monitors", monitor, "'delay': 9");
    assertThat(monitorStatus(pool)).isEqualTo("ACTIVE");
  }

  @Test
  void aRefusedDeleteCanBeRepeated() {
    String pool = pool();
    String member = member(pool, "10.0.0.7");
    String monitor = monitor("TCP");
    associate(pool, monitor);
    refuse("/neutron/lb/members/" + member);
    assertThat(delete("pools", pool).status()).isEqualTo(409);
    assertThat(status(get("members", member))).isEqualTo("ERROR");
    assertThat(status(get("pools", pool))).isEqualTo("ERROR");
    assertThat(monitorStatus(pool)).isEqualTo("ERROR");

    assertThat(delete("pools", pool).status()).isEqualTo(204);
    assertThat(cloud.count("lb/members")).isZero();
    assertThat(delete("health_monitors", monitor).status()).isEqualTo(204);

    String vip = postVip(pool(), "").id();
    refuse("/neutron/lb/vips/" + vip);
    assertThat(delete("vips", vip).status()).isEqualTo(409);
    assertThat(status(get("vips", vip))).isEqualTo("ERROR");
    assertThat(delete("vips", vip).status()).isEqualTo(204);
    assertThat(cloud.told().getLast()).isEqualTo("DELETE ports");
  }

  @Test
  void noFloatingIpLeadsToAVip() {
    Answer vip = postVip(pool(), "");
    String port = vip.resource().get("port_id").asString();
    Answer refused = cloud.floatingIp(behind.external(), port);
    assertThat(refused.status()).as("%s", refused).isEqualTo(400);
    assertThat(refused.body().get("NeutronError").get("message").asString())
        .startsWith(
            "Bad floatingip request: port " + port + " holds the address of vip " + vip.id());
    assertThat(cloud.count("floatingips")).isZero();

    String free =
        cloud.create(
            "floatingips",
            "{'floatingip': {'floating_network_id': '%s'}}".formatted(behind.external()));
    cloud.forget();
    Answer moved =
        cloud.neutron.put(
            "/floatingips/" + free, "{'floatingip': {'port_id': '%s'}}".formatted(port));
    assertThat(moved.status()).as("%s", moved).isEqualTo(400);
    assertThat(cloud.neutron.get("/floatingips/" + free).resource().get("port_id").isNull())
        .isTrue();
    assertThat(cloud.told()).isEmpty();
  }

  @Test
  void overRestNobodyCounts() {
    Answer stats = cloud.neutron.get("/lb/pools/" + pool() + "/stats");
    assertThat(stats.status()).isEqualTo(501);
    assertThat(stats.body().get("NotImplementedError").get("type").asString())
        .isEqualTo("NotImplementedError");
  }

  @ParameterizedTest
  @CsvSource({
    "'', has no provider of LOADBALANCER",
    "LOADBALANCER:ha:neutron_lbaas.Haproxy:default, 'names the driver neutron_lbaas.Haproxy'",
    "VPN:Midonet:midonet.Vpn:default, has no provider of LOADBALANCER",
  })
  void aServerWithoutItsDriverDoesNotStart(String provider, String message) {
    Map<String, String> options =
        provider.isEmpty()
            ? Map.of("DEFAULT.service_plugins", "midonet_l3,lbaas")
            : Map.of(
                "DEFAULT.service_plugins",
                "midonet_l3,lbaas",
                "service_providers.service_provider",
                provider);
    assertThatThrownBy(() -> new Cloud(Release.V5_6, options).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private void refuse(String path) {
    cloud.midonet.next(path, FakeMidonet.error(409, "no"));
  }

  private static void assertBad(Answer answer, String resource, String reason) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(type(answer)).isEqualTo("BadRequest");
    assertThat(answer.resource().get("message").asString())
        .startsWith("Bad " + resource + " request: ")
        .contains(reason);
  }

  private String outside() {
    return cloud
        .neutron
        .get("/subnets?network_id=" + behind.external())
        .resource()
        .get(0)
        .get("id")
        .asString();
  }

  private String pool() {
    return pool(cloud, behind.subnet());
  }

  private static String pool(Cloud cloud, String subnet) {
    return postPoolOn(cloud, subnet).id();
  }

  private Answer postPool(String more) {
    return cloud.neutron.post(
        "/lb/pools",
        "{'pool': {'subnet_id': '%s', 'protocol': 'TCP', 'lb_method': 'ROUND_ROBIN'%s}}"
            .formatted(behind.subnet(), more));
  }

  private Answer postPoolOn(String subnet) {
    return postPoolOn(cloud, subnet);
  }

  private static Answer postPoolOn(Cloud cloud, String subnet) {
    return cloud.neutron.post(
        "/lb/pools",
        "{'pool': {'subnet_id': '%s', 'protocol': 'TCP', 'lb_method': 'ROUND_ROBIN'}}"
            .formatted(subnet));
  }

  private Answer postVip(String pool, String more) {
    return postVipOn(front, pool, more);
  }

  private Answer postVipOn(String subnet, String pool, String more) {
    return cloud.neutron.post(
        "/lb/vips",
        "{'vip': {'subnet_id': '%s', 'protocol': 'TCP', 'protocol_port': 80, 'pool_id': '%s'%s}}"
            .formatted(subnet, pool, more.isEmpty() ? "" : ", " + more));
  }

  private String member(String pool, String address) {
    Answer made = postMember(pool, address);
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.id();
  }

  private Answer postMember(String pool, String address) {
    return cloud.neutron.post(
        "/lb/members",
        "{'member': {'pool_id': '%s', 'address': '%s', 'protocol_port': 8080}}"
            .formatted(pool, address));
  }

  private String monitor(String kind) {
    return monitor(cloud, kind);
  }

  private static String monitor(Cloud cloud, String kind) {
    return cloud.create(
        "lb/health_monitors",
        "{'health_monitor': {'type': '%s', 'delay': 5, 'timeout': 3, 'max_retries': 3}}"
            .formatted(kind));
  }

  private Answer associate(String pool, String monitor) {
    return associate(cloud, pool, monitor);
  }

  private static Answer associate(Cloud cloud, String pool, String monitor) {
    return cloud.neutron.post(
        "/lb/pools/" + pool + "/health_monitors",
        "{'health_monitor': {'id': '%s'}}".formatted(monitor));
  }

  private Answer dissociate(String pool, String monitor) {
    return cloud.neutron.delete("/lb/pools/" + pool + "/health_monitors/" + monitor);
  }

  private Answer put(String collection, String id, String changes) {
    String name = collection.substring(0, collection.length() - 1);
    return cloud.neutron.put(
        "/lb/" + collection + "/" + id, "{'%s': {%s}}".formatted(name, changes));
  }

  private Answer get(String collection, String id) {
    return cloud.neutron.get("/lb/" + collection + "/" + id);
  }

  private Answer delete(String collection, String id) {
    return cloud.neutron.delete("/lb/" + collection + "/" + id);
  }

  private String monitorStatus(String pool) {
    List<String> statuses = new ArrayList<>();
    get("pools", pool)
        .resource()
        .get("health_monitors_status")
        .forEach(one -> statuses.add(one.get("status").asString()));
    return String.join(",", statuses);
  }

  private static String status(Answer answer) {
    return answer.resource().get("status").asString();
  }

  private static String type(Answer answer) {
    return answer.resource().get("type").asString();
  }

  private Exchange exchange() {
    return cloud.midonet.calls().getLast();
  }

  /** The last body that MidoNet was told. */
  private JsonNode told() {
    return exchange().json();
  }
}
