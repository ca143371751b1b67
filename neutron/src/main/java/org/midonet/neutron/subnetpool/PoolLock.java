package org.midonet.neutron.subnetpool;

import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.store.RetryTransaction;

/**
 * Has requests that take prefixes of one pool, or change the pools of one scope, follow each other:
 * each counts up a column of the row, so of two that read the same count one starts anew. Neutron
 * does the same with a random value. Stateless.
 */
public final class PoolLock {
  private static final Field<Long> ALLOCATIONS =
      DSL.field(DSL.name("allocations"), SQLDataType.BIGINT);

  private PoolLock() {}

  /** Locks a subnet pool until the end of the transaction. */
  static void lock(Session session, String poolId) {
    lock(session, Tables.table(SubnetPools.TYPE), poolId);
  }

  /** Locks a row of a table that has the column {@code allocations}. */
  public static void lock(Session session, Table<?> table, String id) {
    var dsl = session.transaction().dsl();
    Long count = dsl.select(ALLOCATIONS).from(table).where(Tables.id(id)).fetchOne(ALLOCATIONS);
    if (count == null) {
      throw gone(id);
    }
    int changed =
        dsl.update(table)
            .set(ALLOCATIONS, count + 1)
            .where(Tables.id(id))
            .and(ALLOCATIONS.eq(count))
            .execute();
    if (changed == 0) {
      throw gone(id);
    }
  }

  /** Begun anew, the request learns whether the row is there and answers accordingly. */
  private static RetryTransaction gone(String id) {
    return new RetryTransaction(
        new IllegalStateException("other requests keep changing what is taken from " + id));
  }
}
