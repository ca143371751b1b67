package org.midonet.neutron.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the parents looked up during one request, since the items of a list share few of them;
 * belongs to one request's thread.
 */
final class Parents {

  private static final List<String> EXTENSION_PARENTS = List.of("floatingip", "router", "local_ip");

  private record Key(String resource, String id, @Nullable String project) {}

  private final ParentLookup lookup;
  private final Map<Key, PolicyTarget> found = new HashMap<>();

  Parents(ParentLookup lookup) {
    this.lookup = lookup;
  }

  /**
   * Returns an attribute of the parent, named {@code network:tenant_id} or {@code
   * network_tenant_id}; {@link PolicyTarget#ABSENT} when there is no such parent.
   */
  @Nullable Object field(PolicyTarget target, String field) {
    int colon = field.indexOf(':');
    int separator = colon >= 0 ? colon : field.indexOf('_');
    if (separator < 0) {
      return PolicyTarget.ABSENT;
    }
    String resource = field.substring(0, separator);
    String attribute = field.substring(separator + 1);
    return switch (resource) {
      case "network" -> attribute(resource, target.get("network_id"), attribute);
      case "security_group" -> attribute(resource, target.get("security_group_id"), attribute);
      case "ext_parent" -> extensionParent(target, attribute);
      default -> PolicyTarget.ABSENT;
    };
  }

  private @Nullable Object extensionParent(PolicyTarget target, String attribute) {
    for (String resource : EXTENSION_PARENTS) {
      Object id = target.get("ext_parent_" + resource + "_id");
      if (id != PolicyTarget.ABSENT) {
        return attribute(resource, id, attribute);
      }
    }
    return PolicyTarget.ABSENT;
  }

  /** Returns whether the target's network is shared, as the target's own project sees it. */
  @Nullable Object sharedNetwork(PolicyTarget target) {
    if (!(target.get("network_id") instanceof String id) || id.isEmpty()) {
      return PolicyTarget.ABSENT;
    }
    String project =
        Targets.get(target, "project_id") instanceof String text && !text.isEmpty() ? text : null;
    return find(new Key("network", id, project)).get("shared");
  }

  private @Nullable Object attribute(String resource, @Nullable Object id, String attribute) {
    return id instanceof String text
        ? Targets.get(find(new Key(resource, text, null)), attribute)
        : PolicyTarget.ABSENT;
  }

  private PolicyTarget find(Key key) {
    PolicyTarget known = found.get(key);
    if (known == null) {
      PolicyTarget parent = lookup.find(key.resource(), key.id(), key.project());
      known = parent == null ? PolicyTarget.NONE : parent;
      found.put(key, known);
    }
    return known;
  }
}
