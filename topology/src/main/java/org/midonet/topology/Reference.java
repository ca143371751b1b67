package org.midonet.topology;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A field that names objects of another kind: one end of a {@link Binding}. Immutable, safe to
 * share.
 *
 * <p>A reference is <em>kept</em> when the objects carry the field, and <em>derived</em> when it
 * follows from the field at the other end, as the ports of a bridge do. Derived references are
 * looked up in the topology; they are in no particular order.
 */
public final class Reference<T extends TopologyObject> {
  private final ObjectType<T> owner;
  private final String name;
  private final boolean many;
  private final @Nullable Accessors<T> accessors;

  private Reference(
      ObjectType<T> owner, String name, boolean many, @Nullable Accessors<T> accessors) {
    this.owner = owner;
    this.name = name;
    this.many = many;
    this.accessors = accessors;
  }

  static <T extends TopologyObject> Reference<T> one(
      ObjectType<T> owner, String name, GetOne<T> get, SetOne<T> set) {
    return new Reference<>(
        owner,
        name,
        false,
        new Accessors<>(
            object -> {
              UUID id = get.apply(object);
              return id == null ? List.of() : List.of(id);
            },
            (object, ids) -> set.apply(object, ids.isEmpty() ? null : ids.getFirst())));
  }

  static <T extends TopologyObject> Reference<T> many(
      ObjectType<T> owner, String name, GetMany<T> get, SetMany<T> set) {
    return new Reference<>(owner, name, true, new Accessors<>(get, set));
  }

  static <T extends TopologyObject> Reference<T> derivedOne(ObjectType<T> owner, String name) {
    return new Reference<>(owner, name, false, null);
  }

  static <T extends TopologyObject> Reference<T> derivedMany(ObjectType<T> owner, String name) {
    return new Reference<>(owner, name, true, null);
  }

  /** The kind of objects that have this reference. */
  public ObjectType<T> owner() {
    return owner;
  }

  /** The field's name as MidoNet's storage has it, such as {@code chain_id}. */
  public String name() {
    return name;
  }

  /** Whether it names a list of objects rather than one at most. */
  public boolean isMany() {
    return many;
  }

  /** Whether the objects carry the field. */
  public boolean isKept() {
    return accessors != null;
  }

  /** The ids in the field of an object; nothing for a derived reference. */
  public List<UUID> get(TopologyObject object) {
    return accessors == null ? List.of() : accessors.get.apply(owner.cast(object));
  }

  /**
   * The object with other ids in the field.
   *
   * @throws IllegalStateException for a derived reference
   */
  public T set(TopologyObject object, List<UUID> ids) {
    if (accessors == null) {
      throw new IllegalStateException(this + " is derived");
    }
    return accessors.set.apply(owner.cast(object), ids);
  }

  /** Kind and field: {@code Rule.chain_id}. */
  @Override
  public String toString() {
    return owner.name() + "." + name;
  }

  private record Accessors<T>(GetMany<T> get, SetMany<T> set) {}

  interface GetOne<T> {
    @Nullable UUID apply(T object);
  }

  interface SetOne<T> {
    T apply(T object, @Nullable UUID id);
  }

  interface GetMany<T> {
    List<UUID> apply(T object);
  }

  interface SetMany<T> {
    T apply(T object, List<UUID> ids);
  }
}
