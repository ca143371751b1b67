package org.midonet.neutron.firewall;

import java.util.List;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The rules of firewall rules; stateless. */
final class RuleService implements ResourceService {
  @Override
  public ResourceType type() {
    return FirewallRules.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    return session.insert(
        checked(input.with(FirewallRules.POLICY_ID, null).with(FirewallRules.POSITION, null)));
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    String policy = current.find(FirewallRules.POLICY_ID);
    if (policy != null) {
      refuseHiding(session, current, changes, policy);
      PolicyUse.begin(session, policy);
    }
    Resource stored = session.store(current, checked(current.merge(changes)));
    if (policy != null) {
      session
          .tables()
          .find(FirewallPolicies.TYPE, policy)
          .ifPresent(row ->
              session.store(
                  row,
                  session
                      .changes(FirewallPolicies.TYPE)
                      .set(FirewallPolicies.AUDITED, false)
                      .build()));
      PolicyUse.end(session, policy);
    }
    return stored;
  }

  /** A policy of somebody else's, or a shared one, keeps its rules shared. */
  private static void refuseHiding(
      Session session, Resource rule, Resource changes, String policyId) {
    if (!changes.has(FirewallRules.SHARED) || changes.get(FirewallRules.SHARED)) {
      return;
    }
    session
        .tables()
        .find(FirewallPolicies.TYPE, policyId)
        .filter(policy ->
            policy.get(FirewallPolicies.SHARED) || !policy.projectId().equals(rule.projectId()))
        .ifPresent(policy -> {
          throw FirewallErrors.ruleInUse(rule.id());
        });
  }

  @Override
  public void delete(Session session, Resource current) {
    if (current.find(FirewallRules.POLICY_ID) != null) {
      throw FirewallErrors.ruleInUse(current.id());
    }
    session.remove(current);
  }

  /** The rule with its ports as they are kept; refused if its parts do not go together. */
  private static Resource checked(Resource rule) {
    boolean ports =
        rule.find(FirewallRules.SOURCE_PORT) != null
            || rule.find(FirewallRules.DESTINATION_PORT) != null;
    if (ports) {
      switch (rule.find(FirewallRules.PROTOCOL)) {
        case null -> throw FirewallErrors.portsWithoutProtocol();
        case "tcp", "udp", "6", "17" -> {
          // These have ports.
        }
        default -> throw FirewallErrors.portsOfIcmp();
      }
    }
    checkVersion(rule, rule.find(FirewallRules.SOURCE_IP));
    checkVersion(rule, rule.find(FirewallRules.DESTINATION_IP));
    return rule.toBuilder()
        .set(FirewallRules.SOURCE_PORT, PortText.canonical(rule.find(FirewallRules.SOURCE_PORT)))
        .set(
            FirewallRules.DESTINATION_PORT,
            PortText.canonical(rule.find(FirewallRules.DESTINATION_PORT)))
        .build();
  }

  private static void checkVersion(Resource rule, @Nullable String address) {
    if (address != null
        && (address.indexOf(':') >= 0) != (rule.get(FirewallRules.IP_VERSION) == 6)) {
      throw FirewallErrors.addressVersion();
    }
  }

  @Override
  public Condition sharing(RequestContext context) {
    return Tables.bool(FirewallRules.SHARED).isTrue();
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    rows.forEach(row -> row.set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID)));
  }
}
