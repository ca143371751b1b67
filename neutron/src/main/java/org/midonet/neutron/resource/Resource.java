package org.midonet.neutron.resource;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of one resource, or of a request about one; immutable and safe to share. Values are
 * raw (what JSON carries: String, Long, Boolean, List, Map, null); {@link #get} decodes them by the
 * attribute's type. A value may also be {@link #UNSET}: the request did not name the attribute, or
 * the answer has none.
 */
public final class Resource {
  /** The mark of a value that is not there, as opposed to null. */
  public static final Object UNSET =
      new Object() {
        @Override
        public String toString() {
          return "UNSET";
        }
      };

  private final ResourceDefinition definition;
  private final @Nullable Object[] values;

  private Resource(ResourceDefinition definition, @Nullable Object[] values) {
    this.definition = definition;
    this.values = values;
  }

  /** Whether a raw value is there, null included. */
  @SuppressWarnings("ReferenceEquality") // UNSET is a mark, not a value
  public static boolean isSet(@Nullable Object raw) {
    return raw != UNSET;
  }

  /** Begins a resource without any value. */
  public static Builder builder(ResourceDefinition definition) {
    @Nullable Object[] values = new @Nullable Object[definition.attributes().size()];
    Arrays.fill(values, UNSET);
    return new Builder(definition, values);
  }

  /** Begins a copy. */
  public Builder toBuilder() {
    return new Builder(definition, values.clone());
  }

  /** What it is a resource of. */
  public ResourceDefinition definition() {
    return definition;
  }

  /** Its identifier: the attribute id, or the first one of resources that have no id. */
  public String id() {
    return String.valueOf(definition.has(Standard.ID) ? raw(Standard.ID) : values[0]);
  }

  /** The owner's project, empty for none. */
  public String projectId() {
    Object value = raw(Standard.PROJECT_ID);
    return value instanceof String s ? s : "";
  }

  /** Whether the attribute has a value, null included. */
  public boolean has(Attribute<?> attribute) {
    return isSet(raw(attribute));
  }

  /**
   * The typed value.
   *
   * @throws IllegalStateException if it is null or unset
   */
  public <T> T get(Attribute<T> attribute) {
    T value = find(attribute);
    if (value == null) {
      throw new IllegalStateException(definition.name() + "." + attribute + " has no value");
    }
    return value;
  }

  /** The typed value, null if it is null or unset. */
  public <T> @Nullable T find(Attribute<T> attribute) {
    Object raw = raw(attribute);
    return raw == null || !isSet(raw) ? null : attribute.type().decode(raw);
  }

  /** The typed value, or another if it is null or unset. */
  public <T> T get(Attribute<T> attribute, T otherwise) {
    T value = find(attribute);
    return value == null ? otherwise : value;
  }

  /** The raw value, {@link #UNSET} if there is none or the definition lacks the attribute. */
  public @Nullable Object raw(Attribute<?> attribute) {
    int index = definition.index(attribute);
    return index < 0 ? UNSET : values[index];
  }

  /** The raw value by the attribute's place in the definition. */
  public @Nullable Object raw(int index) {
    return values[index];
  }

  /** The raw value by name, {@link #UNSET} for none. */
  public @Nullable Object raw(String name) {
    Attribute<?> attribute = definition.attribute(name);
    return attribute == null ? UNSET : raw(attribute);
  }

  /** A copy with one value changed. */
  public Resource with(Attribute<?> attribute, @Nullable Object raw) {
    return toBuilder().set(attribute, raw).build();
  }

  /** A copy where the values that {@code changes} has replace these. */
  public Resource merge(Resource changes) {
    Builder merged = toBuilder();
    changes.forEach(merged::set);
    return merged.build();
  }

  /** Whether the raw values of the attribute differ. */
  public boolean differs(Resource other, Attribute<?> attribute) {
    return !Objects.equals(raw(attribute), other.raw(attribute));
  }

  /** Calls for every attribute that has a value, in the definition's order. */
  public void forEach(BiConsumer<Attribute<?>, @Nullable Object> action) {
    for (int i = 0; i < values.length; i++) {
      if (isSet(values[i])) {
        action.accept(definition.attributes().get(i), values[i]);
      }
    }
  }

  /** The values by name, in the definition's order; hidden attributes included. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    forEach((attribute, value) -> map.put(attribute.name(), value));
    return map;
  }

  @Override
  public String toString() {
    return definition.name() + toMap();
  }

  /** Collects values; not to be shared. */
  public static final class Builder {
    private final ResourceDefinition definition;
    private final @Nullable Object[] values;

    private Builder(ResourceDefinition definition, @Nullable Object[] values) {
      this.definition = definition;
      this.values = values;
    }

    /**
     * Sets a raw value; ignored if the definition lacks the attribute (its extension is not
     * loaded).
     */
    public Builder set(Attribute<?> attribute, @Nullable Object raw) {
      int index = definition.index(attribute);
      if (index >= 0) {
        values[index] = raw;
      }
      return this;
    }

    /** Sets a raw value by the attribute's place in the definition. */
    public Builder set(int index, @Nullable Object raw) {
      values[index] = raw;
      return this;
    }

    /** The raw value so far. */
    public @Nullable Object raw(Attribute<?> attribute) {
      int index = definition.index(attribute);
      return index < 0 ? UNSET : values[index];
    }

    /** The resource; the builder must not be used afterwards. */
    public Resource build() {
      return new Resource(definition, values);
    }
  }
}
