package org.midonet.neutron.service;

import java.util.List;
import java.util.Set;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;

/**
 * Rules that an extension adds to resources of others: called around the resource's own service,
 * inside the transaction. Implementations are stateless and shared between threads.
 */
public interface Hook {
  /** The resources it has rules for. */
  Set<ResourceType> types();

  /** Before a create; returns the input to go on with, or refuses by throwing. */
  default Resource creating(Session session, Resource input) {
    return input;
  }

  /** After a create, when the row is there. */
  default void created(Session session, Resource created) {}

  /** Before an update; returns the changes to go on with, or refuses by throwing. */
  default Resource updating(Session session, Resource current, Resource changes) {
    return changes;
  }

  /** After an update. */
  default void updated(Session session, Resource before, Resource after) {}

  /** Before a delete; refuses by throwing. */
  default void deleting(Session session, Resource current) {}

  /** Fills in computed attributes of rows just read; called with any number of rows at once. */
  default void derive(Session session, List<Resource.Builder> rows) {}
}
