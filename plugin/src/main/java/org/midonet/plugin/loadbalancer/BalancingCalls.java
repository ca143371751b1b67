package org.midonet.plugin.loadbalancer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.loadbalancer.Balancing;
import org.midonet.neutron.loadbalancer.HealthMonitors;
import org.midonet.neutron.loadbalancer.Members;
import org.midonet.neutron.loadbalancer.Pools;
import org.midonet.neutron.loadbalancer.Vips;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Session;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetPayload;
import org.midonet.plugin.client.MidonetResource;

/**
 * What MidoNet is told of load balancing (plugin specification 3.4 and 3.7). Pure functions, safe
 * to share between threads.
 */
public final class BalancingCalls {
  private static final Map<String, MidonetResource> RESOURCES =
      Map.of(
          Pools.TYPE.name(), MidonetResource.POOL,
          Vips.TYPE.name(), MidonetResource.VIP,
          Members.TYPE.name(), MidonetResource.MEMBER,
          HealthMonitors.TYPE.name(), MidonetResource.HEALTH_MONITOR);

  private BalancingCalls() {}

  /**
   * All that an empty MidoNet must be told, in an order in which nothing refers to what comes
   * later.
   *
   * @param session of an administrator, where load balancing is loaded
   */
  public static List<MidonetCall> everything(Session session) {
    Stream<MidonetCall> balanced =
        Stream.of(Pools.TYPE, Members.TYPE, Vips.TYPE)
            .flatMap(type -> rows(session, type))
            .filter(row -> !Balancing.isGoing(row))
            .map(BalancingCalls::create);
    Stream<MidonetCall> monitors =
        rows(session, HealthMonitors.TYPE)
            .filter(monitor -> !pools(monitor).isEmpty())
            .map(BalancingCalls::create);
    return Stream.concat(balanced, monitors).toList();
  }

  private static Stream<Resource> rows(Session session, ResourceType type) {
    return session.list(type, DSL.noCondition()).stream();
  }

  /** MidoNet takes no pool that names monitors: these come by themselves. */
  static MidonetCall create(Resource resource) {
    Map<String, @Nullable Object> body = body(resource);
    body.replace(Pools.HEALTH_MONITORS.name(), List.of());
    body.replace(Pools.HEALTH_MONITORS_STATUS.name(), List.of());
    return new MidonetCall.Create(of(resource), body);
  }

  static MidonetCall update(Resource resource) {
    return new MidonetCall.Update(of(resource), body(resource));
  }

  static MidonetCall delete(Resource resource) {
    return new MidonetCall.Delete(of(resource), resource.id());
  }

  static MidonetCall watch(Resource monitor, String pool) {
    return new MidonetCall.AddPoolMonitor(pool, body(monitor));
  }

  static MidonetCall unwatch(Resource monitor, String pool) {
    return new MidonetCall.RemovePoolMonitor(pool, body(monitor));
  }

  private static MidonetResource of(Resource resource) {
    MidonetResource kind = RESOURCES.get(resource.definition().name());
    if (kind == null) {
      throw new IllegalArgumentException(resource + " is not of load balancing");
    }
    return kind;
  }

  private static Map<String, @Nullable Object> body(Resource resource) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    resource.forEach((attribute, value) -> dict.put(attribute.name(), value));
    if (resource.definition().type().equals(HealthMonitors.TYPE)) {
      dict.put(HealthMonitors.POOLS.name(), pools(resource));
    }
    return MidonetPayload.of(of(resource), dict);
  }

  /** The pools that a monitor does not leave. */
  static List<Map<String, Object>> pools(Resource monitor) {
    return monitor.get(HealthMonitors.POOLS, List.of()).stream()
        .filter(pool -> !"PENDING_DELETE".equals(pool.get("status")))
        .toList();
  }
}
