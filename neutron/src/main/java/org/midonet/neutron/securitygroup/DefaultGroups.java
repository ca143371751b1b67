package org.midonet.neutron.securitygroup;

import java.util.Optional;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;

/** The default group of each project, made when it is first needed; stateless. */
public final class DefaultGroups {
  private static final Table<?> TABLE = DSL.table(DSL.name("default_security_groups"));
  private static final Field<String> PROJECT =
      DSL.field(DSL.name("project_id"), SQLDataType.VARCHAR);
  private static final Field<String> GROUP =
      DSL.field(DSL.name("security_group_id"), SQLDataType.VARCHAR);

  private DefaultGroups() {}

  /** The default group of the project, if it has one. */
  public static Optional<String> find(Session session, String project) {
    return session
        .transaction()
        .strings(
            "select security_group_id from default_security_groups where project_id = ?", project)
        .stream()
        .findFirst();
  }

  /**
   * The default group of the project, made now if it has none; nothing if the caller may not make
   * it.
   */
  public static Optional<String> ensure(Session session, String project) {
    Optional<String> present = find(session, project);
    boolean mayMake = session.context().isAdmin() || project.equals(session.context().projectId());
    return present.isPresent() || project.isEmpty() || !mayMake
        ? present
        : Optional.of(make(session, project));
  }

  private static String make(Session session, String project) {
    Resource input =
        session
            .draft(SecurityGroups.TYPE)
            .set(SecurityGroups.NAME, SecurityGroups.DEFAULT)
            .set(Standard.DESCRIPTION, "Default security group")
            .set(Standard.PROJECT_ID, project)
            .build();
    return session.elevated().create(SecurityGroups.TYPE, input).id();
  }

  /** Remembers a group as its project's default; a second one starts the transaction anew. */
  static void remember(Session session, Resource group) {
    session
        .transaction()
        .dsl()
        .insertInto(TABLE)
        .columns(PROJECT, GROUP)
        .values(group.projectId(), group.id())
        .execute();
  }
}
