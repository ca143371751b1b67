package org.midonet.neutron.tag;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;

/** Tags of all resources that can have them; stateless. */
public final class TagFeature implements Feature {
  private static final String ALIAS = "standard-attr-tag";

  private final Set<ResourceType> types;

  /**
   * Gives tags to resources.
   *
   * @param types those whose tables have a column {@code tags}
   */
  public TagFeature(List<ResourceType> types) {
    this.types = new LinkedHashSet<>(types);
  }

  @Override
  public List<Extension> extensions() {
    Extension tags = Extension.of(ALIAS);
    for (ResourceType type : types) {
      tags = tags.adding(type, Tags.added(type));
    }
    return List.of(tags, Extension.of("tag-ports-during-bulk-creation"));
  }

  @Override
  public List<Hook> hooks() {
    return List.of(new TagHook(types));
  }

  @Override
  public void routes(Routes routes, Core core) {
    if (core.catalog().has(ALIAS)) {
      types.stream()
          .filter(core.catalog()::has)
          .forEach(type -> new TagEndpoints(core, type).register(routes));
    }
  }
}
