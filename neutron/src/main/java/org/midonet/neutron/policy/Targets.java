package org.midonet.neutron.policy;

import org.jspecify.annotations.Nullable;

/** Reads attributes of targets; stateless and safe to share between threads. */
final class Targets {
  private Targets() {}

  /**
   * Returns the attribute, taking {@code tenant_id} and {@code project_id} for one another when one
   * is absent.
   */
  static @Nullable Object get(PolicyTarget target, String attribute) {
    Object value = target.get(attribute);
    if (value != PolicyTarget.ABSENT) {
      return value;
    }
    return switch (attribute) {
      case "tenant_id" -> target.get("project_id");
      case "project_id" -> target.get("tenant_id");
      default -> value;
    };
  }
}
