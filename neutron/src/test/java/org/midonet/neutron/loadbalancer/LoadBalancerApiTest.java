package org.midonet.neutron.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.neutron.server.Fixture.NOBODY;
import static org.midonet.neutron.server.Fixture.assertRefused;
import static org.midonet.neutron.server.Fixture.attributes;
import static org.midonet.neutron.server.Fixture.id;
import static org.midonet.neutron.server.Fixture.network;
import static org.midonet.neutron.server.Fixture.subnet;
import static org.midonet.neutron.server.Fixture.update;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.server.TestServer.Client;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;

/** The API of load balancing without a backend; see the plugin for what a backend is told. */
@DatabaseTest
final class LoadBalancerApiTest {
  private static final String POOLS = "lb/pools";
  private static final String VIPS = "lb/vips";
  private static final String MEMBERS = "lb/members";
  private static final String MONITORS = "lb/health_monitors";
  private static final Map<String, String> OPTIONS =
      Map.of(
          "service_providers.service_provider",
          "LOADBALANCER:Midonet:midonet.neutron.services.loadbalancer.driver.MidonetLoadbalancerDriver:default");

  private final Client admin;
  private final Client demo;
  private final String network;
  private final String subnet;

  /** A server with a provider. */
  private record Balanced(TestServer server) {}

  LoadBalancerApiTest(TestDatabase database) {
    TestServer server =
        database
            .attached(
                Balanced.class,
                url -> new Balanced(TestServer.start(url, OPTIONS)),
                balanced -> balanced.server().close())
            .server();
    admin = server.admin();
    demo = server.member("demo");
    network = network(admin);
    subnet = subnet(admin, network, "10.0.0.0/24");
    Map<String, Object> unlimited = attributes("pool", -1, "vip", -1);
    admin.put("quotas/admin", Map.of("quota", unlimited));
  }

  @Test
  void aPoolHasItsDefaults() {
    Map<String, Object> pool = pool();
    assertThat(pool)
        .isEqualTo(
            attributes(
                "id",
                id(pool),
                "tenant_id",
                "admin",
                "project_id",
                "admin",
                "vip_id",
                null,
                "name",
                "",
                "description",
                "",
                "subnet_id",
                subnet,
                "protocol",
                "TCP",
                "provider",
                "midonet",
                "lb_method",
                "ROUND_ROBIN",
                "members",
                List.of(),
                "health_monitors",
                List.of(),
                "health_monitors_status",
                List.of(),
                "admin_state_up",
                true,
                "status",
                "ACTIVE",
                "status_description",
                null));
    assertThat(get(POOLS, id(pool))).containsEntry("status", "PENDING_CREATE");
    assertRefused(
        admin.get(POOLS + "/" + NOBODY),
        404,
        "PoolNotFound",
        "Pool " + NOBODY + " could not be found");
  }

