package org.midonet.neutron.api;

import java.util.Set;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Session;

/**
 * Decides by policy what the caller of a session may do and see. Implementations are safe to share.
 */
public interface Authorizer {
  /** Says which attributes of a resource the caller may not see. */
  @FunctionalInterface
  interface Visibility {
    /** Everything may be seen. */
    Visibility FULL = resource -> Set.of();

    /** The names of the attributes to leave out. */
    Set<String> hidden(Resource resource);
  }

  /**
   * Refuses a create with 403; attributes set to other than their defaults may have rules of their
   * own.
   */
  void enforceCreate(Session session, ResourceType type, Resource input);

  /** Refuses an update with 403, or with 404 if the caller may not even see the resource. */
  void enforceUpdate(Session session, Resource current, Resource changes);

  /** Refuses a delete with 403, or with 404 if the caller may not even see the resource. */
  void enforceDelete(Session session, Resource current);

  /**
   * Refuses another action with 403.
   *
   * @param action as in {@code add_router_interface}
   */
  void enforce(Session session, String action, Resource target);

  /**
   * Refuses an action that has no resource with 403.
   *
   * @param action as in {@code get_quota}
   */
  void enforce(Session session, String action);

  /** Whether policy allows the action on the resource. */
  boolean allows(Session session, String action, Resource target);

  /** Which attributes the caller may see. */
  Visibility visibility(Session session, ResourceDefinition definition);
}
