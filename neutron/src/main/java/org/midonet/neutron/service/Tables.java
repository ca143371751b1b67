package org.midonet.neutron.service;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.extension.Catalog;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType.Kind;
import org.midonet.neutron.store.RetryTransaction;
import org.midonet.neutron.store.Transaction;

/**
 * Rows of resources: one table for each type, one column for each stored attribute. Bound to one
 * transaction; not to be shared between threads.
 */
public final class Tables {
  /** So many that what is looked up for each part hardly counts. */
  private static final int PART = 1000;

  private final Catalog catalog;
  private final Transaction transaction;

  Tables(Catalog catalog, Transaction transaction) {
    this.catalog = catalog;
    this.transaction = transaction;
  }

  /** The column of a stored attribute, to build conditions with; not qualified by the table. */
  public static Field<Object> column(Attribute<?> attribute) {
    Field<Object> column = DSL.field(DSL.name(attribute.column())).coerce(Object.class);
    return attribute.unwritten() instanceof Boolean flag
        ? DSL.coalesce(column, DSL.inline((Object) flag))
        : column;
  }

  /** The column of a text attribute. */
  public static Field<String> text(Attribute<?> attribute) {
    return DSL.field(DSL.name(attribute.column()), SQLDataType.VARCHAR);
  }

  /** The column of a Boolean attribute. */
  public static Field<Boolean> bool(Attribute<?> attribute) {
    return DSL.field(DSL.name(attribute.column()), SQLDataType.BOOLEAN);
  }

  /** The table of a type. */
  public static Table<?> table(ResourceType type) {
    return DSL.table(DSL.name(type.table()));
  }

  /** The condition that the row has this identifier. */
  public static Condition id(String id) {
    return text(Standard.ID).eq(id);
  }

  /** The condition that the row belongs to the context's project. */
  public static Condition ownedBy(RequestContext context) {
    String project = context.projectId();
    return project == null ? DSL.falseCondition() : text(Standard.PROJECT_ID).eq(project);
  }

  /** The row of that identifier. */
  public Optional<Resource> find(ResourceType type, String id) {
    ResourceDefinition definition = catalog.definition(type);
    RowMapping mapping = RowMapping.of(definition, transaction.dsl());
    return query(mapping, mapping.selectById(), List.of(id)).stream().findFirst();
  }

  /** The rows whose attribute has the value, in no order. */
  public List<Resource> list(ResourceType type, Attribute<?> attribute, Object value) {
    RowMapping mapping = RowMapping.of(catalog.definition(type), transaction.dsl());
    return query(mapping, mapping.selectBy(attribute), List.of(value));
  }

  /** The rows that satisfy a condition, in no order. */
  public List<Resource> list(ResourceType type, Condition condition) {
    RowMapping mapping = RowMapping.of(catalog.definition(type), transaction.dsl());
    return run(
        mapping, transaction.dsl().select(mapping.fields()).from(table(type)).where(condition));
  }

  /**
   * The page of rows that a query asks for, among those that satisfy a condition.
   *
   * @param parts takes the page part by part, in order
   */
  public void list(
      ResourceType type, ListQuery query, Condition visibility, Consumer<List<Resource>> parts) {
    RowMapping mapping = RowMapping.of(catalog.definition(type), transaction.dsl());
    List<ListQuery.Sort> keys = Paging.keys(query);
    Condition where = query.where().and(visibility);
    Resource marker = query.marker();
    if (marker != null) {
      where = where.and(Paging.after(keys, marker, query.reverse()));
    }
    List<SortField<?>> order = Paging.order(keys, query.reverse());
    var select =
        transaction.dsl().select(mapping.fields()).from(table(type)).where(where).orderBy(order);
    Query page = query.limit() > 0 ? select.limit(query.limit()) : select;
    if (query.reverse()) {
      parts.accept(run(mapping, page).reversed());
    } else {
      query(mapping, page.getSQL(), page.getBindValues(), parts);
    }
  }

  /** Whether any row satisfies a condition. */
  public boolean exists(ResourceType type, Condition condition) {
    return transaction.dsl().fetchExists(table(type), condition);
  }

  /** How many rows satisfy a condition. */
  public int count(ResourceType type, Condition condition) {
    return transaction.dsl().fetchCount(table(type), condition);
  }

  /** Adds a row; unset values become null. */
  void insert(Resource row) {
    RowMapping mapping = RowMapping.of(row.definition(), transaction.dsl());
    List<@Nullable Object> values = new ArrayList<>();
    for (int index : mapping.indexes()) {
      Object raw = row.raw(index);
      values.add(!Resource.isSet(raw) ? null : mapping.toColumn(index, raw));
    }
    execute(mapping.insert(), values, mapping.kinds());
  }

  /**
   * Writes the columns that differ. Where the type counts revisions a row that somebody else
   * changed meanwhile starts the transaction anew.
   */
  void update(Resource before, Resource after) {
    RowMapping mapping = RowMapping.of(after.definition(), transaction.dsl());
    List<@Nullable Object> values = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int index : mapping.indexes()) {
      Object raw = after.raw(index);
      if (Resource.isSet(raw) && !Objects.equals(raw, before.raw(index))) {
        columns.add(mapping.columnName(index));
        values.add(mapping.toColumn(index, raw));
        kinds.add(mapping.kind(index));
      }
    }
    if (columns.isEmpty()) {
      return;
    }
    values.add(before.id());
    kinds.add(Kind.STRING);
    Long revision = before.find(Standard.REVISION_NUMBER);
    if (revision != null) {
      values.add(revision);
      kinds.add(Kind.INTEGER);
    }
    if (execute(mapping.update(columns, revision != null), values, kinds) == 0) {
      throw new RetryTransaction(
          new IllegalStateException("another request keeps changing " + after));
    }
  }

  /** Removes the row; says how many there were. */
  int delete(ResourceType type, String id) {
    return transaction.dsl().deleteFrom(table(type)).where(id(id)).execute();
  }

  private List<Resource> run(RowMapping mapping, Query select) {
    return query(mapping, select.getSQL(), select.getBindValues());
  }

  private List<Resource> query(RowMapping mapping, String sql, List<?> values) {
    List<Resource> all = new ArrayList<>();
    query(mapping, sql, values, all::addAll);
    return all;
  }

  private void query(
      RowMapping mapping, String sql, List<?> values, Consumer<List<Resource>> parts) {
    try (PreparedStatement statement = transaction.connection().prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet results = statement.executeQuery()) {
        read(mapping, results, parts);
      }
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }

  private static void read(RowMapping mapping, ResultSet results, Consumer<List<Resource>> parts)
      throws SQLException {
    List<Resource> part = new ArrayList<>();
    while (results.next()) {
      if (part.size() == PART) {
        parts.accept(part);
        part = new ArrayList<>();
      }
      part.add(mapping.read(results));
    }
    parts.accept(part);
  }

  private int execute(String sql, List<@Nullable Object> values, List<Kind> kinds) {
    try (PreparedStatement statement = transaction.connection().prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        bind(statement, i + 1, kinds.get(i), values.get(i));
      }
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }

  private static void bind(
      PreparedStatement statement, int index, Kind kind, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null ->
          statement.setNull(
              index,
              switch (kind) {
                case STRING, JSON -> Types.VARCHAR;
                case INTEGER -> Types.BIGINT;
                case BOOLEAN -> Types.BOOLEAN;
              });
      case Boolean b -> statement.setBoolean(index, b);
      case Long n -> statement.setLong(index, n);
      default -> statement.setString(index, value.toString());
    }
  }
}
