package org.midonet.neutron.rbac;

import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;

/** The projects that use a security group, address scope or subnet pool of another; stateless. */
final class BoundProjects {
  private static final Field<String> PROJECT = column("project_id");

  private BoundProjects() {}

  /** Refuses to take a share back from a project that needs it. */
  static void refuseWhileBound(Session session, Resource policy, String target) {
    String type = policy.get(RbacPolicies.OBJECT_TYPE);
    String id = policy.get(RbacPolicies.OBJECT_ID);
    Set<String> targets = Sharing.targets(session, type, id, Sharing.SHARED);
    boolean everybody = target.equals(Sharing.EVERYBODY);
    if (!everybody && targets.contains(Sharing.EVERYBODY)) {
      return;
    }
    Set<String> bound = session.transaction().dsl().fetch(users(type, id)).intoSet(PROJECT);
    boolean needed = everybody ? !targets.containsAll(bound) : bound.contains(target);
    if (needed) {
      throw RbacPolicies.inUse(id, "project_id=" + target);
    }
  }

  private static Select<Record1<String>> users(String type, String id) {
    return switch (type) {
      case "security_group" ->
          users(
              "ports",
              column("id")
                  .in(
                      DSL.select(column("port_id"))
                          .from(DSL.table(DSL.name("port_security_groups")))
                          .where(column("security_group_id").eq(id))));
      case "address_scope" -> users("subnetpools", column("address_scope_id").eq(id));
      case "subnetpool" -> users("subnets", column("subnetpool_id").eq(id));
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static Select<Record1<String>> users(String table, Condition condition) {
    return DSL.selectDistinct(PROJECT).from(DSL.table(DSL.name(table))).where(condition);
  }

  /** A pool can be shared with those only who may use its address scope. */
  static void refusePoolWithoutScope(Session session, Resource pool, String target) {
    if (!(pool.raw("address_scope_id") instanceof String scope)) {
      return;
    }
    Set<String> targets = Sharing.targets(session, "address_scope", scope, Sharing.SHARED);
    if (!targets.contains(target) && !targets.contains(Sharing.EVERYBODY)) {
      throw NeutronException.invalidInput(
          "Failed to create RBAC policy on object "
              + pool.id()
              + " because target project doesn't have access to associated address scope.");
    }
  }

  private static Field<String> column(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }
}
