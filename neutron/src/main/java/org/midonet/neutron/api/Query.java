package org.midonet.neutron.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converter;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.Filter;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.service.ListQuery;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/**
 * The query of a list or show request; immutable. Sorting, paging, fields and filters as the API
 * reference tells ("Filtering and column selection", "Sorting", "Pagination").
 *
 * @param fields the attributes to show, empty for all
 * @param filters values by attribute
 * @param sorts sort keys in order
 * @param limit most items, 0 for all
 * @param marker identifier after which to begin
 * @param reverse whether to page backwards
 */
record Query(
    Set<String> fields,
    Map<Attribute<?>, List<String>> filters,
    List<ListQuery.Sort> sorts,
    int limit,
    @Nullable String marker,
    boolean reverse) {

  private static final Set<String> RESERVED =
      Set.of("fields", "sort_key", "sort_dir", "limit", "marker", "page_reverse");

  /** Reads the parameters, refusing filters that the definition does not know, or ignoring them. */
  static Query parse(
      ResourceDefinition definition,
      List<Map.Entry<String, String>> parameters,
      ApiOptions options) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    parameters.forEach(
        p -> byName.computeIfAbsent(p.getKey(), k -> new ArrayList<>()).add(p.getValue()));
    Set<String> fields = new LinkedHashSet<>(byName.getOrDefault("fields", List.of()));
    fields.remove("");
    Map<Attribute<?>, List<String>> filters =
        filters(definition, byName, options.filterValidation());
    List<ListQuery.Sort> sorts = sorts(definition, byName);
    int limit = limit(last(byName, "limit"), options.maxLimit());
    String marker = limit == 0 ? null : last(byName, "marker");
    boolean reverse = limit > 0 && "true".equalsIgnoreCase(last(byName, "page_reverse"));
    return new Query(fields, filters, sorts, limit, marker, reverse);
  }

  /** The query for the services; the marker must exist and be visible. */
  ListQuery resolve(ResourceDefinition definition, Session session) {
    Resource after = marker == null ? null : session.get(definition.type(), marker);
    return new ListQuery(where(session.context()), filters, sorts, limit, after, reverse);
  }

  private Condition where(RequestContext context) {
    Condition all = DSL.noCondition();
    for (Map.Entry<Attribute<?>, List<String>> entry : filters.entrySet()) {
      Attribute<?> attribute = entry.getKey();
      Filter filter = attribute.filter();
      all =
          all.and(
              filter != null
                  ? filter.condition(context, entry.getValue())
                  : Tables.column(attribute).in(converted(attribute, entry.getValue())));
    }
    return all;
  }

  private static List<@Nullable Object> converted(Attribute<?> attribute, List<String> values) {
    Converter converter = attribute.converter();
    List<@Nullable Object> converted = new ArrayList<>();
    for (String value : values) {
      converted.add(converter == null ? typed(attribute, value) : converter.convert(value));
    }
    return converted;
  }

  private static Object typed(Attribute<?> attribute, String value) {
    return switch (attribute.type().kind()) {
      case INTEGER -> {
        try {
          yield Long.valueOf(value);
        } catch (NumberFormatException e) {
          yield -1L;
        }
      }
      case BOOLEAN -> Converters.toBoolean(value);
      case STRING, JSON -> value;
    };
  }

  private static Map<Attribute<?>, List<String>> filters(
      ResourceDefinition definition, Map<String, List<String>> byName, boolean validate) {
    Map<Attribute<?>, List<String>> filters = new LinkedHashMap<>();
    List<String> invalid = new ArrayList<>();
    byName.forEach((name, values) -> {
      if (RESERVED.contains(name)) {
        return;
      }
      Attribute<?> attribute = definition.attribute(name);
      if (attribute == null || !attribute.filterable()) {
        invalid.add(name);
      } else {
        filters.put(attribute, values);
      }
    });
    if (validate && !invalid.isEmpty()) {
      throw NeutronException.badRequest(quoted(invalid) + " is invalid attribute for filtering");
    }
    return filters;
  }

  private static List<ListQuery.Sort> sorts(
      ResourceDefinition definition, Map<String, List<String>> byName) {
    List<String> keys = given(byName, "sort_key");
    List<String> directions = given(byName, "sort_dir");
    if (keys.size() != directions.size()) {
      throw NeutronException.badRequest("The number of sort_keys and sort_dirs must be same");
    }
    List<String> unknown = keys.stream().filter(k -> !sortable(definition, k)).toList();
    if (!unknown.isEmpty()) {
      throw NeutronException.badRequest(quoted(unknown) + " is invalid attribute for sort_keys");
    }
    List<String> wrong =
        directions.stream().filter(d -> !d.equals("asc") && !d.equals("desc")).toList();
    if (!wrong.isEmpty()) {
      throw NeutronException.badRequest(
          quoted(wrong) + " is invalid value for sort_dirs, valid value is 'asc' and 'desc'");
    }
    List<ListQuery.Sort> sorts = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Attribute<?> key = definition.attribute(keys.get(i));
      if (key != null) {
        sorts.add(new ListQuery.Sort(key, directions.get(i).equals("asc")));
      }
    }
    return sorts;
  }

  private static boolean sortable(ResourceDefinition definition, String name) {
    Attribute<?> attribute = definition.attribute(name);
    return attribute != null && attribute.sortable();
  }

  private static int limit(@Nullable String text, int maxLimit) {
    int limit = 0;
    if (text != null) {
      try {
        limit = Integer.parseInt(text.strip());
      } catch (NumberFormatException e) {
        limit = -1;
      }
      if (limit < 0) {
        throw NeutronException.badResourceRequest(
            "limit", "Limit must be an integer 0 or greater and not '" + text + "'");
      }
    }
    if (maxLimit > 0) {
      return limit == 0 ? maxLimit : Math.min(limit, maxLimit);
    }
    return limit;
  }

  private static List<String> given(Map<String, List<String>> byName, String name) {
    return byName.getOrDefault(name, List.of()).stream().filter(v -> !v.isEmpty()).toList();
  }

  private static @Nullable String last(Map<String, List<String>> byName, String name) {
    List<String> values = byName.get(name);
    return values == null ? null : values.getLast();
  }

  private static String quoted(List<String> names) {
    return names.stream().map(n -> "'" + n + "'").toList().toString();
  }
}
