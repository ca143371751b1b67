package org.midonet.cluster.translation;

import java.util.UUID;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronPool;
import org.midonet.topology.Ids;
import org.midonet.topology.LbStatus;
import org.midonet.topology.LoadBalancerBuilder;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.PoolBuilder;
import org.midonet.topology.References;

/**
 * A pool becomes a pool of the same id, on the load balancer of its router, which is there as long
 * as the router has pools. Stateless. midonet.md 4.10.
 */
final class Pools {
  /** What MidoNet balances, and how, whatever the pool says. */
  private static final String PROTOCOL = "TCP";

  private static final String METHOD = "ROUND_ROBIN";
  private static final String ROUTER = "router_id";

  private Pools() {}

  static void create(Draft draft, NeutronPool pool) {
    UUID router = pool.routerId();
    if (router == null) {
      throw TranslationException.invalid("Pool " + pool.id() + " has no router_id");
    }
    if (!pool.healthMonitors().isEmpty()) {
      throw TranslationException.invalid(
          "Pool "
              + pool.id()
              + " is new and has no health monitors; a monitor is given its pools when it is made");
    }
    draft.require(ObjectType.ROUTER, router);
    UUID balancer = Ids.LOAD_BALANCER.of(router);
    draft.createIfAbsent(
        LoadBalancerBuilder.builder().id(balancer).routerId(router).adminStateUp(true).build());
    draft.create(
        PoolBuilder.builder()
            .id(pool.id())
            .loadBalancerId(balancer)
            .adminStateUp(pool.adminStateUp())
            .protocol(PROTOCOL)
            .lbMethod(METHOD)
            .status(LbStatus.ACTIVE)
            .build());
  }

  /** It stays on its router, which an update need not name. */
  static void update(Draft draft, NeutronPool pool) {
    Pool present = draft.get(ObjectType.POOL, pool.id());
    NeutronObject stored = draft.get(ObjectType.NEUTRON_POOL, pool.id());
    if (pool.routerId() != null && !pool.routerId().equals(stored.uuid(ROUTER))) {
      throw TranslationException.invalid("The router_id of pool " + pool.id() + " cannot change");
    }
    draft.update(present.withAdminStateUp(pool.adminStateUp()));
    draft.update(Documents.toStored(pool).with(ROUTER, stored.get(ROUTER)));
  }

  /** Its members and VIPs go with it, as they do in MidoNet's store, and their documents too. */
  static void delete(Draft draft, NeutronPool pool) {
    Pool present = draft.find(ObjectType.POOL, pool.id());
    if (present == null) {
      return;
    }
    for (UUID vip : draft.references(References.POOL_VIPS, pool.id())) {
      Vips.vanish(draft, vip);
    }
    for (UUID member : draft.references(References.POOL_POOL_MEMBERS, pool.id())) {
      draft.delete(ObjectType.NEUTRON_POOL_MEMBER, member);
    }
    HealthMonitors.poolIsGone(draft, present);
    draft.delete(ObjectType.POOL, pool.id());
    UUID balancer = present.loadBalancerId();
    if (balancer != null && draft.references(References.LOAD_BALANCER_POOLS, balancer).isEmpty()) {
      draft.delete(ObjectType.LOAD_BALANCER, balancer);
    }
  }
}
