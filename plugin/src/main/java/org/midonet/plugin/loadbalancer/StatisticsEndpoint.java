package org.midonet.plugin.loadbalancer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.loadbalancer.Pools;
import org.midonet.neutron.resource.Resource;
import org.midonet.plugin.loadbalancer.PoolStatistics.Traffic;

/** GET of a pool's {@code stats}; safe to share between threads. */
final class StatisticsEndpoint {
  private final Core core;
  private final PoolStatistics statistics;

  StatisticsEndpoint(Core core, PoolStatistics statistics) {
    this.core = core;
    this.statistics = statistics;
  }

  void register(Routes routes) {
    routes.add("GET", "/v2.0/lb/pools/{id}/stats", this::stats);
  }

  private Response stats(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              Resource pool = session.get(Pools.TYPE, call.variable("id"));
              core.authorizer().enforce(session, "stats", pool);
              Optional<Traffic> traffic = statistics.of(session, pool.id());
              return traffic
                  .map(counted -> Response.json(200, Map.of("stats", shown(counted))))
                  .orElseGet(StatisticsEndpoint::notCounted);
            });
  }

  private static Map<String, Object> shown(Traffic traffic) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("bytes_in", traffic.bytesIn());
    shown.put("bytes_out", traffic.bytesOut());
    shown.put("active_connections", traffic.activeConnections());
    shown.put("total_connections", traffic.totalConnections());
    return shown;
  }

  /** Neutron has a key of its own for what a driver does not do. */
  private static Response notCounted() {
    return Response.json(
        501,
        Map.of(
            "NotImplementedError",
            Map.of(
                "type",
                "NotImplementedError",
                "message",
                "MidoNet tells no statistics of pools over its REST API.",
                "detail",
                "")));
  }
}
