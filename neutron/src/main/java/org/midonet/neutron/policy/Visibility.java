package org.midonet.neutron.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which attributes of a kind of resource a caller does not get to see; decided once for as many of
 * them as possible, then asked for each resource of a list. Belongs to one request's thread.
 */
public final class Visibility {

  private record Open(String attribute, Residual residual) {}

  /** Shows everything. */
  static final Visibility FULL = new Visibility(Set.of(), List.of());

  private final Set<String> hidden;
  private final List<Open> open;

  private Visibility(Set<String> hidden, List<Open> open) {
    this.hidden = hidden;
    this.open = open;
  }

  static Visibility of(String action, RuleSet rules, Reducer reducer) {
    Set<String> hidden = new HashSet<>();
    List<Open> open = new ArrayList<>();
    for (String attribute : rules.attributesWithRules(action)) {
      Residual residual = reducer.rule(action + ":" + attribute);
      if (residual.alwaysRefuses()) {
        hide(attribute, hidden);
      } else if (!residual.isConstant()) {
        open.add(new Open(attribute, residual));
      }
    }
    return new Visibility(Set.copyOf(hidden), List.copyOf(open));
  }

  /**
   * Returns the attributes hidden on every resource, when {@link #dependsOnTarget} is false the
   * whole answer.
   */
  public Set<String> hidden() {
    return hidden;
  }

  /** Whether some attributes are shown on one resource and hidden on another. */
  public boolean dependsOnTarget() {
    return !open.isEmpty();
  }

  /** Returns the attributes hidden on this resource. */
  public Set<String> hidden(PolicyTarget target) {
    if (open.isEmpty()) {
      return hidden;
    }
    Set<String> all = new HashSet<>(hidden);
    for (Open each : open) {
      if (target.get(each.attribute()) != PolicyTarget.ABSENT && !each.residual().allows(target)) {
        hide(each.attribute(), all);
      }
    }
    return all;
  }

  /** The two names of the project go together. */
  private static void hide(String attribute, Set<String> hidden) {
    if (attribute.equals("project_id")) {
      return;
    }
    hidden.add(attribute);
    if (attribute.equals("tenant_id")) {
      hidden.add("project_id");
    }
  }
}
