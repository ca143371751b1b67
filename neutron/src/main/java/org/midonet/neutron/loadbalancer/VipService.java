package org.midonet.neutron.loadbalancer;

import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The rules of VIPs; stateless. */
final class VipService implements ResourceService {
  private static final String COOKIE = "cookie_name";

  @Override
  public ResourceType type() {
    return Vips.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    checkPool(session, input, input.get(Vips.POOL_ID), "");
    checkCookie(input);
    String id = ValueType.newId();
    Resource port = VipPorts.create(session, input, id);
    return session.insert(
        normal(input).toBuilder()
            .set(Standard.ID, id)
            .set(Vips.PORT_ID, port.id())
            .set(Vips.ADDRESS, VipPorts.address(port))
            .set(Standard.STATUS, Balancing.PENDING_CREATE)
            .set(Balancing.STATUS_DESCRIPTION, null)
            .build());
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    Balancing.refuseGoing(current);
    if (changes.has(Vips.POOL_ID)) {
      checkPool(session, current, changes.get(Vips.POOL_ID), current.id());
    }
    checkCookie(changes);
    return session.store(current, Balancing.pending(normal(changes)));
  }

  @Override
  public void delete(Session session, Resource current) {
    Balancing.delete(
        session,
        current,
        row -> {
          session.remove(row);
          VipPorts.delete(session, row);
        });
  }

  /**
   * Refuses a pool of another project or protocol, and one that has a VIP.
   *
   * @param except the VIP that may be there, empty for none
   */
  private static void checkPool(Session session, Resource vip, String poolId, String except) {
    Resource pool = session.row(Pools.TYPE, poolId);
    if (!pool.projectId().equals(vip.projectId())) {
      throw BalancingErrors.notAuthorized();
    }
    String protocol = vip.get(Balancing.PROTOCOL);
    if (!protocol.equals(pool.get(Balancing.PROTOCOL))) {
      throw BalancingErrors.protocols(protocol, pool.get(Balancing.PROTOCOL));
    }
    Balancing.refuseGoing(pool);
    Condition other = Tables.text(Vips.POOL_ID).eq(poolId).and(Tables.text(Standard.ID).ne(except));
    if (session.tables().exists(Vips.TYPE, other)) {
      throw BalancingErrors.vipExists(poolId);
    }
  }

  /** A cookie's name goes with APP_COOKIE alone. */
  private static void checkCookie(Resource vip) {
    Map<String, Object> persistence = vip.find(Vips.SESSION_PERSISTENCE);
    if (persistence == null || persistence.isEmpty()) {
      return;
    }
    if (!"APP_COOKIE".equals(persistence.get("type"))) {
      if (persistence.containsKey(COOKIE)) {
        throw NeutronException.invalidInput(
            "'cookie_name' is not allowed for this type of session persistence");
      }
    } else if (isBlank(persistence.get(COOKIE))) {
      throw NeutronException.invalidInput(
          "'cookie_name' should be specified for this type of session persistence");
    }
  }

  private static boolean isBlank(@Nullable Object text) {
    return !(text instanceof String name) || name.isBlank();
  }

  /** No persistence is null. */
  private static Resource normal(Resource vip) {
    Map<String, Object> persistence = vip.find(Vips.SESSION_PERSISTENCE);
    return persistence != null && persistence.isEmpty()
        ? vip.with(Vips.SESSION_PERSISTENCE, null)
        : vip;
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    rows.forEach(row -> row.set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID)));
  }
}
