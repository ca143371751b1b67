package org.midonet.neutron.api;

import java.util.List;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;

/**
 * A part of the Networking API: its data (resources, extensions) and its rules. One feature is one
 * package; the server knows it by one line in its list of features. Implementations are stateless
 * and shared between threads.
 */
public interface Feature {
  /** Resources that exist whatever extensions are loaded. */
  default List<ResourceType> types() {
    return List.of();
  }

  /** The extensions it brings; which of them are loaded is the plugins' choice. */
  default List<Extension> extensions() {
    return List.of();
  }

  /** Services of its resources; those of resources that are not loaded are left out. */
  default List<ResourceService> services() {
    return List.of();
  }

  /** Rules for resources of other features. */
  default List<Hook> hooks() {
    return List.of();
  }

  /** Listeners to all changes. */
  default List<ChangeListener> listeners() {
    return List.of();
  }

  /** Paths beyond list, show, create, update and delete. */
  default void routes(Routes routes, Core core) {}
}
