package org.midonet.neutron.loadbalancer;

import static org.midonet.neutron.loadbalancer.Balancing.PENDING_CREATE;
import static org.midonet.neutron.loadbalancer.Balancing.PENDING_DELETE;
import static org.midonet.neutron.loadbalancer.Balancing.PENDING_UPDATE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.service.Session;

/** Which monitors watch which pools, and what became of telling the backend; stateless. */
final class PoolMonitors {
  private static final Table<?> TABLE = DSL.table(DSL.name("pool_monitor_associations"));
  private static final Field<String> POOL = text("pool_id");
  private static final Field<String> MONITOR = text("monitor_id");
  private static final Field<String> STATUS = text("status");
  private static final Field<String> DESCRIPTION = text("status_description");

  /** One monitor of one pool; immutable. */
  record Association(
      String pool, String monitor, String status, @Nullable String statusDescription) {

    boolean isGoing() {
      return status.equals(PENDING_DELETE);
    }

    boolean isPending() {
      return status.startsWith("PENDING_");
    }

    /** As a pool shows it. */
    Map<String, @Nullable Object> ofPool() {
      return shown("monitor_id", monitor);
    }

    /** As a monitor shows it. */
    Map<String, @Nullable Object> ofMonitor() {
      return shown("pool_id", pool);
    }

    private Map<String, @Nullable Object> shown(String key, String id) {
      Map<String, @Nullable Object> shown = new LinkedHashMap<>();
      shown.put(key, id);
      shown.put("status", status);
      shown.put("status_description", statusDescription);
      return shown;
    }
  }

  private PoolMonitors() {}

  private static Field<String> text(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }

  static List<Association> ofPools(Session session, Collection<String> pools) {
    return list(session, POOL.in(pools));
  }

  static List<Association> ofMonitors(Session session, Collection<String> monitors) {
    return list(session, MONITOR.in(monitors));
  }

  static List<Association> all(Session session) {
    return list(session, DSL.noCondition());
  }

  private static List<Association> list(Session session, Condition condition) {
    return session
        .transaction()
        .dsl()
        .select(POOL, MONITOR, STATUS, DESCRIPTION)
        .from(TABLE)
        .where(condition)
        .orderBy(POOL, MONITOR)
        .fetch(row -> new Association(row.value1(), row.value2(), row.value3(), row.value4()));
  }

  /** Whether any pool is watched by the monitor. */
  static boolean watches(Session session, String monitor) {
    return !ofMonitors(session, Set.of(monitor)).isEmpty();
  }

  /** Makes these the monitors of a pool; those that go stay until the backend has let go. */
  static void set(Session session, String pool, Collection<String> wanted) {
    DSLContext dsl = session.transaction().dsl();
    List<String> present = new ArrayList<>();
    for (Association known : ofPools(session, Set.of(pool))) {
      present.add(known.monitor());
      if (!wanted.contains(known.monitor())) {
        mark(session, of(pool, known.monitor()), PENDING_DELETE, null);
      } else if (known.isGoing()) {
        mark(session, of(pool, known.monitor()), PENDING_CREATE, null);
      }
    }
    for (String monitor : wanted) {
      if (!present.contains(monitor)) {
        dsl.insertInto(TABLE, POOL, MONITOR, STATUS)
            .values(pool, monitor, PENDING_CREATE)
            .execute();
      }
    }
  }

  /** The backend is about to hear of a change of the monitor. */
  static void monitorChanges(Session session, String monitor) {
    mark(session, MONITOR.eq(monitor).and(STATUS.ne(PENDING_DELETE)), PENDING_UPDATE, null);
  }

  static Condition of(String pool, String monitor) {
    return POOL.eq(pool).and(MONITOR.eq(monitor));
  }

  static Condition ofMonitor(String monitor) {
    return MONITOR.eq(monitor);
  }

  static void mark(
      Session session, Condition which, String status, @Nullable String statusDescription) {
    session
        .transaction()
        .dsl()
        .update(TABLE)
        .set(STATUS, status)
        .set(DESCRIPTION, statusDescription)
        .where(which)
        .execute();
  }

  static void remove(Session session, String pool, String monitor) {
    session.transaction().dsl().deleteFrom(TABLE).where(of(pool, monitor)).execute();
  }

  static void removeGoing(Session session) {
    session.transaction().dsl().deleteFrom(TABLE).where(isGoing()).execute();
  }

  static Condition isPending() {
    return STATUS.like("PENDING%");
  }

  static Condition isGoing() {
    return STATUS.eq(PENDING_DELETE);
  }
}
