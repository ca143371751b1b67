package org.midonet.neutron.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Builds what a request must pass: the rule of the operation, then one for each protected attribute
 * it sets and each part of it. The nesting shows in the message of a refusal and is Neutron's.
 * Stateless and safe to share between threads.
 */
final class MatchRule {
  private MatchRule() {}

  /** For a create: an attribute counts when its value is not the default. */
  static Check create(String action, PolicyTarget target, List<PolicyAttribute> attributes) {
    return build(
        action,
        target,
        attributes,
        attribute -> !isDefault(attribute, target.get(attribute.name())));
  }

  /** For an update: an attribute counts when the request names it. */
  static Check update(
      String action,
      PolicyTarget target,
      List<PolicyAttribute> attributes,
      Map<String, ?> changes) {
    return build(action, target, attributes, attribute -> changes.containsKey(attribute.name()));
  }

  private static boolean isDefault(PolicyAttribute attribute, @Nullable Object value) {
    return value == PolicyTarget.ABSENT || Objects.equals(value, attribute.defaultValue());
  }

  private static Check build(
      String action,
      PolicyTarget target,
      List<PolicyAttribute> attributes,
      Predicate<PolicyAttribute> isSet) {
    Check match = new Check.Rule(action);
    for (PolicyAttribute attribute : attributes) {
      if (isSet.test(attribute)) {
        match =
            and(
                match,
                attributeRule(
                    action + ":" + attribute.name(), attribute, target.get(attribute.name())));
      }
    }
    return match;
  }

  private static Check attributeRule(
      String name, PolicyAttribute attribute, @Nullable Object value) {
    Check rule = new Check.Rule(name);
    if (value instanceof Map<?, ?> map && !attribute.subAttributes().isEmpty()) {
      List<Check> parts = new ArrayList<>();
      for (String part : attribute.subAttributes()) {
        if (map.containsKey(part)) {
          parts.add(new Check.Rule(name + ":" + part));
        }
      }
      return and(rule, new Check.All(List.copyOf(parts)));
    }
    if (value instanceof List<?> items) {
      List<Check> parts = new ArrayList<>();
      for (Object item : items) {
        if (item instanceof Map<?, ?> map) {
          map.keySet().forEach(part -> parts.add(new Check.Rule(name + ":" + part)));
        }
      }
      return parts.isEmpty() ? rule : and(rule, new Check.All(List.copyOf(parts)));
    }
    return rule;
  }

  private static Check and(Check left, Check right) {
    return new Check.All(List.of(left, right));
  }
}
