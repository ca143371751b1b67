package org.midonet.cluster.core;

import org.midonet.topology.ObjectType;
import org.midonet.topology.QosPolicy;
import org.midonet.topology.QosPolicyBuilder;
import org.midonet.topology.QosRuleBandwidthLimit;
import org.midonet.topology.QosRuleBandwidthLimitBuilder;
import org.midonet.topology.QosRuleDscp;
import org.midonet.topology.QosRuleDscpBuilder;

/** QoS policies and their two kinds of rules as the API shows them; stateless. */
final class Qos {
  static final Resource<QosPolicy, QosPolicyBuilder> POLICIES =
      Resource.of(
          ObjectType.QOS_POLICY,
          "/qos_policies",
          "QOSPolicy",
          1,
          new Shape<QosPolicy, QosPolicyBuilder>()
              .shown("id", (policy, view) -> policy.id().toString())
              .field("name", Kind.TEXT, QosPolicy::name, QosPolicyBuilder::name)
              .field(
                  "description", Kind.TEXT, QosPolicy::description, QosPolicyBuilder::description)
              .flag("shared", QosPolicy::shared, QosPolicyBuilder::shared)
              .field("tenant_id", Kind.TEXT, QosPolicy::tenantId, QosPolicyBuilder::tenantId)
              // Rules are accepted in the policy but only shown by themselves.
              .shown("rules", (policy, view) -> null)
              .link(
                  "bwLimitRules", policy -> "/qos_policies/" + policy.id() + "/qos_bw_limit_rules")
              .link("dscpRules", policy -> "/qos_policies/" + policy.id() + "/qos_dscp_rules"),
          new Resource.Builders<>(
              QosPolicyBuilder::builder,
              QosPolicyBuilder::builder,
              QosPolicyBuilder::id,
              QosPolicyBuilder::build));

  static final Resource<QosRuleBandwidthLimit, QosRuleBandwidthLimitBuilder> BANDWIDTH =
      Resource.of(
          ObjectType.QOS_RULE_BANDWIDTH_LIMIT,
          "/qos_bw_limit_rules",
          "QOSRuleBWLimit",
          1,
          new Shape<QosRuleBandwidthLimit, QosRuleBandwidthLimitBuilder>()
              .shown("id", (rule, view) -> rule.id().toString())
              .field(
                  "maxKbps",
                  Kind.INT,
                  0,
                  QosRuleBandwidthLimit::maxKbps,
                  QosRuleBandwidthLimitBuilder::maxKbps)
              .field(
                  "maxBurstKb",
                  Kind.INT,
                  0,
                  QosRuleBandwidthLimit::maxBurstKb,
                  QosRuleBandwidthLimitBuilder::maxBurstKb)
              .shown("policyId", (rule, view) -> Kind.ID.show(rule.policyId()))
              .link("policy", "/qos_policies", QosRuleBandwidthLimit::policyId),
          new Resource.Builders<>(
              QosRuleBandwidthLimitBuilder::builder,
              QosRuleBandwidthLimitBuilder::builder,
              QosRuleBandwidthLimitBuilder::id,
              QosRuleBandwidthLimitBuilder::build));

  static final Resource<QosRuleDscp, QosRuleDscpBuilder> DSCP =
      Resource.of(
          ObjectType.QOS_RULE_DSCP,
          "/qos_dscp_rules",
          "QOSRuleDSCP",
          1,
          new Shape<QosRuleDscp, QosRuleDscpBuilder>()
              .shown("id", (rule, view) -> rule.id().toString())
              .field("dscpMark", Kind.INT, 0, QosRuleDscp::dscpMark, QosRuleDscpBuilder::dscpMark)
              .shown("policyId", (rule, view) -> Kind.ID.show(rule.policyId()))
              .link("policy", "/qos_policies", QosRuleDscp::policyId),
          new Resource.Builders<>(
              QosRuleDscpBuilder::builder,
              QosRuleDscpBuilder::builder,
              QosRuleDscpBuilder::id,
              QosRuleDscpBuilder::build));

  private Qos() {}
}
