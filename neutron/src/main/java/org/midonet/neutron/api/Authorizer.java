package org.midonet.neutron.api;

import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.service.Session;

/** Decides by policy. Implementations are safe to share. */
public interface Authorizer {
  /** Says which attributes of a resource the caller may see. */
  @FunctionalInterface
  interface Visibility {
    /** Whether the attribute at that place of the definition may be shown. */
    boolean shows(int index, Resource resource);
  }

  /**
   * Refuses with 403 what policy does not allow.
   *
   * @param action as in {@code create_network}, {@code add_router_interface}
   * @param target the resource as it would be
   * @param given the values that the request itself gave, whose attributes may have rules of their
   *     own
   */
  void enforce(Session session, String action, Resource target, Resource given);

  /** Whether policy allows the action on the resource as it is. */
  boolean allows(Session session, String action, Resource target);

  /** Which attributes the caller may see. */
  Visibility visibility(Session session, ResourceDefinition definition);
}
