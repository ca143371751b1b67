package org.midonet.agent.state;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Connections and translations, and the exterior ports by which their packets enter and leave.
 * Immutable, safe to share.
 */
public record FlowState(List<Effect> effects, Set<UUID> ports) {
  public FlowState {
    effects = List.copyOf(effects);
    ports = Set.copyOf(ports);
  }
}
