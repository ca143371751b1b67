package org.midonet.neutron.firewall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/**
 * Which firewall is on which router, one at most, and which routers a firewall left without the
 * backend having said that it is off them. Stateless.
 */
final class FirewallRouters {
  private static final Table<?> TABLE = DSL.table(DSL.name("firewall_router_associations"));
  private static final Table<?> LEFT = DSL.table(DSL.name("firewall_routers_left"));
  private static final Field<String> FIREWALL = text("fw_id");
  private static final Field<String> ROUTER = text("router_id");

  private FirewallRouters() {}

  private static Field<String> text(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }

  /** The routers of a firewall. */
  static List<String> of(Session session, String firewall) {
    return all(session, List.of(firewall)).getOrDefault(firewall, List.of());
  }

  /** The routers of firewalls; those without routers are missing. */
  static Map<String, List<String>> all(Session session, Collection<String> firewalls) {
    return read(session, TABLE, firewalls);
  }

  /** The routers that the backend may still have the firewalls on; those without are missing. */
  static Map<String, List<String>> left(Session session, Collection<String> firewalls) {
    return read(session, LEFT, firewalls);
  }

  private static Map<String, List<String>> read(
      Session session, Table<?> table, Collection<String> firewalls) {
    Map<String, List<String>> routers = new HashMap<>();
    session
        .transaction()
        .dsl()
        .select(FIREWALL, ROUTER)
        .from(table)
        .where(FIREWALL.in(firewalls))
        .orderBy(ROUTER)
        .forEach(row ->
            routers.computeIfAbsent(row.value1(), id -> new ArrayList<>()).add(row.value2()));
    return routers;
  }

  /** The firewall on a router. */
  static Optional<String> firewallOn(Session session, String router) {
    return session
        .transaction()
        .dsl()
        .select(FIREWALL)
        .from(TABLE)
        .where(ROUTER.eq(router))
        .fetchOptional(FIREWALL);
  }

  /**
   * The routers on which a new firewall goes if the request names none: all of its project.
   *
   * @param firewall the input of the create
   */
  static List<String> ofProject(Session session, Resource firewall) {
    Condition own = Tables.text(Standard.PROJECT_ID).eq(firewall.projectId());
    return session.tables().list(Routers.TYPE, own).stream().map(Resource::id).sorted().toList();
  }

  /** Refuses routers that the caller cannot see, and those with another firewall. */
  static void check(Session session, List<String> routers, String firewall) {
    routers.forEach(id -> session.row(Routers.TYPE, id));
    List<String> taken =
        session
            .transaction()
            .dsl()
            .select(ROUTER)
            .from(TABLE)
            .where(ROUTER.in(routers))
            .and(FIREWALL.ne(firewall))
            .orderBy(ROUTER)
            .fetch(ROUTER);
    if (!taken.isEmpty()) {
      throw FirewallErrors.routersInUse(taken);
    }
  }

  /** Puts a firewall on these routers and no others. */
  static void set(Session session, String firewall, List<String> routers) {
    var dsl = session.transaction().dsl();
    List<String> leaving = new ArrayList<>(of(session, firewall));
    leaving.removeAll(routers);
    leaving.removeAll(left(session, List.of(firewall)).getOrDefault(firewall, List.of()));
    for (String router : leaving) {
      dsl.insertInto(LEFT, FIREWALL, ROUTER).values(firewall, router).execute();
    }
    dsl.deleteFrom(LEFT).where(FIREWALL.eq(firewall)).and(ROUTER.in(routers)).execute();
    dsl.deleteFrom(TABLE).where(FIREWALL.eq(firewall)).execute();
    for (String router : routers) {
      dsl.insertInto(TABLE, FIREWALL, ROUTER).values(firewall, router).execute();
    }
  }

  /** The backend has taken a firewall off the routers that it left. */
  static void forgetLeft(Session session, String firewall) {
    session.transaction().dsl().deleteFrom(LEFT).where(FIREWALL.eq(firewall)).execute();
  }
}
