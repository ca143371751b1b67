package org.midonet.plugin.loadbalancer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.loadbalancer.Balancing;
import org.midonet.neutron.loadbalancer.Members;
import org.midonet.neutron.loadbalancer.Pools;
import org.midonet.neutron.loadbalancer.Vips;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * What MidoNet cannot balance is refused (plugin specification 3.4 and 3.8): its routers balance
 * TCP over IPv4, one after the other by weight, and know a client again by its address only.
 * Stateless, safe to share between threads.
 */
final class MidonetRules implements Hook {
  private static final String POOL_MONITOR = "pool_monitor_association";

  @Override
  public Set<ResourceType> types() {
    return Set.of(Pools.TYPE, Vips.TYPE, Members.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    ResourceType type = input.definition().type();
    if (type.equals(Pools.TYPE)) {
      checkMethod(input);
      checkCount(input);
      Places.Subnet subnet = Places.subnet(session, input.get(Pools.SUBNET_ID));
      refuseIpv6("pool", subnet);
      if (subnet.isExternal()) {
        throw bad("pool", "subnet " + subnet.id() + " is on an external network");
      }
      return input.with(
          Pools.ROUTER_ID,
          subnet
              .router(session)
              .orElseThrow(
                  () -> bad("pool", "no router has the gateway address of subnet " + subnet.id())));
    }
    if (type.equals(Members.TYPE)) {
      if (input.get(Members.ADDRESS).indexOf(':') >= 0) {
        throw bad("member", "MidoNet balances over IPv4 only");
      }
    } else {
      checkPersistence(input);
    }
    return input;
  }

  @Override
  public void created(Session session, Resource created) {
    if (created.definition().type().equals(Vips.TYPE)) {
      problem(session, created)
          .ifPresent(reason -> {
            throw bad("vip", reason);
          });
    }
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    ResourceType type = current.definition().type();
    if (type.equals(Pools.TYPE)) {
      checkMethod(changes);
      checkCount(changes);
      checkMonitors(session, current, changes);
      return changes;
    }
    if (type.equals(Members.TYPE)) {
      return changes;
    }
    checkPersistence(changes);
    Optional<String> problem = problem(session, current.merge(changes));
    return problem.isEmpty()
        ? changes
        : changes.toBuilder()
            .set(Standard.STATUS, Balancing.ERROR)
            .set(Balancing.STATUS_DESCRIPTION, problem.get())
            .build();
  }

  private static void checkMethod(Resource pool) {
    String method = pool.find(Pools.LB_METHOD);
    if (method != null && !method.equals("ROUND_ROBIN")) {
      throw bad("pool", "MidoNet's lb_method is ROUND_ROBIN, not " + method);
    }
  }

  private static void checkCount(Resource pool) {
    List<String> monitors = pool.find(Pools.HEALTH_MONITORS);
    if (monitors != null && monitors.size() > 1) {
      throw bad(POOL_MONITOR, "a pool has one health monitor with MidoNet");
    }
  }

  private static void checkMonitors(Session session, Resource pool, Resource changes) {
    List<String> monitors = changes.find(Pools.HEALTH_MONITORS);
    String vip = pool.find(Pools.VIP_ID);
    if (monitors == null || monitors.isEmpty() || vip == null) {
      return;
    }
    session
        .tables()
        .find(Vips.TYPE, vip)
        .filter(row -> row.get(Vips.SUBNET_ID).equals(pool.get(Pools.SUBNET_ID)))
        .ifPresent(row -> {
          throw bad(POOL_MONITOR, sameSubnet(vip, pool.id()));
        });
  }

  private static String sameSubnet(String vip, String pool) {
    return "vip %s and pool %s are on one subnet, where MidoNet cannot monitor health"
        .formatted(vip, pool);
  }

  private static void checkPersistence(Resource vip) {
    Map<String, Object> persistence = vip.find(Vips.SESSION_PERSISTENCE);
    if (persistence != null
        && !persistence.isEmpty()
        && !"SOURCE_IP".equals(persistence.get("type"))) {
      throw bad(
          "vip", "MidoNet's session_persistence is SOURCE_IP, not " + persistence.get("type"));
    }
  }

  /** What keeps MidoNet from having the VIP; nothing if its pool is not to be found. */
  private static Optional<String> problem(Session session, Resource vip) {
    @Nullable Resource row = session.tables().find(Pools.TYPE, vip.get(Vips.POOL_ID)).orElse(null);
    if (row == null) {
      return Optional.empty();
    }
    Resource pool = session.view(row);
    Places.Subnet subnet = Places.subnet(session, vip.get(Vips.SUBNET_ID));
    refuseIpv6("vip", subnet);
    boolean monitored = !pool.get(Pools.HEALTH_MONITORS).isEmpty();
    if (monitored && subnet.id().equals(pool.get(Pools.SUBNET_ID))) {
      return Optional.of(sameSubnet(vip.id(), pool.id()));
    }
    String router = pool.get(Pools.ROUTER_ID, "");
    return subnet.isExternal() && !Places.hasGateway(session, router)
        ? Optional.of(
            "subnet %s is on an external network, and router %s of pool %s has no gateway"
                .formatted(subnet.id(), router, pool.id()))
        : Optional.empty();
  }

  private static void refuseIpv6(String resource, Places.Subnet subnet) {
    if (subnet.version() != 4) {
      throw bad(resource, "MidoNet balances over IPv4 only");
    }
  }

  private static NeutronException bad(String resource, String reason) {
    return NeutronException.badResourceRequest(resource, reason);
  }
}