  @Test
  void aVipHasAPortOfItsOwn() {
    String pool = id(pool());
    Map<String, Object> vip = vip(pool, "address", "10.0.0.99", "name", "web");
    assertThat(vip)
        .isEqualTo(
            attributes(
                "id",
                id(vip),
                "tenant_id",
                "admin",
                "project_id",
                "admin",
                "name",
                "web",
                "description",
                "",
                "subnet_id",
                subnet,
                "address",
                "10.0.0.99",
                "port_id",
                vip.get("port_id"),
                "protocol_port",
                80L,
                "protocol",
                "TCP",
                "pool_id",
                pool,
                "session_persistence",
                null,
                "connection_limit",
                -1L,
                "admin_state_up",
                true,
                "status",
                "PENDING_CREATE",
                "status_description",
                null));
    String port = String.valueOf(vip.get("port_id"));
    assertThat(get("ports", port))
        .containsEntry("name", "vip-" + id(vip))
        .containsEntry("device_owner", "neutron:LOADBALANCER")
        .containsEntry("device_id", "")
        .containsEntry("admin_state_up", false)
        .containsEntry("tenant_id", "admin");
    assertThat(get(POOLS, pool)).containsEntry("vip_id", id(vip));
    assertThat(admin.delete("ports/" + port).errorType()).isEqualTo("ServicePortInUse");
    assertThat(
            update(
                    admin,
                    "ports/" + port,
                    "port",
                    "fixed_ips",
                    List.of(Map.of("subnet_id", subnet, "ip_address", "10.0.0.98")))
                .errorType())
        .isEqualTo("UnsupportedPortDeviceOwner");
    assertThat(update(admin, "ports/" + port, "port", "name", "other").status()).isEqualTo(200);

    assertThat(admin.delete(VIPS + "/" + id(vip)).status()).isEqualTo(204);
    assertThat(admin.get("ports/" + port).status()).isEqualTo(404);
    assertThat(get(POOLS, pool)).containsEntry("vip_id", null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "address=10.0.1.9 | 400 | InvalidIpForSubnet",
        "address=10.0.0.1 | 409 | IpAddressInUse",
        "address=nowhere | 400 | HTTPBadRequest",
        "protocol=HTTP | 400 | ProtocolMismatch",
        "protocol=UDP | 400 | HTTPBadRequest",
        "protocol_port=0 | 400 | HTTPBadRequest",
        "protocol_port=65536 | 400 | HTTPBadRequest",
        "protocol_port=web | 400 | InvalidInput",
        "connection_limit=-2 | 400 | HTTPBadRequest",
        "pool_id=11111111-2222-3333-4444-555555555555 | 404 | PoolNotFound",
        "subnet_id=11111111-2222-3333-4444-555555555555 | 404 | SubnetNotFound",
        "port_id=11111111-2222-3333-4444-555555555555 | 400 | HTTPBadRequest",
        "tenant_id=demo | 403 | NotAuthorized",
        "session_persistence=SOURCE_IP | 400 | HTTPBadRequest",
      })
  void aVipThatCannotBeIsRefused(String value, int status, String type) {
    String[] pair = value.split("=", -1);
    Answer refused = post(admin, VIPS, "vip", vipOf(id(pool()), pair[0], pair[1]));
    assertThat(refused.status()).as("%s", refused).isEqualTo(status);
    assertThat(refused.errorType()).as("%s", refused).isEqualTo(type);
    assertThat(admin.get("ports?network_id=" + network).items()).isEmpty();
  }

  @Test
  void aPoolHasOneVip() {
    String pool = id(pool());
    String other = id(vip(id(pool())));
    vip(pool);
    assertRefused(
        post(admin, VIPS, "vip", vipOf(pool)),
        409,
        "VipExists",
        "Another Vip already exists for pool " + pool);
    assertThat(update(admin, VIPS + "/" + other, "vip", "pool_id", pool).errorType())
        .isEqualTo("VipExists");
    assertRefused(
        admin.delete(POOLS + "/" + pool), 409, "PoolInUse", "Pool " + pool + " is still in use");
    String free = id(pool());
    assertThat(update(admin, VIPS + "/" + other, "vip", "pool_id", free).status()).isEqualTo(200);
    assertThat(get(POOLS, free)).containsEntry("vip_id", other);
  }

  @Test
  void sessionsPersistUntilTheirVipSaysOtherwise() {
    Map<String, Object> source = Map.of("type", "SOURCE_IP");
    String vip = id(vip(id(pool()), "session_persistence", source));
    assertThat(update(admin, VIPS + "/" + vip, "vip", "name", "x").item())
        .containsEntry("session_persistence", source);
    assertThat(persist(vip, "type", "HTTP_COOKIE").item())
        .containsEntry("session_persistence", Map.of("type", "HTTP_COOKIE"));
    assertThat(persist(vip, "type", "APP_COOKIE").errorType()).isEqualTo("InvalidInput");
    assertThat(persist(vip, "type", "SOURCE_IP", "cookie_name", "c").errorType())
        .isEqualTo("InvalidInput");
    assertThat(persist(vip, "cookie_name", "c").status()).isEqualTo(400);
    assertThat(persist(vip, "type", "APP_COOKIE", "cookie_name", "c").status()).isEqualTo(200);
    assertThat(persist(vip).item()).containsEntry("session_persistence", null);
  }

