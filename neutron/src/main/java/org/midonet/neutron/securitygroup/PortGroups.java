package org.midonet.neutron.securitygroup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.port.PortSecurity;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.Filter;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The security groups of ports; stateless. */
public final class PortGroups implements Hook {
  private static final Table<?> TABLE = DSL.table(DSL.name("port_security_groups"));
  private static final Field<String> PORT = DSL.field(DSL.name("port_id"), SQLDataType.VARCHAR);
  private static final Field<String> GROUP =
      DSL.field(DSL.name("security_group_id"), SQLDataType.VARCHAR);

  private static final Filter MEMBERS =
      (context, groups) ->
          Tables.text(Standard.ID).in(DSL.select(PORT).from(TABLE).where(GROUP.in(groups)));

  /** The groups of a port; by default the project's default group. */
  public static final Attribute<List<String>> SECURITY_GROUPS =
      Attribute.of("security_groups", ValueType.STRINGS)
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(Validators.orNone(ListValidators::uuidList))
          .convert(Converters::noneToEmptyList)
          .filterable(MEMBERS)
          .build();

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    List<String> asked = input.get(SECURITY_GROUPS, List.of());
    if (!PortSecurity.enabled(input)) {
      if (!asked.isEmpty()) {
        throw new NeutronException(
            400,
            "PortSecurityAndIPRequiredForSecurityGroups",
            "Port security must be enabled and port must have an IP address in order to use"
                + " security groups.");
      }
      return input.with(SECURITY_GROUPS, List.of());
    }
    if (PortSecurity.trusted(input)) {
      return input.with(SECURITY_GROUPS, List.of());
    }
    if (!input.has(SECURITY_GROUPS)) {
      return input.with(
          SECURITY_GROUPS,
          DefaultGroups.ensure(session, input.projectId()).map(List::of).orElse(List.of()));
    }
    return input.with(SECURITY_GROUPS, known(session, input, asked));
  }

  @Override
  public void created(Session session, Resource port) {
    for (String group : port.get(SECURITY_GROUPS, List.of())) {
      bind(session, port, group);
    }
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    Resource prepared = changes;
    if (changes.has(SECURITY_GROUPS)) {
      List<String> asked = changes.get(SECURITY_GROUPS, List.of());
      boolean same = Set.copyOf(asked).equals(Set.copyOf(current.get(SECURITY_GROUPS, List.of())));
      prepared =
          changes.with(SECURITY_GROUPS, same ? Resource.UNSET : known(session, current, asked));
    }
    Resource merged = current.merge(prepared);
    if (!PortSecurity.enabled(merged) && !merged.get(SECURITY_GROUPS, List.of()).isEmpty()) {
      throw NeutronException.conflict(
          "PortSecurityPortHasSecurityGroup",
          "Port has security group associated. Cannot disable port security or IP address until"
              + " security group is removed.");
    }
    return prepared;
  }

  @Override
  public void updated(Session session, Resource before, Resource after) {
    Set<String> had = new HashSet<>(before.get(SECURITY_GROUPS, List.of()));
    Set<String> has = new HashSet<>(after.get(SECURITY_GROUPS, List.of()));
    for (String group : had) {
      if (!has.contains(group)) {
        session
            .transaction()
            .dsl()
            .deleteFrom(TABLE)
            .where(PORT.eq(after.id()).and(GROUP.eq(group)))
            .execute();
      }
    }
    has.stream().filter(group -> !had.contains(group)).forEach(g -> bind(session, after, g));
  }

  private static void bind(Session session, Resource port, String group) {
    session
        .transaction()
        .update(
            "insert into port_security_groups (port_id, security_group_id) values (?, ?)",
            port.id(),
            group);
  }

  /** The groups asked for, each of which must exist and be the port's project's to use. */
  private static List<String> known(Session session, Resource port, List<String> asked) {
    Set<String> wanted = new LinkedHashSet<>(asked);
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<Resource> found =
        session.tables().list(SecurityGroups.TYPE, Tables.text(Standard.ID).in(wanted));
    Set<String> missing = new LinkedHashSet<>(wanted);
    Set<Boolean> kinds = new HashSet<>();
    for (Resource group : found) {
      if (usable(session, group, port.projectId())) {
        missing.remove(group.id());
        kinds.add(group.get(SecurityGroups.STATEFUL, true));
      }
    }
    if (!missing.isEmpty()) {
      throw SecurityGroups.TYPE.notFound(String.join(", ", missing));
    }
    if (kinds.size() > 1) {
      throw NeutronException.conflict(
          "SecurityGroupConflict",
          "Error Cannot apply both stateful and stateless security groups on the same port at the"
              + " same time while attempting the operation.");
    }
    return new ArrayList<>(wanted);
  }

  static boolean usable(Session session, Resource group, String project) {
    return session.context().isAdmin()
        || group.projectId().equals(project)
        || Sharing.sharedWith(
                session, "security_group", Sharing.SHARED, Sharing.OBJECT_ID.eq(group.id()))
            .contains(group.id());
  }

  /** Whether any port is in the group. */
  static boolean used(Session session, String group) {
    return session.transaction().dsl().fetchExists(TABLE, GROUP.eq(group));
  }
}
