package org.midonet.neutron.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.ResourceType;

/** Announces what {@code api} and {@code service} do for every resource; stateless. */
public final class StandardFeature implements Feature {
  private final List<ResourceType> types;

  /**
   * Announces.
   *
   * @param types resources that tell when they were changed
   */
  public StandardFeature(List<ResourceType> types) {
    this.types = List.copyOf(types);
  }

  @Override
  public List<Extension> extensions() {
    Extension timestamps = Extension.of("standard-attr-timestamp");
    for (ResourceType type : types) {
      timestamps = timestamps.adding(type, ChangedSince.CHANGED_SINCE);
    }
    List<Extension> extensions =
        new ArrayList<>(
            Stream.of(
                    "empty-string-filtering",
                    "filter-validation",
                    "pagination",
                    "project-id",
                    "revision-if-match",
                    "sorting",
                    "standard-attr-description",
                    "standard-attr-revisions")
                .map(Extension::of)
                .toList());
    extensions.add(timestamps);
    return extensions;
  }
}
