package org.midonet.neutron.addressscope;

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
import org.midonet.neutron.subnetpool.PoolLock;
import org.midonet.neutron.subnetpool.SubnetPools;

/** The rules of address scopes; stateless. */
final class AddressScopeService implements ResourceService {
  private static final String OBJECT_TYPE = "address_scope";

  @Override
  public ResourceType type() {
    return AddressScopes.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    Resource stored = session.insert(input);
    if (input.get(AddressScopes.SHARED, false)) {
      Sharing.add(session, OBJECT_TYPE, stored, Sharing.SHARED, Sharing.EVERYBODY);
    }
    return stored;
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    String id = current.id();
    boolean shared = current.get(AddressScopes.SHARED, false);
    if (shared && !changes.get(AddressScopes.SHARED, true)) {
      throw new NeutronException(
          400,
          "AddressScopeUpdateError",
          "Unable to update address scope " + id + " : Shared address scope can't be unshared.");
    }
    if (changes.get(AddressScopes.SHARED, false)
        && !Sharing.has(session, OBJECT_TYPE, id, Sharing.SHARED, Sharing.EVERYBODY)) {
      Sharing.add(session, OBJECT_TYPE, current, Sharing.SHARED, Sharing.EVERYBODY);
    }
    return session.store(current, changes);
  }

  @Override
  public void delete(Session session, Resource current) {
    String id = current.id();
    PoolLock.lock(session, Tables.table(type()), id);
    if (session
        .tables()
        .exists(SubnetPools.TYPE, Tables.text(SubnetPools.ADDRESS_SCOPE_ID).eq(id))) {
      throw NeutronException.conflict(
          "AddressScopeInUse",
          "Unable to complete operation on address scope "
              + id
              + ". There are one or more subnet pools in use on the address scope.");
    }
    Sharing.removeAll(session, OBJECT_TYPE, id);
    session.remove(current);
  }

  @Override
  public Condition sharing(RequestContext context) {
    return Tables.text(Standard.ID).in(Sharing.objects(OBJECT_TYPE, context, Sharing.SHARED));
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    Set<Object> ids = rows.stream().map(r -> r.raw(Standard.ID)).collect(Collectors.toSet());
    Set<String> shared =
        Sharing.sharedWith(
            session,
            OBJECT_TYPE,
            Sharing.SHARED,
            ids.size() > 50 ? DSL.noCondition() : Sharing.OBJECT_ID.in(ids));
    for (Resource.Builder row : rows) {
      row.set(AddressScopes.SHARED, shared.contains(row.raw(Standard.ID)));
    }
  }
}
