package org.midonet.neutron.securitygroup;

import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ListQuery;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.packets.Cidr;

/** The rules about security group rules; stateless. */
final class RuleService implements ResourceService {
  @Override
  public ResourceType type() {
    return SecurityGroupRules.TYPE;
  }

  @Override
  public void precreate(Session session, List<Resource> inputs) {
    Resource first = inputs.getFirst();
    for (Resource input : inputs) {
      if (input.differs(first, SecurityGroupRules.GROUP_ID)) {
        throw new NeutronException(
            400,
            "SecurityGroupNotSingleGroupRules",
            "Only allowed to update rules for one security profile at a time");
      }
      if (!input.projectId().equals(first.projectId())) {
        throw new NeutronException(
            400,
            "SecurityGroupRulesNotSingleTenant",
            "Multiple tenant_ids in bulk security group rule create not allowed");
      }
    }
    List<String> keys = inputs.stream().map(RuleChecks::canonical).map(RuleKey::of).toList();
    if (keys.stream().distinct().count() < keys.size()) {
      throw NeutronException.conflict(
          "DuplicateSecurityGroupRuleInPost", "Duplicate Security Group Rule in POST.");
    }
  }

  @Override
  public Resource create(Session session, Resource input) {
    Resource rule = RuleChecks.canonical(input);
    RuleChecks.check(rule);
    String remote = rule.find(SecurityGroupRules.REMOTE_GROUP_ID);
    if (remote != null) {
      group(session, remote, rule.projectId());
    }
    Resource group = group(session, rule.get(SecurityGroupRules.GROUP_ID), rule.projectId());
    refuseDuplicate(session, rule);
    Resource stored = session.insert(rule);
    KnownRules.of(session).add(stored);
    session.touch(group);
    return stored;
  }

  private static Resource group(Session session, String id, String project) {
    return session
        .tables()
        .find(SecurityGroups.TYPE, id)
        .filter(found -> PortGroups.usable(session, found, project))
        .orElseThrow(() -> SecurityGroups.TYPE.notFound(id));
  }

  private static void refuseDuplicate(Session session, Resource rule) {
    String same = KnownRules.of(session).same(session, rule);
    if (same != null) {
      throw NeutronException.conflict(
          "SecurityGroupRuleExists",
          "Security group rule already exists. Rule id is " + same + ".");
    }
  }

  @Override
  public void delete(Session session, Resource current) {
    session.remove(current);
    KnownRules.of(session).forget(current.get(SecurityGroupRules.GROUP_ID));
    session.touch(SecurityGroups.TYPE, current.get(SecurityGroupRules.GROUP_ID));
  }

  @Override
  public boolean lacks(Session session, ListQuery query) {
    String project = SecurityGroupService.listed(session.context(), query);
    return !project.isEmpty() && DefaultGroups.find(session, project).isEmpty();
  }

  @Override
  public void supply(Session session, ListQuery query) {
    DefaultGroups.ensure(session, SecurityGroupService.listed(session.context(), query));
  }

  /** Who owns a group sees its rules, whoever made them. */
  @Override
  public Condition sharing(RequestContext context) {
    return Tables.text(SecurityGroupRules.GROUP_ID)
        .in(
            DSL.select(DSL.field(DSL.name("id"), SQLDataType.VARCHAR))
                .from(Tables.table(SecurityGroups.TYPE))
                .where(Tables.ownedBy(context)));
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    for (Resource.Builder row : rows) {
      Optional<String> prefix =
          Optional.ofNullable(row.raw(SecurityGroupRules.REMOTE_IP_PREFIX)).map(String::valueOf);
      row.set(
          SecurityGroupRules.NORMALIZED_CIDR,
          prefix.flatMap(Cidr::tryParse).map(Cidr::toString).orElse(null));
      row.set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID));
    }
  }
}
