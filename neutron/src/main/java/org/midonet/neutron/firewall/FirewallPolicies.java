package org.midonet.neutron.firewall;

import java.util.Comparator;
import java.util.List;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Session;

/** The firewall policy, which puts rules in order (plugin specification C.5); stateless. */
final class FirewallPolicies {
  /** Whether other projects may use it. */
  static final Attribute<Boolean> SHARED = FirewallRules.SHARED;

  /** The ids of its rules, the first to be tried first. */
  static final Attribute<List<String>> RULES =
      Attribute.derived("firewall_rules", ValueType.STRINGS)
          .onCreate(null)
          .onUpdate()
          .convert(Converters::noneToEmptyList)
          .validate(ListValidators::uuidList)
          .build();

  /** Whether somebody has looked at it since its rules changed. */
  static final Attribute<Boolean> AUDITED =
      Attribute.bool("audited").onCreate(false).onUpdate().queryable().build();

  static final ResourceType TYPE =
      new ResourceType(
          "firewall_policy",
          "firewall_policies",
          "fw/firewall_policies",
          "firewall_policies",
          "Firewall Policy",
          "FirewallPolicyNotFound",
          List.of(
              Standard.ID,
              Standard.TENANT_ID,
              Standard.PROJECT_ID,
              Standard.NAME,
              FirewallRules.DESCRIPTION,
              SHARED,
              RULES,
              AUDITED));

  private FirewallPolicies() {}

  /** The rules of a policy in order. */
  static List<Resource> rules(Session session, String policy) {
    return session.tables().list(FirewallRules.TYPE, FirewallRules.POLICY_ID, policy).stream()
        .sorted(Comparator.comparing(rule -> rule.get(FirewallRules.POSITION, 0L)))
        .toList();
  }
}
