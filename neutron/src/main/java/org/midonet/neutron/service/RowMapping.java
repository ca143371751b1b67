package org.midonet.neutron.service;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType.Kind;

/**
 * The columns of a definition and the SQL text that does not change; immutable, made once for each
 * definition.
 */
final class RowMapping {
  private static final Map<ResourceDefinition, RowMapping> MAPPINGS = new ConcurrentHashMap<>();

  private final ResourceDefinition definition;
  private final int[] indexes;
  private final List<Kind> kinds = new ArrayList<>();
  private final List<@Nullable Object> unwritten = new ArrayList<>();
  private final List<Field<?>> fields = new ArrayList<>();
  private final String[] quotedColumns;
  private final String quotedTable;
  private final String quotedId;
  private final String quotedRevision;
  private final String selectAll;
  private final String selectById;
  private final String insert;

  private RowMapping(ResourceDefinition definition, DSLContext dsl) {
    this.definition = definition;
    List<Attribute<?>> attributes = definition.attributes();
    indexes =
        java.util.stream.IntStream.range(0, attributes.size())
            .filter(i -> attributes.get(i).stored())
            .toArray();
    quotedColumns = new String[attributes.size()];
    for (int index : indexes) {
      Attribute<?> attribute = attributes.get(index);
      kinds.add(attribute.type().kind());
      unwritten.add(attribute.unwritten());
      fields.add(Tables.column(attribute));
      quotedColumns[index] = dsl.render(DSL.name(attribute.column()));
    }
    quotedTable = dsl.render(DSL.name(definition.type().table()));
    quotedId = dsl.render(DSL.name("id"));
    quotedRevision = dsl.render(DSL.name(Standard.REVISION_NUMBER.column()));
    String columns =
        Arrays.stream(indexes).mapToObj(i -> quotedColumns[i]).collect(Collectors.joining(", "));
    selectAll = "select " + columns + " from " + quotedTable + " where ";
    selectById = selectAll + quotedId + " = ?";
    insert =
        "insert into "
            + quotedTable
            + " ("
            + columns
            + ") values ("
            + "?, ".repeat(indexes.length - 1)
            + "?)";
  }

  static RowMapping of(ResourceDefinition definition, DSLContext dsl) {
    RowMapping mapping = MAPPINGS.get(definition);
    return mapping != null
        ? mapping
        : MAPPINGS.computeIfAbsent(definition, d -> new RowMapping(d, dsl));
  }

  int[] indexes() {
    return indexes;
  }

  List<Kind> kinds() {
    return kinds;
  }

  Kind kind(int index) {
    return definition.attributes().get(index).type().kind();
  }

  List<Field<?>> fields() {
    return fields;
  }

  String columnName(int index) {
    return quotedColumns[index];
  }

  String selectById() {
    return selectById;
  }

  String selectBy(Attribute<?> attribute) {
    return selectAll + quotedColumns[definition.index(attribute)] + " = ?";
  }

  String insert() {
    return insert;
  }

  String update(List<String> columns, boolean checkRevision) {
    return "update "
        + quotedTable
        + " set "
        + String.join(" = ?, ", columns)
        + " = ? where "
        + quotedId
        + " = ?"
        + (checkRevision ? " and " + quotedRevision + " = ?" : "");
  }

  @Nullable Object toColumn(int index, @Nullable Object raw) {
    return raw != null && kind(index) == Kind.JSON ? Json.write(raw) : raw;
  }

  Resource read(ResultSet results) throws SQLException {
    Resource.Builder row = Resource.builder(definition);
    for (int i = 0; i < indexes.length; i++) {
      Object value = value(results, i + 1, kinds.get(i));
      row.set(indexes[i], value == null ? unwritten.get(i) : value);
    }
    if (definition.has(Standard.TENANT_ID)) {
      row.set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID));
    }
    return row.build();
  }

  private static @Nullable Object value(ResultSet results, int column, Kind kind)
      throws SQLException {
    return switch (kind) {
      case STRING -> results.getString(column);
      case INTEGER -> {
        long number = results.getLong(column);
        yield results.wasNull() ? null : (Object) number;
      }
      case BOOLEAN -> {
        boolean flag = results.getBoolean(column);
        yield results.wasNull() ? null : (Object) flag;
      }
      case JSON -> {
        String text = results.getString(column);
        yield text == null ? null : Json.read(text);
      }
    };
  }
}
