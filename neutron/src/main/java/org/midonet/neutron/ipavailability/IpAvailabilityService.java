package org.midonet.neutron.ipavailability;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ListQuery;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;

/** Finds and lists the address counts of networks; stateless. */
final class IpAvailabilityService implements ResourceService {
  @Override
  public ResourceType type() {
    return IpAvailabilities.TYPE;
  }

  /**
   * Nothing can be posted; the reference server stumbles over the project that it puts into every
   * request itself.
   */
  @Override
  public Resource create(Session session, Resource input) {
    throw NeutronException.badRequest("Attribute 'tenant_id' not allowed in POST");
  }

  @Override
  public Optional<Resource> find(Session session, String id) {
    return AddressCounts.of(session, Tables.id(id), DSL.noCondition(), false).stream().findFirst();
  }

  @Override
  public void list(Session session, ListQuery query, Consumer<List<Resource>> parts) {
    Condition networks =
        named(query, IpAvailabilities.NETWORK_ID, Tables.text(Standard.ID))
            .and(named(query, IpAvailabilities.NETWORK_NAME, Tables.text(Standard.NAME)))
            .and(named(query, IpAvailabilities.TENANT_ID, Tables.text(Standard.PROJECT_ID)))
            .and(named(query, IpAvailabilities.PROJECT_ID, Tables.text(Standard.PROJECT_ID)));
    List<String> versions = query.filters().getOrDefault(IpAvailabilities.IP_VERSION, List.of());
    Condition subnets =
        versions.isEmpty()
            ? DSL.noCondition()
            : DSL.cast(Tables.column(Subnets.IP_VERSION), String.class).in(versions);
    parts.accept(page(AddressCounts.of(session, networks, subnets, !versions.isEmpty()), query));
  }

  private static Condition named(
      ListQuery query, Attribute<String> attribute, Field<String> column) {
    List<String> values = query.filters().get(attribute);
    return values == null ? DSL.noCondition() : column.in(values);
  }

  private static List<Resource> page(List<Resource> all, ListQuery query) {
    List<Resource> rest = query.reverse() ? all.reversed() : all;
    Resource marker = query.marker();
    if (marker != null) {
      String after = marker.get(IpAvailabilities.NETWORK_ID);
      rest =
          rest.stream()
              .dropWhile(r -> !r.get(IpAvailabilities.NETWORK_ID).equals(after))
              .skip(1)
              .toList();
    }
    List<Resource> page = query.limit() == 0 ? rest : rest.stream().limit(query.limit()).toList();
    return query.reverse() ? page.reversed() : page;
  }
}
