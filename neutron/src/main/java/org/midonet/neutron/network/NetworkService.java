package org.midonet.neutron.network;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The rules of networks; stateless. */
final class NetworkService implements ResourceService {
  private final int maxMtu;

  /** Carries packets of that many octets at most. */
  NetworkService(int maxMtu) {
    this.maxMtu = maxMtu;
  }

  @Override
  public ResourceType type() {
    return Networks.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    checkMtu(input);
    Resource stored =
        session.insert(
            input.toBuilder()
                .set(Standard.STATUS, "ACTIVE")
                .set(Networks.SUBNETS, List.of())
                .build());
    if (input.get(Networks.SHARED, false)) {
      Sharing.add(session, "network", stored, Sharing.SHARED, Sharing.EVERYBODY);
    }
    if (input.get(Networks.EXTERNAL, false)) {
      Sharing.add(session, "network", stored, Sharing.EXTERNAL, Sharing.EVERYBODY);
    }
    return stored;
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    checkMtu(changes);
    NetworkSharing.update(session, current, changes);
    return session.store(current, changes);
  }

  private void checkMtu(Resource values) {
    if (values.get(Networks.MTU, 0L) > maxMtu) {
      throw NeutronException.invalidInput("Requested MTU is too big, maximum is " + maxMtu);
    }
  }

  @Override
  public void delete(Session session, Resource current) {
    Sharing.removeAll(session, "network", current.id());
    session.remove(session.tables().find(type(), current.id()).orElse(current));
  }

  @Override
  public Condition sharing(RequestContext context) {
    return Tables.text(Standard.ID)
        .in(Sharing.objects("network", context, Sharing.SHARED, Sharing.EXTERNAL));
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    Set<Object> ids = rows.stream().map(r -> r.raw(Standard.ID)).collect(Collectors.toSet());
    Set<String> shared =
        Sharing.sharedWith(
            session,
            "network",
            Sharing.SHARED,
            ids.size() > 50 ? DSL.noCondition() : Sharing.OBJECT_ID.in(ids));
    for (Resource.Builder row : rows) {
      row.set(Networks.SHARED, shared.contains(row.raw(Standard.ID)))
          .set(Networks.AVAILABILITY_ZONES, List.of());
    }
  }
}
