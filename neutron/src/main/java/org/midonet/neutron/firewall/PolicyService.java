package org.midonet.neutron.firewall;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The rules of firewall policies; stateless. */
final class PolicyService implements ResourceService {
  @Override
  public ResourceType type() {
    return FirewallPolicies.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    Resource policy = session.insert(input);
    List<String> rules = input.get(FirewallPolicies.RULES, List.of());
    checkRules(session, policy, rules);
    setRules(session, policy.id(), rules);
    return policy;
  }

  /** New rules, and an update that is silent about it, end what an audit said. */
  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    PolicyUse.begin(session, current.id());
    Resource wanted = current.merge(changes);
    boolean shared = wanted.get(FirewallPolicies.SHARED);
    if (changes.has(FirewallPolicies.SHARED) && !shared) {
      PolicyUse.refuseOthers(session, current);
    }
    if (changes.has(FirewallPolicies.RULES)) {
      List<String> rules = changes.get(FirewallPolicies.RULES);
      checkRules(session, wanted, rules);
      setRules(session, current.id(), rules);
    } else if (changes.has(FirewallPolicies.SHARED) && shared) {
      for (Resource rule : FirewallPolicies.rules(session, current.id())) {
        if (!rule.get(FirewallRules.SHARED)) {
          throw FirewallErrors.policySharing(current.id(), rule.id());
        }
      }
    }
    Resource stored =
        session.store(
            current,
            changes.has(FirewallPolicies.AUDITED)
                ? changes
                : changes.with(FirewallPolicies.AUDITED, false));
    PolicyUse.end(session, current.id());
    return stored;
  }

  /** Its rules stay, without a policy. */
  @Override
  public void delete(Session session, Resource current) {
    if (PolicyUse.isUsed(session, current.id())) {
      throw FirewallErrors.policyInUse(current.id());
    }
    setRules(session, current.id(), List.of());
    session.remove(current);
  }

  /**
   * Refuses a list that names a rule that the caller cannot see, that another policy has, or that
   * is not to be shared.
   *
   * @param policy as it will be
   */
  private static void checkRules(Session session, Resource policy, List<String> ids) {
    List<Resource> rules = ids.stream().map(id -> session.row(FirewallRules.TYPE, id)).toList();
    for (Resource rule : rules) {
      String user = rule.find(FirewallRules.POLICY_ID);
      if (user != null && !user.equals(policy.id())) {
        throw FirewallErrors.ruleInUse(rule.id());
      }
      if (policy.get(FirewallPolicies.SHARED) && !rule.get(FirewallRules.SHARED)) {
        throw FirewallErrors.ruleSharing(policy.id(), rule.id());
      }
    }
    rules.forEach(rule -> checkOwner(rule, policy));
  }

  static void checkOwner(Resource rule, Resource policy) {
    if (!rule.get(FirewallRules.SHARED) && !rule.projectId().equals(policy.projectId())) {
      throw FirewallErrors.ruleConflict(rule.id(), rule.projectId());
    }
  }

  /** Makes these the rules of a policy, in this order. */
  static void setRules(Session session, String policy, List<String> ids) {
    Set<String> kept = new HashSet<>(ids);
    for (Resource rule : FirewallPolicies.rules(session, policy)) {
      if (!kept.contains(rule.id())) {
        place(session, rule, null, null);
      }
    }
    long position = 0;
    for (String id : ids) {
      position++;
      place(session, session.elevated().row(FirewallRules.TYPE, id), policy, position);
    }
  }

  private static void place(
      Session session, Resource rule, @Nullable String policy, @Nullable Long position) {
    session.store(
        rule,
        session
            .changes(FirewallRules.TYPE)
            .set(FirewallRules.POLICY_ID, policy)
            .set(FirewallRules.POSITION, position)
            .build());
  }

  @Override
  public Condition sharing(RequestContext context) {
    return Tables.bool(FirewallPolicies.SHARED).isTrue();
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    for (Resource.Builder row : rows) {
      row.set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID));
      row.set(
          FirewallPolicies.RULES,
          FirewallPolicies.rules(session, String.valueOf(row.raw(Standard.ID))).stream()
              .map(Resource::id)
              .toList());
    }
  }
}
