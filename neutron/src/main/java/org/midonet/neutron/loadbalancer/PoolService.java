package org.midonet.neutron.loadbalancer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.loadbalancer.PoolMonitors.Association;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;

/** The rules of pools; stateless. */
final class PoolService implements ResourceService {
  private final Providers providers;

  PoolService(Providers providers) {
    this.providers = providers;
  }

  @Override
  public ResourceType type() {
    return Pools.TYPE;
  }

  /**
   * Who asks sees it ACTIVE at once, as in Neutron: the request succeeds when the backend has it.
   */
  @Override
  public Resource create(Session session, Resource input) {
    session.row(Subnets.TYPE, input.get(Pools.SUBNET_ID));
    Resource stored =
        session.insert(
            input.toBuilder()
                .set(Pools.PROVIDER, providers.choose(input.find(Pools.PROVIDER)))
                .set(Standard.STATUS, Balancing.PENDING_CREATE)
                .set(Balancing.STATUS_DESCRIPTION, null)
                .build());
    watch(session, stored, input);
    return stored.with(Standard.STATUS, Balancing.ACTIVE);
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    Balancing.refuseGoing(current);
    watch(session, current, changes);
    Resource own = changes.with(Pools.HEALTH_MONITORS, Resource.UNSET);
    boolean monitorsAlone = changes.has(Pools.HEALTH_MONITORS) && own.toMap().isEmpty();
    return monitorsAlone ? current : session.store(current, Balancing.pending(own));
  }

  private static void watch(Session session, Resource pool, Resource wanted) {
    if (wanted.has(Pools.HEALTH_MONITORS)) {
      List<String> monitors = wanted.get(Pools.HEALTH_MONITORS);
      monitors.forEach(id -> session.row(HealthMonitors.TYPE, id));
      PoolMonitors.set(session, pool.id(), monitors);
    }
  }

  /** Its members go first, and its monitors leave it. */
  @Override
  public void delete(Session session, Resource current) {
    if (session.tables().exists(Vips.TYPE, Tables.text(Vips.POOL_ID).eq(current.id()))) {
      throw BalancingErrors.poolInUse(current.id());
    }
    for (Resource member : session.tables().list(Members.TYPE, Members.POOL_ID, current.id())) {
      session.delete(session.view(member));
    }
    PoolMonitors.set(session, current.id(), Set.of());
    Balancing.delete(session, current, session::remove);
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    List<String> ids = rows.stream().map(row -> String.valueOf(row.raw(Standard.ID))).toList();
    Map<String, List<Association>> monitors = new HashMap<>();
    for (Association one : PoolMonitors.ofPools(session, ids)) {
      monitors.computeIfAbsent(one.pool(), id -> new ArrayList<>()).add(one);
    }
    Map<String, List<String>> members = idsBy(session, Members.TYPE, Members.POOL_ID, ids);
    Map<String, List<String>> vips = idsBy(session, Vips.TYPE, Vips.POOL_ID, ids);
    for (Resource.Builder row : rows) {
      String id = String.valueOf(row.raw(Standard.ID));
      List<Association> own = monitors.getOrDefault(id, List.of());
      row.set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID));
      row.set(Pools.VIP_ID, vip(vips.get(id)));
      row.set(Pools.MEMBERS, members.getOrDefault(id, List.of()));
      row.set(
          Pools.HEALTH_MONITORS,
          own.stream().filter(one -> !one.isGoing()).map(Association::monitor).toList());
      row.set(Pools.HEALTH_MONITORS_STATUS, own.stream().map(Association::ofPool).toList());
    }
  }

  private static @Nullable String vip(@Nullable List<String> vips) {
    return vips == null ? null : vips.getFirst();
  }

  /** The ids of rows by the pool that they name. */
  private static Map<String, List<String>> idsBy(
      Session session, ResourceType type, Attribute<String> pool, List<String> pools) {
    Map<String, List<String>> ids = new HashMap<>();
    session
        .transaction()
        .dsl()
        .select(Tables.text(pool), Tables.text(Standard.ID))
        .from(Tables.table(type))
        .where(Tables.text(pool).in(pools))
        .orderBy(Tables.text(Standard.ID))
        .forEach(
            row -> ids.computeIfAbsent(row.value1(), id -> new ArrayList<>()).add(row.value2()));
    return ids;
  }
}
