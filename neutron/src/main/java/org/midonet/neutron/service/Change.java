package org.midonet.neutron.service;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;

/**
 * One thing that a request did, told to the plugins and notifiers; immutable.
 *
 * @param operation what happened
 * @param type to what kind of resource
 * @param before the resource as it was, null for CREATE
 * @param after the resource as it is, with its computed attributes; null for DELETE
 * @param details what {@code after} cannot say, such as a router interface's port and subnet; raw
 *     values by name
 */
public record Change(
    Operation operation,
    ResourceType type,
    @Nullable Resource before,
    @Nullable Resource after,
    Map<String, Object> details) {

  /** The resource as it is, or as it was if it is gone. */
  public Resource resource() {
    Resource present = after != null ? after : before;
    if (present == null) {
      throw new IllegalStateException("a change without a resource");
    }
    return present;
  }
}
