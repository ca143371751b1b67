package org.midonet.neutron.extension;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ResourceType;

/**
 * An extension of the Networking API as {@code GET /v2.0/extensions} tells of it, and the
 * attributes and resources that come with it; immutable.
 *
 * @param alias what clients look for
 * @param name for people
 * @param description for people
 * @param updated when its definition last changed, ISO 8601
 * @param types resources that exist only with it
 * @param attributes attributes it adds to resources, in the order in which answers show them
 */
public record Extension(
    String alias,
    String name,
    String description,
    String updated,
    List<ResourceType> types,
    Map<ResourceType, List<Attribute<?>>> attributes) {

  /**
   * An extension that adds neither resources nor attributes so far; extensions.tsv says the rest.
   *
   * @throws IllegalArgumentException if extensions.tsv has no such alias
   */
  public static Extension of(String alias) {
    Announcements.Announcement told = Announcements.of(alias);
    return new Extension(
        alias, told.name(), told.description(), told.updated(), List.of(), Map.of());
  }

  /** The same with one more resource. */
  public Extension adding(ResourceType type) {
    List<ResourceType> more = new ArrayList<>(types);
    more.add(type);
    return new Extension(alias, name, description, updated, List.copyOf(more), attributes);
  }

  /** The same with attributes for one more resource. */
  public Extension adding(ResourceType type, Attribute<?>... added) {
    Map<ResourceType, List<Attribute<?>>> more = new LinkedHashMap<>(attributes);
    more.put(type, List.of(added));
    return new Extension(alias, name, description, updated, types, more);
  }
}
