package org.midonet.neutron.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Filter;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The filters agents send over RPC: the API's, as JSON; stateless. */
final class AgentFilters {
  private AgentFilters() {}

  /**
   * Returns the condition that all filters are satisfied: each by any of its values. A filter that
   * is an object, as in {@code {"fixed_ips": {"ip_address": ["10.0.0.3"]}}}, means the values
   * {@code ip_address=10.0.0.3}.
   */
  static Condition condition(
      Session session, ResourceType type, Map<String, @Nullable Object> filters) {
    Condition all = DSL.noCondition();
    for (Map.Entry<String, @Nullable Object> filter : filters.entrySet()) {
      Attribute<?> attribute = session.definition(type).attribute(filter.getKey());
      if (attribute == null) {
        throw NeutronException.invalidInput("no attribute " + filter.getKey() + " to filter by");
      }
      List<Object> values = values(filter.getValue());
      Filter sql = attribute.filter();
      all =
          all.and(
              sql == null
                  ? Tables.column(attribute).in(values)
                  : sql.condition(
                      session.context(), values.stream().map(String::valueOf).toList()));
    }
    return all;
  }

  private static List<Object> values(@Nullable Object filter) {
    List<Object> values = new ArrayList<>();
    switch (filter) {
      case null -> {
        // Nothing satisfies an empty list, as with Neutron.
      }
      case List<?> list -> list.forEach(value -> values.add(String.valueOf(value)));
      case Map<?, ?> parts ->
          parts.forEach(
              (name, wanted) -> values(wanted).forEach(value -> values.add(name + "=" + value)));
      default -> values.add(filter);
    }
    return values;
  }
}
