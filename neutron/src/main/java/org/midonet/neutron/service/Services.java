package org.midonet.neutron.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.ResourceType;

/**
 * The services and hooks of the loaded resources; filled before the first session, then immutable
 * and safe to share.
 */
public final class Services {
  private final Map<String, ResourceService> byType = new HashMap<>();
  private final Map<String, List<Hook>> hooks = new HashMap<>();

  /** Registers services and hooks. */
  public Services(
      Collection<? extends ResourceService> services, Collection<? extends Hook> added) {
    services.forEach(s -> byType.put(s.type().name(), s));
    for (Hook hook : added) {
      hook.types().forEach(t -> hooks.computeIfAbsent(t.name(), k -> new ArrayList<>()).add(hook));
    }
  }

  /**
   * The service of a type.
   *
   * @throws IllegalStateException if none is registered
   */
  public ResourceService of(ResourceType type) {
    ResourceService service = byType.get(type.name());
    if (service == null) {
      throw new IllegalStateException("no service for " + type.name());
    }
    return service;
  }

  /** All services. */
  public Collection<ResourceService> all() {
    return byType.values();
  }

  List<Hook> hooks(ResourceType type) {
    return hooks.getOrDefault(type.name(), List.of());
  }
}
