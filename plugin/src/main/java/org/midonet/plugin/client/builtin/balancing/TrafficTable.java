package org.midonet.plugin.client.builtin.balancing;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.loadbalancer.Pools;
import org.midonet.neutron.service.Session;
import org.midonet.plugin.loadbalancer.PoolStatistics.Traffic;

/** The last known counts of hosts, so that they outlive these; stateless. */
final class TrafficTable {
  private static final Table<?> TABLE = DSL.table(DSL.name("pool_traffic"));
  private static final Field<String> POOL = text("pool_id");
  private static final Field<String> HOST = text("host_id");
  private static final Field<String> EPOCH = text("epoch");
  private static final Field<Long> IN = number("bytes_in");
  private static final Field<Long> OUT = number("bytes_out");
  private static final Field<Long> CONNECTIONS = number("total_connections");

  private TrafficTable() {}

  private static Field<String> text(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }

  private static Field<Long> number(String name) {
    return DSL.field(DSL.name(name), SQLDataType.BIGINT);
  }

  /** Writes counts down; those of pools that are gone are forgotten. */
  static void keep(Session session, Collection<Counted> counts) {
    for (Counted count : counts) {
      if (update(session, count) == 0 && hasPool(session, count.pool())) {
        insert(session, count);
      }
    }
  }

  private static boolean hasPool(Session session, UUID pool) {
    return session.tables().find(Pools.TYPE, pool.toString()).isPresent();
  }

  private static int update(Session session, Counted count) {
    return dsl(session)
        .update(TABLE)
        .set(IN, count.traffic().bytesIn())
        .set(OUT, count.traffic().bytesOut())
        .set(CONNECTIONS, count.traffic().totalConnections())
        .where(is(count))
        .execute();
  }

  private static void insert(Session session, Counted count) {
    dsl(session)
        .insertInto(TABLE, POOL, HOST, EPOCH, IN, OUT, CONNECTIONS)
        .values(
            count.pool().toString(),
            count.host().toString(),
            count.epoch(),
            count.traffic().bytesIn(),
            count.traffic().bytesOut(),
            count.traffic().totalConnections())
        .execute();
  }

  /** What hosts counted of a pool, but for counts that go on. */
  static Traffic except(Session session, UUID pool, Set<Counted.Key> live) {
    List<Counted> kept =
        dsl(session)
            .select(HOST, EPOCH, IN, OUT, CONNECTIONS)
            .from(TABLE)
            .where(POOL.eq(pool.toString()))
            .fetch(row ->
                new Counted(
                    pool,
                    UUID.fromString(row.value1()),
                    row.value2(),
                    new Traffic(row.value3(), row.value4(), 0, row.value5())));
    return kept.stream()
        .filter(count -> !live.contains(count.key()))
        .map(Counted::traffic)
        .reduce(Traffic.NOTHING, Traffic::plus);
  }

  private static Condition is(Counted count) {
    return POOL.eq(count.pool().toString())
        .and(HOST.eq(count.host().toString()))
        .and(EPOCH.eq(count.epoch()));
  }

  private static DSLContext dsl(Session session) {
    return session.transaction().dsl();
  }
}
