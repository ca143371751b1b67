package org.midonet.neutron.quota;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Usage;
import org.midonet.neutron.store.Dialect;
import org.midonet.neutron.store.Transaction;

/**
 * One row for each project and resource: how many there are, and the limit if an administrator set
 * one. Stateless.
 */
final class QuotaTable {
  private static final Table<?> TABLE = DSL.table(DSL.name("quotas"));
  private static final Field<String> PROJECT =
      DSL.field(DSL.name("project_id"), SQLDataType.VARCHAR);
  private static final Field<String> RESOURCE =
      DSL.field(DSL.name("resource"), SQLDataType.VARCHAR);
  private static final Field<Long> IN_USE = DSL.field(DSL.name("in_use"), SQLDataType.BIGINT);
  private static final Field<Long> LIMIT = DSL.field(DSL.name("quota_limit"), SQLDataType.BIGINT);

  private static final String INSERT =
      "insert into quotas (project_id, resource, in_use) values (?, ?, ?) ";
  private static final String ADD =
      INSERT
          + "on conflict (project_id, resource) do update"
          + " set in_use = quotas.in_use + excluded.in_use returning in_use, quota_limit";
  private static final String ADD_MARIADB =
      INSERT
          + "on duplicate key update in_use = in_use + values(in_use)"
          + " returning in_use, quota_limit";

  /**
   * A row.
   *
   * @param limit null where the default holds
   */
  record Row(String project, String resource, long inUse, @Nullable Long limit) {}

  private QuotaTable() {}

  /** Adds to a usage and returns the row as it is then, locked until the commit. */
  static Row add(Session session, Usage usage, long more) {
    Transaction transaction = session.transaction();
    String sql = transaction.dialect() == Dialect.MARIADB ? ADD_MARIADB : ADD;
    try (PreparedStatement statement = transaction.connection().prepareStatement(sql)) {
      statement.setString(1, usage.project());
      statement.setString(2, usage.resource());
      statement.setLong(3, more);
      try (ResultSet results = statement.executeQuery()) {
        if (!results.next()) {
          throw new IllegalStateException("no row came back for " + usage);
        }
        long inUse = results.getLong(1);
        long limit = results.getLong(2);
        return new Row(usage.project(), usage.resource(), inUse, results.wasNull() ? null : limit);
      }
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }

  /** All rows of a project. */
  static List<Row> of(Session session, String project) {
    return rows(session, PROJECT.eq(project));
  }

  /** All rows with a limit of their own. */
  static List<Row> limited(Session session) {
    return rows(session, LIMIT.isNotNull());
  }

  private static List<Row> rows(Session session, Condition condition) {
    return session
        .transaction()
        .dsl()
        .select(PROJECT, RESOURCE, IN_USE, LIMIT)
        .from(TABLE)
        .where(condition)
        .orderBy(PROJECT, RESOURCE)
        .fetch(r -> new Row(r.value1(), r.value2(), r.value3(), r.value4()));
  }

  /** Sets a limit. */
  static void limit(Session session, Usage usage, long limit) {
    add(session, usage, 0);
    session
        .transaction()
        .dsl()
        .update(TABLE)
        .set(LIMIT, limit)
        .where(PROJECT.eq(usage.project()))
        .and(RESOURCE.eq(usage.resource()))
        .execute();
  }

  /** Takes all limits of a project back; says whether there were any. */
  static boolean reset(Session session, String project) {
    return session
            .transaction()
            .dsl()
            .update(TABLE)
            .setNull(LIMIT)
            .where(PROJECT.eq(project))
            .and(LIMIT.isNotNull())
            .execute()
        > 0;
  }
}
