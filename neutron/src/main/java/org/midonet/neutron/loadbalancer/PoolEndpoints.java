package org.midonet.neutron.loadbalancer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Bodies;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.service.Session;

/** The monitors of a pool as a collection below it; safe to share. */
final class PoolEndpoints {
  private final Core core;

  PoolEndpoints(Core core) {
    this.core = core;
  }

  void register(Routes routes) {
    for (String collection : List.of("health_monitors", "health-monitors")) {
      String monitors = "/v2.0/lb/pools/{id}/" + collection;
      routes
          .add("GET", monitors, this::list)
          .add("POST", monitors, this::associate)
          .add("GET", monitors + "/{monitor}", this::show)
          .add("DELETE", monitors + "/{monitor}", this::dissociate);
    }
  }

  private Response list(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              List<Map<String, Object>> shown =
                  pool(session, call).get(Pools.HEALTH_MONITORS).stream()
                      .flatMap(id -> session.find(HealthMonitors.TYPE, id).stream())
                      .map(PoolEndpoints::shown)
                      .toList();
              return Response.json(200, Map.of("health_monitors", shown));
            });
  }

  private Response show(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              requireAssociated(pool(session, call), call.variable("monitor"));
              Resource monitor = session.get(HealthMonitors.TYPE, call.variable("monitor"));
              return Response.json(200, Map.of("health_monitor", shown(monitor)));
            });
  }

  private static Map<String, Object> shown(Resource monitor) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", monitor.id());
    shown.put("tenant_id", monitor.projectId());
    return shown;
  }

  /** The answer has an empty object, as Neutron's has. */
  private Response associate(Call call) {
    Map<String, @Nullable Object> item =
        Bodies.wrapped("health_monitor", Bodies.object(call.request().body()));
    String monitor = monitorOf(item);
    change(
        call,
        "create_pool_health_monitor",
        (session, pool, monitors) -> {
          session.row(HealthMonitors.TYPE, monitor);
          if (monitors.contains(monitor)) {
            throw BalancingErrors.associated(pool.id(), monitor);
          }
          monitors.add(monitor);
        });
    return Response.json(201, Map.of("health_monitor", Map.of()));
  }

  private Response dissociate(Call call) {
    String monitor = call.variable("monitor");
    change(
        call,
        "delete_pool_health_monitor",
        (session, pool, monitors) -> {
          requireAssociated(pool, monitor);
          monitors.remove(monitor);
        });
    return Response.empty(204);
  }

  private interface Edit {
    void apply(Session session, Resource pool, List<String> monitors);
  }

  private void change(Call call, String action, Edit edit) {
    core.sessions()
        .write(
            call.context(),
            session -> {
              Resource pool = pool(session, call);
              core.authorizer().enforce(session, action, pool);
              List<String> monitors = new ArrayList<>(pool.get(Pools.HEALTH_MONITORS));
              edit.apply(session, pool, monitors);
              return session.update(
                  pool,
                  session
                      .changes(Pools.TYPE)
                      .set(Pools.HEALTH_MONITORS, List.copyOf(monitors))
                      .build());
            });
  }

  private static Resource pool(Session session, Call call) {
    return session.get(Pools.TYPE, call.variable("id"));
  }

  private static void requireAssociated(Resource pool, String monitor) {
    if (!pool.get(Pools.HEALTH_MONITORS).contains(monitor)) {
      throw BalancingErrors.notAssociated(pool.id(), monitor);
    }
  }

  private static String monitorOf(Map<String, @Nullable Object> item) {
    List<String> known = List.of("id", Standard.TENANT_ID.name(), Standard.PROJECT_ID.name());
    List<String> unknown =
        item.keySet().stream().filter(name -> !known.contains(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw NeutronException.badRequest(
          "Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
    }
    if (!item.containsKey("id")) {
      throw NeutronException.badRequest(
          "Failed to parse request. Required attribute 'id' not specified");
    }
    Object id = item.get("id");
    String problem = Validators.uuid(id);
    if (problem != null) {
      throw NeutronException.badRequest("Invalid input for id. Reason: " + problem + ".");
    }
    return String.valueOf(id);
  }
}
