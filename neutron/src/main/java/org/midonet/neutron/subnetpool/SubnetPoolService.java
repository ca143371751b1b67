package org.midonet.neutron.subnetpool;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.packets.IpSet;

/** The rules of subnet pools; stateless. */
final class SubnetPoolService implements ResourceService {
  private static final String OBJECT_TYPE = "subnetpool";

  @Override
  public ResourceType type() {
    return SubnetPools.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    PrefixBounds bounds = PrefixBounds.of(input);
    if (input.get(SubnetPools.IS_DEFAULT, false)) {
      refuseSecondDefault(session, bounds.version());
    }
    String id = ValueType.newId();
    ScopeRules.check(session, id, input, bounds);
    Resource stored =
        session.insert(
            bounds
                .in(input)
                .with(Standard.ID, id)
                .with(SubnetPools.DEFAULT_QUOTA, input.find(SubnetPools.DEFAULT_QUOTA)));
    if (input.get(SubnetPools.SHARED, false)) {
      Sharing.add(session, OBJECT_TYPE, stored, Sharing.SHARED, Sharing.EVERYBODY);
    }
    return stored;
  }

  private static void refuseSecondDefault(Session session, long version) {
    if (SubnetPools.defaultPool(session, version).isPresent()) {
      throw SubnetPoolErrors.secondDefault();
    }
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    if (changes.has(SubnetPools.PREFIXES)) {
      refuseShrinking(current, changes);
    }
    Resource merged = current.merge(changes);
    PrefixBounds bounds = PrefixBounds.of(merged);
    if (merged.get(SubnetPools.IS_DEFAULT) && !current.get(SubnetPools.IS_DEFAULT)) {
      refuseSecondDefault(session, bounds.version());
    }
    ScopeRules.refuseUnlessOwned(session, current.id(), current.find(SubnetPools.ADDRESS_SCOPE_ID));
    ScopeRules.check(session, current.id(), merged, bounds);
    return session.store(current, bounds.in(changes));
  }

  private static void refuseShrinking(Resource current, Resource changes) {
    IpSet wanted = IpSet.ofCidrs(SubnetPools.prefixes(changes.get(SubnetPools.PREFIXES)));
    if (!PrefixAllocation.prefixes(current).subtract(wanted).isEmpty()) {
      throw SubnetPoolErrors.prefixUpdate("Existing prefixes must be a subset of the new prefixes");
    }
  }

  @Override
  public void delete(Session session, Resource current) {
    PoolLock.lock(session, current.id());
    if (session.tables().exists(Subnets.TYPE, PrefixAllocation.from(current.id()))) {
      throw SubnetPoolErrors.inUse();
    }
    Sharing.removeAll(session, OBJECT_TYPE, current.id());
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
      row.set(SubnetPools.SHARED, shared.contains(row.raw(Standard.ID)));
    }
  }
}
