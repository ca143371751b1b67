package org.midonet.neutron.rbac;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.resource.Filter;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The RBAC entries as rows: object type, object, action, target project. Stateless. */
public final class Sharing {
  /** Targets may use the object. */
  public static final String SHARED = "access_as_shared";

  /** Targets may use the network as an external one. */
  public static final String EXTERNAL = "access_as_external";

  /** The target that is every project. */
  public static final String EVERYBODY = "*";

  /** The shared object. */
  public static final Field<String> OBJECT_ID = column("object_id");

  private static final String COUNTED = "rbac_policy";
  private static final Table<?> ENTRIES = DSL.table(DSL.name("rbac_entries"));
  private static final Field<String> ID = column("id");
  private static final Field<String> PROJECT = column("project_id");
  private static final Field<String> OBJECT_TYPE = column("object_type");
  private static final Field<String> ACTION = column("action");
  private static final Field<String> TARGET = column("target_project");

  private Sharing() {}

  /** The objects that somebody lets the context's project use, as a subquery. */
  public static Select<Record1<String>> objects(
      String objectType, RequestContext context, String... actions) {
    return DSL.select(OBJECT_ID)
        .from(ENTRIES)
        .where(OBJECT_TYPE.eq(objectType))
        .and(ACTION.in(actions))
        .and(targets(context));
  }

  /** The filter of a {@code shared} attribute. */
  public static Filter filter(String objectType) {
    return (context, values) -> {
      Condition shared = Tables.text(Standard.ID).in(objects(objectType, context, SHARED));
      Set<Boolean> wanted = new HashSet<>();
      values.forEach(v -> wanted.add(v.toLowerCase(Locale.ROOT).matches("true|1")));
      if (wanted.size() > 1) {
        return DSL.noCondition();
      }
      return wanted.contains(true) ? shared : shared.not();
    };
  }

  /**
   * Which of the objects that satisfy the condition the context's project may use by that action.
   */
  public static Set<String> sharedWith(
      Session session, String objectType, String action, Condition condition) {
    return session
        .transaction()
        .dsl()
        .select(OBJECT_ID)
        .from(ENTRIES)
        .where(OBJECT_TYPE.eq(objectType))
        .and(ACTION.eq(action))
        .and(targets(session.context()))
        .and(condition)
        .fetchSet(OBJECT_ID);
  }

  private static Condition targets(RequestContext context) {
    String project = context.projectId();
    return project == null ? TARGET.eq(EVERYBODY) : TARGET.in(List.of(EVERYBODY, project));
  }

  /** Whom the object is shared with by that action, {@link #EVERYBODY} included. */
  public static Set<String> targets(Session session, String objectType, String id, String action) {
    return session
        .transaction()
        .dsl()
        .select(TARGET)
        .from(ENTRIES)
        .where(entry(objectType, id, action))
        .fetchSet(TARGET);
  }

  /** Whether the entry is there. */
  public static boolean has(
      Session session, String objectType, String id, String action, String target) {
    return session
        .transaction()
        .dsl()
        .fetchExists(ENTRIES, entry(objectType, id, action).and(TARGET.eq(target)));
  }

  /** Adds an entry that belongs to the object's project. */
  public static void add(
      Session session, String objectType, Resource object, String action, String target) {
    session
        .transaction()
        .dsl()
        .insertInto(ENTRIES)
        .columns(ID, PROJECT, OBJECT_TYPE, OBJECT_ID, ACTION, TARGET)
        .values(ValueType.newId(), object.projectId(), objectType, object.id(), action, target)
        .execute();
    session.count(object.projectId(), COUNTED, 1);
  }

  /** Removes an entry. */
  public static void remove(
      Session session, String objectType, String id, String action, String target) {
    delete(session, entry(objectType, id, action).and(TARGET.eq(target)));
  }

  /** Removes all entries of an action. */
  public static void removeAction(Session session, String objectType, String id, String action) {
    delete(session, entry(objectType, id, action));
  }

  /** Removes all entries of an object that goes. */
  public static void removeAll(Session session, String objectType, String id) {
    delete(session, OBJECT_TYPE.eq(objectType).and(OBJECT_ID.eq(id)));
  }

  /** Entries count among the RBAC policies of whom they belong to. */
  private static void delete(Session session, Condition condition) {
    DSLContext dsl = session.transaction().dsl();
    List<String> owners = dsl.select(PROJECT).from(ENTRIES).where(condition).fetch(PROJECT);
    if (!owners.isEmpty()) {
      dsl.deleteFrom(ENTRIES).where(condition).execute();
      owners.forEach(owner -> session.count(owner, COUNTED, -1));
    }
  }

  private static Condition entry(String objectType, String id, String action) {
    return OBJECT_TYPE.eq(objectType).and(OBJECT_ID.eq(id)).and(ACTION.eq(action));
  }

  private static Field<String> column(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }
}
