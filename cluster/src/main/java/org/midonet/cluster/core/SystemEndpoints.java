package org.midonet.cluster.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiAuth;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Links;
import org.midonet.cluster.api.Media;

/** The root document, the state of the system and the tenants; stateless. */
final class SystemEndpoints {
  /** What MidoNet 5.x calls itself, whatever its release. */
  private static final String VERSION = "v5.0";

  /** Resources with a collection and a template, by the names of their links. */
  private static final Map<String, String> ROOTS = roots();

  private SystemEndpoints() {}

  static List<Endpoint> of(ApiAuth auth) {
    return List.of(
        Endpoint.neutron("/")
            .get(
                List.of(Media.item("Application", 5), Media.JSON),
                call -> application(call.links())),
        Endpoint.core("/system_state")
            .get(List.of(Media.item("SystemState", 2)), call -> systemState()),
        Endpoint.core("/tenants")
            .get(
                List.of(Media.list("Tenant", 2)),
                call ->
                    auth.tenants().stream().map(tenant -> tenant(tenant, call.links())).toList()),
        Endpoint.core("/tenants/{id}")
            .get(
                List.of(Media.item("Tenant", 2)),
                call ->
                    auth.tenants().stream()
                        .filter(tenant -> tenant.id().equals(call.path("id")))
                        .findFirst()
                        .map(tenant -> tenant(tenant, call.links()))
                        .orElseThrow(() -> ApiException.notFound("Tenant", call.path("id")))));
  }

  private static Map<String, String> roots() {
    Map<String, String> roots = new LinkedHashMap<>();
    roots.put("bridge", "bridges");
    roots.put("chain", "chains");
    roots.put("healthMonitor", "health_monitors");
    roots.put("host", "hosts");
    roots.put("ipAddrGroup", "ip_addr_groups");
    roots.put("l2Insertion", "l2insertions");
    roots.put("loadBalancer", "load_balancers");
    roots.put("mirror", "mirrors");
    roots.put("poolMember", "pool_members");
    roots.put("pool", "pools");
    roots.put("portGroup", "port_groups");
    roots.put("port", "ports");
    roots.put("router", "routers");
    roots.put("serviceContainerGroup", "service_container_groups");
    roots.put("serviceContainer", "service_containers");
    roots.put("tenant", "tenants");
    roots.put("traceRequest", "traces");
    roots.put("tunnelZone", "tunnel_zones");
    roots.put("vip", "vips");
    roots.put("vtep", "vteps");
    return roots;
  }

  private static Map<String, @Nullable Object> application(Links links) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("uri", links.to("/"));
    json.put("version", VERSION);
    json.put("bgpNetworkTemplate", links.to("/bgp_networks/{id}"));
    json.put("bgpPeerTemplate", links.to("/bgp_peers/{id}"));
    ROOTS.forEach((name, path) -> {
      json.put(plural(name), links.to("/" + path));
      json.put(name + "Template", links.to("/" + path + "/{id}"));
    });
    json.put("neutron", links.to("/neutron"));
    json.put("qosBwLimitRuleTemplate", links.to("/qos_bw_limit_rules/{id}"));
    json.put("qosDscpRuleTemplate", links.to("/qos_dscp_rules/{id}"));
    json.put("qosPolicies", links.to("/qos_policies"));
    json.put("qosPolicyTemplate", links.to("/qos_policies/{id}"));
    json.put("routeTemplate", links.to("/routes/{id}"));
    json.put("ruleTemplate", links.to("/rules/{id}"));
    json.put("systemState", links.to("/system_state"));
    return json;
  }

  private static String plural(String name) {
    return name.equals("l2Insertion") ? "l2insertions" : name + "s";
  }

  private static Map<String, @Nullable Object> systemState() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state", "ACTIVE");
    json.put("availability", "READWRITE");
    json.put("version", "5.0.0");
    json.put("information", null);
    return json;
  }

  private static Map<String, @Nullable Object> tenant(ApiAuth.Tenant tenant, Links links) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", tenant.id());
    json.put("name", tenant.name());
    json.put("description", tenant.description());
    json.put("enabled", tenant.enabled());
    json.put("uri", links.to("/tenants/" + tenant.id()));
    json.put("routers", links.to("/routers?tenant_id=" + tenant.id()));
    json.put("bridges", links.to("/bridges?tenant_id=" + tenant.id()));
    json.put("chains", links.to("/chains?tenant_id=" + tenant.id()));
    json.put("portGroups", links.to("/port_groups?tenant_id=" + tenant.id()));
    return json;
  }
}
