package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronHealthMonitor;
import org.midonet.topology.HealthMonitor;
import org.midonet.topology.HealthMonitorBuilder;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.References;

/**
 * A health monitor becomes a monitor of the same id, which its pools name. Neutron tells of it when
 * it is to watch a pool, and again for each further pool. Stateless. midonet.md 4.10.
 */
final class HealthMonitors {
  private HealthMonitors() {}

  /** One that is known already watches further pools. */
  static void create(Draft draft, NeutronHealthMonitor monitor) {
    NeutronHealthMonitor known = find(draft, monitor.id());
    if (known != null && !known.pools().containsAll(monitor.pools())) {
      Set<UUID> pools = new LinkedHashSet<>(known.pools());
      pools.addAll(monitor.pools());
      update(draft, monitor.withPools(List.copyOf(pools)));
      return;
    }
    draft.create(translated(monitor));
    draft.create(Documents.toStored(monitor));
    monitor.pools().forEach(pool -> watch(draft, pool, monitor.id()));
  }

  static void update(Draft draft, NeutronHealthMonitor monitor) {
    draft.require(ObjectType.HEALTH_MONITOR, monitor.id());
    NeutronObject stored = draft.get(ObjectType.NEUTRON_HEALTH_MONITOR, monitor.id());
    List<UUID> before = Documents.healthMonitor(stored).pools();
    draft.update(translated(monitor));
    draft.update(Documents.toStored(monitor));
    before.stream()
        .filter(pool -> !monitor.pools().contains(pool))
        .forEach(pool -> unwatch(draft, pool, monitor.id()));
    monitor.pools().stream()
        .filter(pool -> !before.contains(pool))
        .forEach(pool -> watch(draft, pool, monitor.id()));
    if (!monitor.adminStateUp()) {
      watched(draft, monitor.id()).forEach(pool -> PoolMembers.areUnwatched(draft, pool));
    }
  }

  static void delete(Draft draft, UUID id) {
    watched(draft, id).forEach(pool -> unwatch(draft, pool, id));
    draft.delete(ObjectType.HEALTH_MONITOR, id);
  }

  /** Neutron tells no more of a monitor without pools, until it is to watch one again. */
  static void poolIsGone(Draft draft, Pool pool) {
    UUID id = pool.healthMonitorId();
    NeutronHealthMonitor monitor = id == null ? null : find(draft, id);
    if (id == null || monitor == null) {
      return;
    }
    if (monitor.pools().equals(List.of(pool.id()))) {
      draft.delete(ObjectType.HEALTH_MONITOR, id);
      draft.delete(ObjectType.NEUTRON_HEALTH_MONITOR, id);
    } else {
      forget(draft, monitor, pool.id());
    }
  }

  /** A pool that another monitor watches changes hands. */
  private static void watch(Draft draft, UUID pool, UUID monitor) {
    Pool present = draft.get(ObjectType.POOL, pool);
    UUID before = present.healthMonitorId();
    NeutronHealthMonitor other =
        before == null || before.equals(monitor) ? null : find(draft, before);
    if (other != null) {
      forget(draft, other, pool);
    }
    draft.update(present.withHealthMonitorId(monitor));
  }

  private static void unwatch(Draft draft, UUID pool, UUID monitor) {
    Pool present = draft.find(ObjectType.POOL, pool);
    if (present != null && monitor.equals(present.healthMonitorId())) {
      draft.update(present.withHealthMonitorId(null));
      PoolMembers.areUnwatched(draft, pool);
    }
  }

  private static void forget(Draft draft, NeutronHealthMonitor monitor, UUID pool) {
    List<UUID> pools = new ArrayList<>(monitor.pools());
    pools.remove(pool);
    draft.update(Documents.toStored(monitor.withPools(pools)));
  }

  private static List<UUID> watched(Draft draft, UUID monitor) {
    return draft.references(References.HEALTH_MONITOR_POOLS, monitor);
  }

  private static @Nullable NeutronHealthMonitor find(Draft draft, UUID id) {
    NeutronObject stored = draft.find(ObjectType.NEUTRON_HEALTH_MONITOR, id);
    return stored == null ? null : Documents.healthMonitor(stored);
  }

  private static HealthMonitor translated(NeutronHealthMonitor monitor) {
    return HealthMonitorBuilder.builder()
        .id(monitor.id())
        .adminStateUp(monitor.adminStateUp())
        .monitorType(monitor.monitorType())
        .delay(monitor.delay())
        .timeout(monitor.timeout())
        .maxRetries(monitor.maxRetries())
        .build();
  }
}
