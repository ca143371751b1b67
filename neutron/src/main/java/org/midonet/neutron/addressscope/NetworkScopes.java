package org.midonet.neutron.addressscope;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.neutron.subnetpool.SubnetPools;

/** The scopes of a network: those of the pools that its subnets are from. Stateless. */
final class NetworkScopes implements Hook {
  private static final Field<String> NETWORK = text("s", "network_id");
  private static final Field<Long> VERSION =
      DSL.field(DSL.name("p", "ip_version"), SQLDataType.BIGINT);
  private static final Field<String> SCOPE = text("p", "address_scope_id");
  private static final int MOST_LISTED = 50;

  @Override
  public Set<ResourceType> types() {
    return Set.of(Networks.TYPE);
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    if (!session.catalog().has(AddressScopes.TYPE)) {
      return;
    }
    Map<String, String> scopes = scopes(session, rows);
    for (Resource.Builder row : rows) {
      Object id = row.raw(Standard.ID);
      row.set(AddressScopes.IPV4_ADDRESS_SCOPE, scopes.get("4 " + id))
          .set(AddressScopes.IPV6_ADDRESS_SCOPE, scopes.get("6 " + id));
    }
  }

  /** The scopes by IP version and network; networks without subnets need no look. */
  private static Map<String, String> scopes(Session session, List<Resource.Builder> rows) {
    List<Object> ids =
        rows.stream()
            .filter(r -> r.raw(Networks.SUBNETS) instanceof List<?> subnets && !subnets.isEmpty())
            .map(r -> r.raw(Standard.ID))
            .toList();
    Map<String, String> scopes = new HashMap<>();
    if (ids.isEmpty()) {
      return scopes;
    }
    Condition some = ids.size() > MOST_LISTED ? DSL.noCondition() : DSL.condition(NETWORK.in(ids));
    session
        .transaction()
        .dsl()
        .select(NETWORK, VERSION, SCOPE)
        .from(Tables.table(Subnets.TYPE).as("s"))
        .join(Tables.table(SubnetPools.TYPE).as("p"))
        .on(text("s", "subnetpool_id").eq(text("p", "id")))
        .where(SCOPE.isNotNull())
        .and(some)
        .forEach(r -> scopes.put(r.value2() + " " + r.value1(), r.value3()));
    return scopes;
  }

  private static Field<String> text(String table, String column) {
    return DSL.field(DSL.name(table, column), SQLDataType.VARCHAR);
  }
}
