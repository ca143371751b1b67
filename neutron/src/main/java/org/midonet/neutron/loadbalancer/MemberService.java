package org.midonet.neutron.loadbalancer;

import java.util.List;
import org.jooq.Condition;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The rules of members; stateless. */
final class MemberService implements ResourceService {
  @Override
  public ResourceType type() {
    return Members.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    checkPool(session, input);
    refuseSecond(session, input, "");
    return session.insert(
        input.toBuilder()
            .set(Standard.STATUS, Balancing.PENDING_CREATE)
            .set(Balancing.STATUS_DESCRIPTION, null)
            .set(Members.ALIVE, true)
            .build());
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    Balancing.refuseGoing(current);
    Resource wanted = current.merge(changes);
    if (changes.has(Members.POOL_ID)) {
      checkPool(session, wanted);
      refuseSecond(session, wanted, current.id());
    }
    return session.store(current, Balancing.pending(changes));
  }

  @Override
  public void delete(Session session, Resource current) {
    Balancing.delete(session, current, session::remove);
  }

  private static void checkPool(Session session, Resource member) {
    Balancing.refuseGoing(session.row(Pools.TYPE, member.get(Members.POOL_ID)));
  }

  private static void refuseSecond(Session session, Resource member, String except) {
    Condition same =
        Tables.text(Members.POOL_ID)
            .eq(member.get(Members.POOL_ID))
            .and(Tables.text(Members.ADDRESS).eq(member.get(Members.ADDRESS)))
            .and(
                Tables.column(Balancing.PROTOCOL_PORT)
                    .eq((Object) member.get(Balancing.PROTOCOL_PORT)))
            .and(Tables.text(Standard.ID).ne(except));
    if (session.tables().exists(Members.TYPE, same)) {
      throw BalancingErrors.memberExists(member);
    }
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    rows.forEach(row -> row.set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID)));
  }
}
