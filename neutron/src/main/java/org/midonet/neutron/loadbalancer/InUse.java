package org.midonet.neutron.loadbalancer;

import java.util.Optional;
import java.util.Set;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;

/** What pools keep from being deleted: their subnets and routers; stateless. */
final class InUse implements Hook {
  @Override
  public Set<ResourceType> types() {
    return Set.of(Subnets.TYPE, Routers.TYPE);
  }

  @Override
  public void deleting(Session session, Resource current) {
    String id = current.id();
    if (current.definition().type().equals(Routers.TYPE)) {
      pool(session, Pools.ROUTER_ID, id)
          .ifPresent(pool -> {
            throw BalancingErrors.routerInUse(id);
          });
    } else {
      pool(session, Pools.SUBNET_ID, id)
          .ifPresent(pool -> {
            throw BalancingErrors.subnetInUse(id, pool);
          });
    }
  }

  /** A pool that names this; also where no plugin serves pools, so that nothing is left behind. */
  private static Optional<String> pool(Session session, Attribute<String> user, String id) {
    return session
        .transaction()
        .dsl()
        .select(Tables.text(Standard.ID))
        .from(Tables.table(Pools.TYPE))
        .where(Tables.text(user).eq(id))
        .limit(1)
        .fetchOptional(Tables.text(Standard.ID));
  }
}