  private Answer persist(String vip, @Nullable Object... values) {
    return update(admin, VIPS + "/" + vip, "vip", "session_persistence", attributes(values));
  }

  @Test
  void providersAreChosenByTheirNameInAnyCase() {
    assertThat(item(post(admin, POOLS, "pool", poolOf("provider", "MIDONET"))))
        .containsEntry("provider", "midonet");
    assertRefused(
        post(admin, POOLS, "pool", poolOf("provider", "haproxy")),
        400,
        "ServiceProviderNotFound",
        "Service provider 'haproxy' could not be found for service type LOADBALANCER");
    assertThat(admin.get("service-providers").items())
        .containsExactly(
            Map.of("service_type", "LOADBALANCER", "name", "midonet", "default", true));
  }

  @ParameterizedTest
  @CsvSource({
    "lb_method=FASTEST, HTTPBadRequest",
    "protocol=UDP, HTTPBadRequest",
    "subnet_id=11111111-2222-3333-4444-555555555555, SubnetNotFound",
    "health_monitors=11111111-2222-3333-4444-555555555555, HTTPBadRequest",
    "vip_id=11111111-2222-3333-4444-555555555555, HTTPBadRequest",
    "router_id=11111111-2222-3333-4444-555555555555, HTTPBadRequest",
    "status=ACTIVE, HTTPBadRequest",
    "admin_state_up=perhaps, InvalidInput",
  })
  void aPoolThatCannotBeIsRefused(String value, String type) {
    String[] pair = value.split("=", -1);
    Answer refused = post(admin, POOLS, "pool", poolOf(pair[0], pair[1]));
    if (pair[0].equals("health_monitors")) {
      assertThat(refused.errorType()).isEqualTo("HealthMonitorNotFound");
      return;
    }
    assertThat(refused.errorType()).as("%s", refused).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "protocol_port=0, 400, HTTPBadRequest",
    "weight=257, 400, HTTPBadRequest",
    "weight=-1, 400, HTTPBadRequest",
    "address=10.0.0.0/24, 400, HTTPBadRequest",
    "pool_id=11111111-2222-3333-4444-555555555555, 404, PoolNotFound",
    "address=10.0.0.7, 409, MemberExists",
  })
  void aMemberThatCannotBeIsRefused(String value, int status, String type) {
    String pool = id(pool());
    member(pool, "10.0.0.7");
    String[] pair = value.split("=", -1);
    Map<String, @Nullable Object> wanted = memberOf(pool, "10.0.0.8");
    wanted.put(pair[0], pair[1]);
    Answer refused = post(admin, MEMBERS, "member", wanted);
    assertThat(refused.status()).as("%s", refused).isEqualTo(status);
    assertThat(refused.errorType()).as("%s", refused).isEqualTo(type);
  }

  @Test
  void membersComeMoveAndGoWithTheirPool() {
    String pool = id(pool());
    String other = id(pool());
    Map<String, Object> member = member(pool, "10.0.0.7");
    assertThat(member)
        .containsEntry("weight", 1L)
        .containsEntry("status", "PENDING_CREATE")
        .doesNotContainKey("alive");
    assertThat(get(POOLS, pool)).containsEntry("members", List.of(id(member)));
    assertThat(
            update(admin, MEMBERS + "/" + id(member), "member", "pool_id", other, "weight", 0)
                .item())
        .containsEntry("status", "PENDING_UPDATE")
        .containsEntry("weight", 0L);
    member(pool, "10.0.0.7");
    assertThat(update(admin, MEMBERS + "/" + id(member), "member", "pool_id", pool).errorType())
        .isEqualTo("MemberExists");
    assertThat(admin.get(MEMBERS + "?pool_id=" + pool + "&fields=address").items())
        .containsExactly(Map.of("address", "10.0.0.7"));
    assertThat(admin.delete(POOLS + "/" + pool).status()).isEqualTo(204);
    assertThat(admin.get(MEMBERS + "?pool_id=" + pool).items()).isEmpty();
  }

  @Test
  void monitorsShowWhatTheirKindHas() {
    Map<String, Object> ping = monitor("PING");
    assertThat(ping)
        .containsEntry("pools", List.of())
        .containsEntry("admin_state_up", true)
        .doesNotContainKeys("http_method", "url_path", "expected_codes", "status");
    assertThat(monitor("HTTP"))
        .containsEntry("http_method", "GET")
        .containsEntry("url_path", "/")
        .containsEntry("expected_codes", "200");
    assertRefused(
        update(admin, MONITORS + "/" + id(ping), "health_monitor", "timeout", 6),
        400,
        "DelayOrTimeoutInvalid",
        "Delay must be greater than or equal to timeout");
    assertThat(update(admin, MONITORS + "/" + id(ping), "health_monitor", "delay", 9).item())
        .containsEntry("delay", 9L)
        .doesNotContainKey("url_path");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=UDP",
        "delay=2",
        "delay=-1",
        "timeout=x",
        "max_retries=0",
        "max_retries=11",
        "expected_codes=20",
        "expected_codes=200-",
        "http_method=GET /",
        "url_path=/ HTTP/1.0",
        "delay=99999999999"
      })
  void aMonitorThatCannotBeIsRefused(String value) {
    String[] pair = value.split("=", 2);
    Map<String, @Nullable Object> wanted = monitorOf("HTTP");
    wanted.put(pair[0], pair[1]);
    assertThat(post(admin, MONITORS, "health_monitor", wanted).status()).isEqualTo(400);
  }

  @Test
  void monitorsWatchPools() {
    String pool = id(pool());
    String monitor = id(monitor("TCP"));
    Answer associated = associate(pool, monitor);
    assertThat(associated.status()).isEqualTo(201);
    assertThat(associated.body()).isEqualTo(Map.of("health_monitor", Map.of()));
    assertThat(get(POOLS, pool))
        .containsEntry("health_monitors", List.of(monitor))
        .containsEntry(
            "health_monitors_status",
            List.of(
                attributes(
                    "monitor_id",
                    monitor,
                    "status",
                    "PENDING_CREATE",
                    "status_description",
                    null)));
    assertThat(get(MONITORS, monitor))
        .containsEntry(
            "pools",
            List.of(
                attributes(
                    "pool_id", pool, "status", "PENDING_CREATE", "status_description", null)));
    assertRefused(
        associate(pool, monitor),
        409,
        "PoolMonitorAssociationExists",
        "health_monitor %s is already associated with pool %s".formatted(monitor, pool));
    assertRefused(
        admin.delete(MONITORS + "/" + monitor),
        409,
        "HealthMonitorInUse",
        "Health monitor " + monitor + " still has associations with pools");
    assertThat(admin.get(POOLS + "/" + pool + "/health_monitors").body())
        .isEqualTo(Map.of("health_monitors", List.of(Map.of("id", monitor, "tenant_id", "admin"))));
    assertThat(admin.delete(POOLS + "/" + pool + "/health_monitors/" + monitor).status())
        .isEqualTo(204);
    assertThat(get(POOLS, pool)).containsEntry("health_monitors", List.of());
  }

  @Test
  void whatIsNotAssociatedIsNotFound() {
    String pool = id(pool());
    String monitor = id(monitor("TCP"));
    assertRefused(
        admin.delete(POOLS + "/" + pool + "/health_monitors/" + monitor),
        404,
        "PoolMonitorAssociationNotFound",
        "Monitor %s is not associated with Pool %s".formatted(monitor, pool));
    assertThat(associate(pool, NOBODY).errorType()).isEqualTo("HealthMonitorNotFound");
    assertThat(associate(NOBODY, monitor).errorType()).isEqualTo("PoolNotFound");
    assertThat(
            admin
                .post(
                    POOLS + "/" + pool + "/health_monitors",
                    Map.of("health_monitor", Map.of("name", "x")))
                .status())
        .isEqualTo(400);
  }

  @Test
  void whatPoolsUseStays() {
    pool();
    assertThat(admin.delete("subnets/" + subnet).errorType()).isEqualTo("SubnetInUse");
  }

  @Test
  void othersSeeNothingOfIt() {
    String pool = id(pool());
    assertThat(demo.get(POOLS + "/" + pool).status()).isEqualTo(404);
    assertThat(demo.get(POOLS).items()).isEmpty();
    assertThat(demo.delete(POOLS + "/" + pool + "/health_monitors/" + NOBODY).status())
        .isEqualTo(404);
    assertThat(post(demo, MEMBERS, "member", memberOf(pool, "10.0.0.7")).errorType())
        .isEqualTo("PoolNotFound");
    assertThat(demo.get(POOLS + "/" + pool + "/loadbalancer-agent").status()).isEqualTo(403);
  }

  @Test
  void noAgentOfNeutronBalances() {
    Answer agent = admin.get(POOLS + "/" + id(pool()) + "/loadbalancer-agent");
    assertThat(agent.status()).isEqualTo(200);
    assertThat(admin.get("agents/" + NOBODY + "/loadbalancer-pools").errorType())
        .isEqualTo("AgentNotFound");
  }

  @Test
  void projectsHaveQuotas() {
    assertThat(demo.get("quotas/demo").body().get("quota"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("vip", 10L)
        .containsEntry("pool", 10L)
        .containsEntry("member", -1L)
        .containsEntry("health_monitor", -1L);
  }

  @Test
  void severalMembersAreMadeAtOnceOrNone() {
    String pool = id(pool());
    Answer made =
        admin.post(
            MEMBERS,
            Map.of("members", List.of(memberOf(pool, "10.0.0.7"), memberOf(pool, "10.0.0.8"))));
    assertThat(made.status()).isEqualTo(201);
    Answer refused =
        admin.post(
            MEMBERS,
            Map.of("members", List.of(memberOf(pool, "10.0.0.9"), memberOf(pool, "10.0.0.8"))));
    assertThat(refused.errorType()).isEqualTo("MemberExists");
    assertThat(admin.get(MEMBERS + "?pool_id=" + pool).items()).hasSize(2);
  }

  private Map<String, Object> pool() {
    return item(post(admin, POOLS, "pool", poolOf()));
  }

  private Map<String, @Nullable Object> poolOf(@Nullable Object... values) {
    Map<String, @Nullable Object> all = new HashMap<>();
    all.put("subnet_id", subnet);
    all.put("protocol", "TCP");
    all.put("lb_method", "ROUND_ROBIN");
    all.putAll(attributes(values));
    return all;
  }

  private Map<String, Object> vip(String pool, @Nullable Object... values) {
    return item(post(admin, VIPS, "vip", vipOf(pool, values)));
  }

  private Map<String, @Nullable Object> vipOf(String pool, @Nullable Object... values) {
    Map<String, @Nullable Object> all = new HashMap<>();
    all.put("subnet_id", subnet);
    all.put("protocol", "TCP");
    all.put("protocol_port", 80);
    all.put("pool_id", pool);
    all.putAll(attributes(values));
    return all;
  }

  private Map<String, Object> member(String pool, String address) {
    return item(post(admin, MEMBERS, "member", memberOf(pool, address)));
  }

  private static Map<String, @Nullable Object> memberOf(String pool, String address) {
    return new HashMap<>(attributes("pool_id", pool, "address", address, "protocol_port", 80));
  }

  private Map<String, Object> monitor(String kind) {
    return item(post(admin, MONITORS, "health_monitor", monitorOf(kind)));
  }

  private static Map<String, @Nullable Object> monitorOf(String kind) {
    return new HashMap<>(attributes("type", kind, "delay", 5, "timeout", 3, "max_retries", 3));
  }

  private Answer associate(String pool, String monitor) {
    return admin.post(
        POOLS + "/" + pool + "/health_monitors", Map.of("health_monitor", Map.of("id", monitor)));
  }

  private static Answer post(
      Client client, String path, String name, Map<String, @Nullable Object> values) {
    return client.post(path, Map.of(name, values));
  }

  private Map<String, Object> get(String path, String id) {
    return admin.get(path + "/" + id).item();
  }

  private static Map<String, Object> item(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.item();
  }
}
