package org.midonet.neutron.service;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;

/**
 * Sorting and key-set paging: a page begins after the marker's sort keys, so no row is counted
 * twice or passed over.
 */
final class Paging {
  private Paging() {}

  /** The sort keys, made total by the identifier. */
  static List<ListQuery.Sort> keys(ListQuery query) {
    List<ListQuery.Sort> keys = new ArrayList<>(query.sorts());
    if (keys.stream().noneMatch(k -> k.key() == Standard.ID)) {
      keys.add(new ListQuery.Sort(Standard.ID, true));
    }
    return keys;
  }

  static List<SortField<?>> order(List<ListQuery.Sort> keys, boolean reverse) {
    List<SortField<?>> order = new ArrayList<>();
    for (ListQuery.Sort sort : keys) {
      Field<?> column = sortable(sort.key());
      order.add(sort.ascending() != reverse ? column.asc() : column.desc());
    }
    return order;
  }

  /**
   * The rows that come after the marker: by the first key, or equal in it and by the second, and so
   * on.
   */
  static Condition after(List<ListQuery.Sort> keys, Resource marker, boolean reverse) {
    Condition any = DSL.falseCondition();
    Condition equal = DSL.noCondition();
    for (ListQuery.Sort sort : keys) {
      Object value = value(marker, sort.key());
      Field<Object> column = sortable(sort.key());
      Condition beyond = sort.ascending() != reverse ? column.gt(value) : column.lt(value);
      any = any.or(equal.and(beyond));
      equal = equal.and(column.eq(value));
    }
    return any;
  }

  /** Nulls sort as the least value on every database. */
  private static Field<Object> sortable(Attribute<?> key) {
    Field<Object> column = Tables.column(key);
    return key == Standard.ID ? column : DSL.coalesce(column, DSL.inline(least(key)));
  }

  private static Object value(Resource marker, Attribute<?> key) {
    Object raw = marker.raw(key);
    return raw == null || !Resource.isSet(raw) ? least(key) : raw;
  }

  private static Object least(Attribute<?> key) {
    return switch (key.type().kind()) {
      case STRING, JSON -> "";
      case INTEGER -> -1L;
      case BOOLEAN -> false;
    };
  }
}
