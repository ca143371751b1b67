package org.midonet.cluster.neutron.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.api.TestApi;
import org.midonet.cluster.api.TestApi.Reply;

/** LBaaS v1 below {@code /neutron/lb}. */
final class LoadBalancerEndpointsTest {
  private static final String ROUTER = "0000000a-0000-4000-8000-000000000000";
  private static final String POOL = "0000000b-0000-4000-8000-000000000000";
  private static final String MEMBER = "0000000c-0000-4000-8000-000000000000";
  private static final String MONITOR = "0000000d-0000-4000-8000-000000000000";
  private static final String NOTHING = "0000000e-0000-4000-8000-000000000000";

  @AutoClose private final TestApi api = TestApi.start();

  @BeforeEach
  void aPoolOnARouter() {
    send("POST", "routers", "Router", Map.of("id", ROUTER));
    Reply reply =
        send(
            "POST",
            "lb/pools",
            "lb.Pool",
            Map.of("id", POOL, "router_id", ROUTER, "name", "p", "lb_method", "ROUND_ROBIN"));
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Location")).endsWith("/neutron/lb/pools/" + POOL);
    assertThat(reply.header("Content-Type")).isEqualTo(Media.neutron("lb.Pool"));
  }

  @Test
  void whatIsToldIsShown() {
    Map<String, Object> member =
        Map.of("id", MEMBER, "pool_id", POOL, "address", "10.0.0.9", "protocol_port", 80);
    assertThat(send("POST", "lb/members", "lb.PoolMember", member).status()).isEqualTo(201);
    assertThat(api.get("/neutron/lb/members/" + MEMBER).object())
        .containsEntry("address", "10.0.0.9")
        .containsEntry("weight", 1)
        .containsEntry("status_description", null);
    assertThat(api.get("/neutron/lb/members").header("Content-Type"))
        .isEqualTo(Media.neutron("lb.PoolMembers"));
    assertThat(api.get("/neutron/lb/pools/" + POOL).object())
        .containsEntry("members", List.of())
        .containsEntry("vip_id", null);
    Map<String, Object> renamed = Map.of("name", "other", "admin_state_up", true);
    Reply reply = send("PUT", "lb/pools/" + POOL, "lb.Pool", renamed);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(api.get("/neutron/lb/pools/" + POOL).object())
        .containsEntry("name", "other")
        .containsEntry("router_id", ROUTER);
    assertThat(api.delete("/neutron/lb/pools/" + POOL).status()).isEqualTo(204);
    assertThat(api.delete("/neutron/lb/pools/" + POOL).status()).isEqualTo(204);
    assertThat(api.get("/neutron/lb/pools/" + POOL).status()).isEqualTo(404);
    assertThat(api.get("/load_balancers").list()).isEmpty();
  }

  @Test
  void poolsGetMonitorsAndLoseThemAsInTheVersionsOf2015() {
    send(
        "POST",
        "lb/health_monitors",
        "lb.HealthMonitor",
        Map.of("id", MONITOR, "type", "TCP", "delay", 5, "timeout", 3, "max_retries", 3));
    String path = "lb/pools/" + POOL + "/health_monitors";
    Reply reply = send("POST", path, "lb.PoolHealthMonitor", Map.of("id", MONITOR));
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.object()).isEqualTo(Map.of("id", MONITOR));
    assertThat(send("POST", path, "lb.PoolHealthMonitor", Map.of("id", MONITOR)).status())
        .isEqualTo(409);
    assertThat(monitorOfPool()).isEqualTo(MONITOR);
    assertThat(api.get("/neutron/lb/health_monitors/" + MONITOR).object().toString())
        .contains(POOL);
    assertThat(api.delete("/neutron/" + path + "/" + MONITOR).status()).isEqualTo(204);
    assertThat(api.delete("/neutron/" + path + "/" + MONITOR).status()).isEqualTo(204);
    assertThat(monitorOfPool()).isNull();
    assertThat(api.get("/neutron/lb/health_monitors/" + MONITOR).status()).isEqualTo(200);
  }

  @Test
  void whatIsWrongIsRefused() {
    assertThat(send("POST", "lb/pools", "lb.Pool", Map.of("id", NOTHING)).status()).isEqualTo(400);
    assertThat(
            send("POST", "lb/pools", "lb.Pool", Map.of("id", POOL, "router_id", ROUTER)).status())
        .isEqualTo(409);
    assertThat(send("PUT", "lb/pools/" + NOTHING, "lb.Pool", Map.of()).status()).isEqualTo(404);
    assertThat(send("POST", "lb/pools", "Pool", Map.of("id", NOTHING)).status()).isEqualTo(415);
    String path = "lb/pools/" + POOL + "/health_monitors";
    assertThat(send("POST", path, "lb.PoolHealthMonitor", Map.of("id", NOTHING)).status())
        .isEqualTo(404);
    assertThat(send("POST", path, "lb.PoolHealthMonitor", Map.of()).status()).isEqualTo(400);
    assertThat(api.get("/neutron/lb/pool_health_monitor").status()).isEqualTo(405);
    assertThat(api.delete("/neutron/routers/" + ROUTER).status()).isEqualTo(409);
  }

  private @Nullable Object monitorOfPool() {
    return api.get("/pools/" + POOL).object().get("healthMonitorId");
  }

  private Reply send(String method, String path, String type, @Nullable Object body) {
    return api.send(
        method, "/neutron/" + path, body, "Content-Type", Media.neutron(type), "Accept", "*/*");
  }
}
