package org.midonet.neutron.loadbalancer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.midonet.neutron.loadbalancer.PoolMonitors.Association;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;

/** The rules of health monitors; stateless. A backend hears of those that watch pools. */
final class HealthMonitorService implements ResourceService {
  @Override
  public ResourceType type() {
    return HealthMonitors.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    checkDelay(input);
    return session.insert(input);
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    checkDelay(current.merge(changes));
    Resource stored = session.store(current, changes);
    PoolMonitors.monitorChanges(session, current.id());
    return stored;
  }

  @Override
  public void delete(Session session, Resource current) {
    if (PoolMonitors.watches(session, current.id())) {
      throw BalancingErrors.monitorInUse(current.id());
    }
    session.remove(current);
  }

  private static void checkDelay(Resource monitor) {
    if (monitor.get(HealthMonitors.DELAY) < monitor.get(HealthMonitors.TIMEOUT)) {
      throw BalancingErrors.delay();
    }
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    List<String> ids = rows.stream().map(row -> String.valueOf(row.raw(Standard.ID))).toList();
    Map<String, List<Object>> pools = new HashMap<>();
    for (Association one : PoolMonitors.ofMonitors(session, ids)) {
      pools.computeIfAbsent(one.monitor(), id -> new ArrayList<>()).add(one.ofMonitor());
    }
    for (Resource.Builder row : rows) {
      row.set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID));
      row.set(
          HealthMonitors.POOLS,
          pools.getOrDefault(String.valueOf(row.raw(Standard.ID)), List.of()));
      if (!HealthMonitors.speaksHttp(row.raw(HealthMonitors.KIND))) {
        row.set(HealthMonitors.HTTP_METHOD, Resource.UNSET);
        row.set(HealthMonitors.URL_PATH, Resource.UNSET);
        row.set(HealthMonitors.EXPECTED_CODES, Resource.UNSET);
      }
    }
  }
}
