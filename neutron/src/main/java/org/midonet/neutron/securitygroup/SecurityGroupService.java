package org.midonet.neutron.securitygroup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ListQuery;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The rules about security groups; stateless. */
final class SecurityGroupService implements ResourceService {
  @Override
  public ResourceType type() {
    return SecurityGroups.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    boolean isDefault = input.get(SecurityGroups.NAME).equals(SecurityGroups.DEFAULT);
    if (!isDefault) {
      DefaultGroups.ensure(session, input.projectId());
    }
    Resource group = session.insert(input);
    if (isDefault) {
      DefaultGroups.remember(session, group);
    }
    for (String etherType : List.of("IPv4", "IPv6")) {
      if (isDefault) {
        insertRule(session, group, "ingress", etherType, group.id());
      }
      insertRule(session, group, "egress", etherType, null);
    }
    return group;
  }

  private static void insertRule(
      Session session,
      Resource group,
      String direction,
      String etherType,
      @Nullable String remoteGroup) {
    session.insert(
        session
            .draft(SecurityGroupRules.TYPE)
            .set(Standard.PROJECT_ID, group.projectId())
            .set(Standard.DESCRIPTION, null)
            .set(SecurityGroupRules.GROUP_ID, group.id())
            .set(SecurityGroupRules.DIRECTION, direction)
            .set(SecurityGroupRules.ETHERTYPE, etherType)
            .set(SecurityGroupRules.REMOTE_GROUP_ID, remoteGroup)
            .build());
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    if (changes.has(SecurityGroups.STATEFUL)
        && current.merge(changes).differs(current, SecurityGroups.STATEFUL)
        && PortGroups.used(session, current.id())) {
      throw inUse(current);
    }
    if (isDefault(current) && changes.has(SecurityGroups.NAME)) {
      throw NeutronException.conflict(
          "SecurityGroupCannotUpdateDefault", "Updating default security group not allowed.");
    }
    return session.store(current, changes);
  }

  @Override
  public void delete(Session session, Resource current) {
    if (PortGroups.used(session, current.id())) {
      throw inUse(current);
    }
    if (isDefault(current) && !session.context().isAdmin()) {
      throw NeutronException.conflict(
          "SecurityGroupCannotRemoveDefault",
          "Insufficient rights for removing default security group.");
    }
    Condition part =
        Tables.text(SecurityGroupRules.GROUP_ID)
            .eq(current.id())
            .or(Tables.text(SecurityGroupRules.REMOTE_GROUP_ID).eq(current.id()));
    session.tables().list(SecurityGroupRules.TYPE, part).forEach(session::remove);
    Sharing.removeAll(session, "security_group", current.id());
    session.remove(current);
  }

  private static boolean isDefault(Resource group) {
    return group.get(SecurityGroups.NAME, "").equals(SecurityGroups.DEFAULT);
  }

  private static NeutronException inUse(Resource group) {
    return NeutronException.conflict(
        "SecurityGroupInUse", "Security Group " + group.id() + " in use.");
  }

  /** A project that lists its groups finds its default group among them. */
  @Override
  public boolean lacks(Session session, ListQuery query) {
    String project = listed(session.context(), query);
    return !project.isEmpty() && DefaultGroups.find(session, project).isEmpty();
  }

  @Override
  public void supply(Session session, ListQuery query) {
    DefaultGroups.ensure(session, listed(session.context(), query));
  }

  static String listed(RequestContext context, ListQuery query) {
    List<String> named =
        query
            .filters()
            .getOrDefault(
                Standard.PROJECT_ID, query.filters().getOrDefault(Standard.TENANT_ID, List.of()));
    if (!named.isEmpty()) {
      boolean own = named.getFirst().equals(context.projectId());
      return own || context.isAdmin() ? named.getFirst() : "";
    }
    String project = context.projectId();
    return project == null ? "" : project;
  }

  @Override
  public Condition sharing(RequestContext context) {
    return Tables.text(Standard.ID).in(Sharing.objects("security_group", context, Sharing.SHARED));
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    Set<String> ids =
        rows.stream().map(r -> String.valueOf(r.raw(Standard.ID))).collect(Collectors.toSet());
    Map<String, List<Map<String, @Nullable Object>>> rules = new HashMap<>();
    Condition ofThese = Tables.text(SecurityGroupRules.GROUP_ID).in(ids);
    for (Resource rule : session.list(SecurityGroupRules.TYPE, ofThese)) {
      rules
          .computeIfAbsent(rule.get(SecurityGroupRules.GROUP_ID), id -> new ArrayList<>())
          .add(rule.toMap());
    }
    Set<String> shared =
        Sharing.sharedWith(session, "security_group", Sharing.SHARED, Sharing.OBJECT_ID.in(ids));
    for (Resource.Builder row : rows) {
      String id = String.valueOf(row.raw(Standard.ID));
      row.set(SecurityGroups.RULES, rules.getOrDefault(id, List.of()))
          .set(SecurityGroups.SHARED, shared.contains(id));
    }
  }
}
