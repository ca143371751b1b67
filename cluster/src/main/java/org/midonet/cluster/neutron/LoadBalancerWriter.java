package org.midonet.cluster.neutron;

import static org.midonet.cluster.neutron.Writer.object;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes Neutron's documents of LBaaS v1. What a pool has is not in its own document, and an
 * association that MidoNet knows is active. Stateless.
 */
final class LoadBalancerWriter {
  private LoadBalancerWriter() {}

  static Map<String, @Nullable Object> pool(NeutronPool pool) {
    return object(
        "id", pool.id(),
        "tenant_id", pool.tenantId(),
        "name", pool.name(),
        "description", pool.description(),
        "subnet_id", pool.subnetId(),
        "router_id", pool.routerId(),
        "protocol", pool.protocol(),
        "lb_method", pool.lbMethod(),
        "provider", pool.provider(),
        "vip_id", null,
        "members", List.of(),
        "health_monitors", List.of(),
        "admin_state_up", pool.adminStateUp(),
        "status", pool.status(),
        "status_description", pool.statusDescription());
  }

  static Map<String, @Nullable Object> member(NeutronPoolMember member) {
    return object(
        "id", member.id(),
        "tenant_id", member.tenantId(),
        "pool_id", member.poolId(),
        "address", member.address(),
        "protocol_port", member.protocolPort(),
        "weight", member.weight(),
        "admin_state_up", member.adminStateUp(),
        "status", member.status(),
        "status_description", member.statusDescription());
  }

  static Map<String, @Nullable Object> vip(NeutronVip vip) {
    NeutronVip.Persistence persistence = vip.sessionPersistence();
    return object(
        "id", vip.id(),
        "tenant_id", vip.tenantId(),
        "name", vip.name(),
        "description", vip.description(),
        "subnet_id", vip.subnetId(),
        "port_id", vip.portId(),
        "pool_id", vip.poolId(),
        "address", vip.address(),
        "protocol", vip.protocol(),
        "protocol_port", vip.protocolPort(),
        "session_persistence",
            persistence == null
                ? null
                : object("type", persistence.type(), "cookie_name", persistence.cookieName()),
        "connection_limit", vip.connectionLimit(),
        "admin_state_up", vip.adminStateUp(),
        "status", vip.status(),
        "status_description", vip.statusDescription());
  }

  static Map<String, @Nullable Object> healthMonitor(NeutronHealthMonitor monitor) {
    return object(
        "id", monitor.id(),
        "tenant_id", monitor.tenantId(),
        "type", monitor.monitorType(),
        "delay", monitor.delay(),
        "timeout", monitor.timeout(),
        "max_retries", monitor.maxRetries(),
        "http_method", monitor.httpMethod(),
        "url_path", monitor.urlPath(),
        "expected_codes", monitor.expectedCodes(),
        "pools",
            monitor.pools().stream()
                .map(
                    pool -> object("pool_id", pool, "status", "ACTIVE", "status_description", null))
                .toList(),
        "admin_state_up", monitor.adminStateUp(),
        "status", monitor.status(),
        "status_description", monitor.statusDescription());
  }
}
