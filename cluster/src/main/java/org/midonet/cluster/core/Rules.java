package org.midonet.cluster.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Violation;
import org.midonet.topology.Chain;
import org.midonet.topology.Condition;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleBuilder;

/** Rules as the API shows them: type, condition and what the type adds; stateless. */
final class Rules {
  static final String POSITION = "position";

  static final Resource<Rule, RuleBuilder> RESOURCE =
      Resource.of(
          ObjectType.RULE,
          "/rules",
          "Rule",
          2,
          new Shape<Rule, RuleBuilder>()
              .shown("type", (rule, view) -> RuleActions.type(rule.action()))
              .with(new ConditionFields())
              .shown("id", (rule, view) -> rule.id().toString())
              .shown("chainId", (rule, view) -> Kind.ID.show(rule.chainId()))
              .field("meterName", Kind.TEXT, Rule::meterName, RuleBuilder::meterName)
              .shown(POSITION, Rules::position)
              .with(new ActionFields()),
          new Resource.Builders<>(
              RuleBuilder::builder, RuleBuilder::builder, RuleBuilder::id, RuleBuilder::build));

  private Rules() {}

  /** The place of a rule in its chain, counted from 1; null for a rule without a chain. */
  private static @Nullable Integer position(Rule rule, View view) {
    Chain chain = rule.chainId() == null ? null : view.find(ObjectType.CHAIN, rule.chainId());
    return chain == null ? null : chain.ruleIds().indexOf(rule.id()) + 1;
  }

  private static final class ConditionFields implements Field<Rule, RuleBuilder> {
    @Override
    public void show(Rule rule, View view, Map<String, @Nullable Object> json) {
      json.putAll(Conditions.SHAPE.show(rule.condition(), view));
    }

    @Override
    public void check(Map<String, @Nullable Object> json, List<Violation> violations) {
      violations.addAll(Conditions.SHAPE.violations(json));
    }

    @Override
    public void fill(Map<String, @Nullable Object> json, RuleBuilder builder) {
      Condition condition = Conditions.read(json);
      builder.condition(condition);
    }
  }

  private static final class ActionFields implements Field<Rule, RuleBuilder> {
    @Override
    public void show(Rule rule, View view, Map<String, @Nullable Object> json) {
      RuleActions.show(rule.action(), json);
    }

    @Override
    public void check(Map<String, @Nullable Object> json, List<Violation> violations) {
      RuleActions.check(json, violations);
      String complaint = Check.min(1).complaint(json.get(POSITION));
      if (complaint != null) {
        violations.add(new Violation(POSITION, complaint));
      }
    }

    @Override
    public void fill(Map<String, @Nullable Object> json, RuleBuilder builder) {
      builder.action(RuleActions.read(json));
    }
  }
}
