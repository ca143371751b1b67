package org.midonet.cluster.neutron.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Answers;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronHealthMonitor;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.neutron.http.Response;
import org.midonet.nsdb.Topology;
import org.midonet.topology.ObjectType;

/**
 * The paths by which a pool gets a health monitor that is there already, and loses it; safe to
 * share between threads. MidoNet v2015.03 and v2015.06 had them.
 */
record PoolHealthMonitors(Tell tell) {
  private static final String TYPE = Media.neutron("lb.PoolHealthMonitor");
  private static final String PATH = "/neutron/lb/pools/{id}/health_monitors";

  Endpoint collection() {
    return Endpoint.neutron(PATH).post(List.of(TYPE), this::add);
  }

  Endpoint item() {
    return Endpoint.neutron(PATH + "/{monitor}").delete(this::remove);
  }

  /** The path that the document at {@code /neutron} names, where nothing can be done. */
  Endpoint placeholder() {
    return Endpoint.neutron("/neutron/lb/pool_health_monitor");
  }

  private Response add(Call call) {
    UUID pool = call.id("id", ObjectType.POOL.name());
    Map<String, @Nullable Object> body = call.object();
    UUID id = monitor(body);
    tell.tell(topology -> {
      topology.get(ObjectType.POOL, pool);
      NeutronHealthMonitor monitor = stored(topology, id);
      if (monitor.pools().contains(pool)) {
        throw ApiException.conflict("Health monitor " + id + " watches pool " + pool + " already.");
      }
      List<UUID> pools = new ArrayList<>(monitor.pools());
      pools.add(pool);
      return List.of(new NeutronOperation.Update(monitor.withPools(pools)));
    });
    return Answers.created(
        call.links().to("/neutron/lb/pool_health_monitor"), TYPE, Map.of("id", id.toString()));
  }

  private Response remove(Call call) {
    UUID pool = call.id("id", ObjectType.POOL.name());
    UUID id = call.id("monitor", ObjectType.HEALTH_MONITOR.name());
    tell.tell(topology -> {
      if (!topology.has(ObjectType.NEUTRON_HEALTH_MONITOR, id)) {
        return List.of();
      }
      NeutronHealthMonitor monitor = stored(topology, id);
      List<UUID> pools = new ArrayList<>(monitor.pools());
      return pools.remove(pool)
          ? List.of(new NeutronOperation.Update(monitor.withPools(pools)))
          : List.of();
    });
    return Answers.noContent();
  }

  private static NeutronHealthMonitor stored(Topology topology, UUID id) {
    return Documents.healthMonitor(topology.get(ObjectType.NEUTRON_HEALTH_MONITOR, id));
  }

  private static UUID monitor(Map<String, @Nullable Object> body) {
    UUID id = Documents.id(body);
    if (id == null) {
      throw ApiException.badRequest("The field id is required.");
    }
    return id;
  }
}
