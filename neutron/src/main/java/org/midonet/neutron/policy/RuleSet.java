package org.midonet.neutron.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules in force at one time; immutable and safe to share between threads. */
final class RuleSet {

  private final Map<String, Check> checks;
  private final Map<String, List<String>> attributes;
  private final Set<String> operations;
  private final @Nullable Check defaultCheck;

  private RuleSet(Map<String, Check> checks, Set<String> operations, String defaultRule) {
    this.checks = Map.copyOf(checks);
    this.operations = Set.copyOf(operations);
    this.defaultCheck = checks.get(defaultRule);
    this.attributes = byAction(checks.keySet());
  }

  /**
   * Lays the rules of the files over the defaults.
   *
   * @throws BadPolicyException when a rule refers to itself, directly or through others
   */
  static RuleSet of(
      Collection<RuleDefault> defaults, Map<String, Check> overrides, PolicySettings settings) {
    Map<String, Check> checks = new HashMap<>(overrides);
    Set<String> operations = new HashSet<>();
    for (RuleDefault rule : defaults) {
      if (rule.isOperation()) {
        operations.add(rule.name());
      }
      Check replaced = settings.enforceNewDefaults() ? null : rule.replaced();
      checks.putIfAbsent(
          rule.name(),
          replaced == null ? rule.check() : new Check.Any(List.of(rule.check(), replaced)));
    }
    RuleSet rules = new RuleSet(checks, operations, settings.defaultRule());
    rules.refuseCycles();
    return rules;
  }

  /**
   * Returns the check of a rule, that of the default rule when it has none, and a refusal when
   * there is no default either.
   */
  Check check(String name) {
    Check check = checks.get(name);
    if (check == null) {
      check = defaultCheck;
    }
    return check == null ? Check.DENY : check;
  }

  boolean has(String name) {
    return checks.containsKey(name);
  }

  /** Whether the rule authorizes an operation of ours, and so is for project-scoped tokens. */
  boolean isOperation(String name) {
    return operations.contains(name);
  }

  /**
   * Returns the attributes that have rules of their own below an action: {@code
   * provider:network_type} for get_network.
   */
  List<String> attributesWithRules(String action) {
    return attributes.getOrDefault(action, List.of());
  }

  /** Returns the rules that refer to a rule that does not exist, sorted. */
  Set<String> dangling() {
    Set<String> names = new TreeSet<>();
    checks.forEach((name, check) -> {
      Set<String> references = new HashSet<>();
      references(check, references);
      if (!checks.keySet().containsAll(references)) {
        names.add(name);
      }
    });
    return names;
  }

  private static Map<String, List<String>> byAction(Set<String> names) {
    Map<String, TreeSet<String>> grouped = new LinkedHashMap<>();
    for (String name : names) {
      int colon = name.indexOf(':');
      if (colon > 0) {
        grouped
            .computeIfAbsent(name.substring(0, colon), action -> new TreeSet<>())
            .add(name.substring(colon + 1));
      }
    }
    Map<String, List<String>> attributes = new HashMap<>();
    grouped.forEach((action, rules) -> attributes.put(action, List.copyOf(rules)));
    return attributes;
  }

  private void refuseCycles() {
    Set<String> sound = new HashSet<>();
    for (String name : checks.keySet()) {
      follow(name, new TreeSet<>(), sound);
    }
  }

  private void follow(String name, Set<String> path, Set<String> sound) {
    if (sound.contains(name)) {
      return;
    }
    if (!path.add(name)) {
      throw new BadPolicyException(
          "rules refer to one another in a circle: " + String.join(", ", path));
    }
    Set<String> references = new HashSet<>();
    references(check(name), references);
    for (String reference : references) {
      follow(reference, path, sound);
    }
    path.remove(name);
    sound.add(name);
  }

  private static void references(Check check, Set<String> into) {
    switch (check) {
      case Check.Rule rule -> into.add(rule.name());
      case Check.Not not -> references(not.check(), into);
      case Check.All all -> all.checks().forEach(inner -> references(inner, into));
      case Check.Any any -> any.checks().forEach(inner -> references(inner, into));
      case Check.Constant constant -> {}
      case Check.Role role -> {}
      case Check.Credential credential -> {}
      case Check.Literal literal -> {}
      case Check.Owner owner -> {}
      case Check.Field field -> {}
    }
  }
}
