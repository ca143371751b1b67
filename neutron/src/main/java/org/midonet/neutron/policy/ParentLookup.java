package org.midonet.neutron.policy;

import org.jspecify.annotations.Nullable;

/**
 * Finds the resource another one belongs to, for rules such as network owner; called from many
 * threads at once.
 *
 * <p>The resources asked for are {@code network} and {@code security_group}, and for sub-resources
 * {@code floatingip}, {@code router} and {@code local_ip}.
 */
@FunctionalInterface
public interface ParentLookup {

  /**
   * Returns the parent's attributes, or null to let the check fail.
   *
   * <p>May throw the resource's own NotFound, which then answers the request, as Neutron does for a
   * port on a network that is not there.
   *
   * @param project the project through whose eyes to look, which decides {@code shared}; null looks
   *     with every privilege
   */
  @Nullable PolicyTarget find(String resource, String id, @Nullable String project);
}
