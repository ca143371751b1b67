package org.midonet.neutron.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;

/**
 * What a list request asks for; immutable.
 *
 * @param where the filters as SQL
 * @param filters the same as given: values by attribute, for resources that are not rows
 * @param sorts in order of weight; at the end {@code id} makes it total
 * @param limit the most rows to return, 0 for all
 * @param marker the row after which to begin, null for the beginning
 * @param reverse whether to page backwards
 */
public record ListQuery(
    Condition where,
    Map<Attribute<?>, List<String>> filters,
    List<Sort> sorts,
    int limit,
    @Nullable Resource marker,
    boolean reverse) {

  /** One sort key and its direction. */
  public record Sort(Attribute<?> key, boolean ascending) {}

  /** Everything, in the order of the identifiers. */
  public static final ListQuery ALL =
      new ListQuery(DSL.noCondition(), Map.of(), List.of(), 0, null, false);

  /** Everything that satisfies a condition. */
  public static ListQuery where(Condition condition) {
    return new ListQuery(condition, Map.of(), List.of(), 0, null, false);
  }

  /** Whether a resource that is not a row satisfies the filters, comparing text. */
  public boolean matches(Resource resource) {
    Map<Attribute<?>, List<String>> wanted = new LinkedHashMap<>(filters);
    return wanted.entrySet().stream()
        .allMatch(f -> {
          Object raw = resource.raw(f.getKey());
          if (raw instanceof List<?> list) {
            return list.stream().anyMatch(o -> f.getValue().contains(String.valueOf(o)));
          }
          return f.getValue().stream().anyMatch(v -> v.equalsIgnoreCase(String.valueOf(raw)));
        });
  }
}
