package org.midonet.neutron.resource;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource type with the attributes that the loaded extensions gave it; immutable. The place of
 * an attribute in {@link #attributes} is the place of its value in a {@link Resource}.
 */
public final class ResourceDefinition {
  private final ResourceType type;
  private final List<Attribute<?>> attributes;
  private final Map<String, Attribute<?>> byName = new HashMap<>();
  private final int[] indexByOrdinal;

  /**
   * Makes a definition.
   *
   * @param type what it is
   * @param attributes all attributes in the order in which answers show them; names must differ
   */
  public ResourceDefinition(ResourceType type, List<Attribute<?>> attributes) {
    this.type = type;
    this.attributes = List.copyOf(attributes);
    indexByOrdinal = new int[attributes.stream().mapToInt(Attribute::ordinal).max().orElse(-1) + 1];
    Arrays.fill(indexByOrdinal, -1);
    for (int i = 0; i < this.attributes.size(); i++) {
      Attribute<?> attribute = this.attributes.get(i);
      indexByOrdinal[attribute.ordinal()] = i;
      if (byName.put(attribute.name(), attribute) != null) {
        throw new IllegalArgumentException(type.name() + " has two attributes " + attribute);
      }
    }
  }

  /** What it defines. */
  public ResourceType type() {
    return type;
  }

  /** The singular name. */
  public String name() {
    return type.name();
  }

  /** The plural name. */
  public String collection() {
    return type.collection();
  }

  /** All attributes, in order. */
  public List<Attribute<?>> attributes() {
    return attributes;
  }

  /** The attribute of that name, null if there is none. */
  public @Nullable Attribute<?> attribute(String name) {
    return byName.get(name);
  }

  /** Whether the attribute is part of it. */
  public boolean has(Attribute<?> attribute) {
    return index(attribute) >= 0;
  }

  /** The place of the attribute's value, -1 if it is not part of this. */
  public int index(Attribute<?> attribute) {
    int ordinal = attribute.ordinal();
    return ordinal < indexByOrdinal.length ? indexByOrdinal[ordinal] : -1;
  }
}
