package org.midonet.neutron.extension;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;

/**
 * The loaded extensions and the resource definitions they add up to; immutable and safe to share.
 */
public final class Catalog {
  private final Map<String, Extension> extensions = new LinkedHashMap<>();
  private final Map<String, ResourceDefinition> definitions = new LinkedHashMap<>();

  /**
   * Adds up definitions.
   *
   * @param types the resources that need no extension
   * @param known every extension this program has; several of one alias each add their part
   * @param aliases those to load
   */
  public Catalog(List<ResourceType> types, Collection<Extension> known, Set<String> aliases) {
    List<Extension> loaded =
        known.stream().filter(extension -> aliases.contains(extension.alias())).toList();
    loaded.forEach(extension -> extensions.putIfAbsent(extension.alias(), extension));
    List<ResourceType> all = new ArrayList<>(types);
    loaded.forEach(extension -> all.addAll(extension.types()));
    for (ResourceType type : all) {
      List<Attribute<?>> attributes = new ArrayList<>(type.attributes());
      loaded.forEach(e -> attributes.addAll(e.attributes().getOrDefault(type, List.of())));
      definitions.put(type.name(), new ResourceDefinition(type, attributes));
    }
  }

  /** Whether the extension is loaded. */
  public boolean has(String alias) {
    return extensions.containsKey(alias);
  }

  /** Whether the resource exists with the loaded extensions. */
  public boolean has(ResourceType type) {
    return definitions.containsKey(type.name());
  }

  /** The loaded extensions. */
  public Collection<Extension> extensions() {
    return extensions.values();
  }

  /** The loaded extension of that alias, null if it is not loaded. */
  public @Nullable Extension extension(String alias) {
    return extensions.get(alias);
  }

  /** All definitions. */
  public Collection<ResourceDefinition> definitions() {
    return definitions.values();
  }

  /** The definition of the resource of that name, if its extension is loaded. */
  public Optional<ResourceDefinition> find(String typeName) {
    return Optional.ofNullable(definitions.get(typeName));
  }

  /**
   * The definition of a resource.
   *
   * @throws IllegalStateException if its extension is not loaded
   */
  public ResourceDefinition definition(ResourceType type) {
    ResourceDefinition definition = definitions.get(type.name());
    if (definition == null) {
      throw new IllegalStateException(type.name() + " is not part of the loaded extensions");
    }
    return definition;
  }
}
