package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Violation;
import org.midonet.packets.IpPrefix;

/**
 * The JSON fields of a class of objects, in their order; built by one thread, then safe to share.
 * Everything is shown, also what is absent or empty; what is not known is ignored.
 *
 * @param <T> the stored object
 * @param <B> its builder
 */
final class Shape<T, B> {
  private final List<Field<T, B>> fields = new ArrayList<>();

  /** Any field. */
  Shape<T, B> with(Field<T, B> field) {
    fields.add(field);
    return this;
  }

  /** All fields of another shape, of a part of the object. */
  <P, Q> Shape<T, B> all(Shape<P, Q> part, Function<T, P> get) {
    for (Field<P, Q> field : part.fields) {
      fields.add((object, view, json) -> field.show(get.apply(object), view, json));
    }
    return this;
  }

  /** A value that clients may set and may leave out. */
  <V> Shape<T, B> field(
      String name,
      Kind<V> kind,
      Function<T, @Nullable V> get,
      BiConsumer<B, @Nullable V> set,
      Check... checks) {
    return with(new Plain<>(name, kind, null, get, set, List.of(checks)));
  }

  /** A value that is never absent: what is left out becomes {@code missing}. */
  <V> Shape<T, B> field(
      String name,
      Kind<V> kind,
      V missing,
      Function<T, V> get,
      BiConsumer<B, V> set,
      Check... checks) {
    return with(new Plain<>(name, kind, missing, get, set, List.of(checks)));
  }

  /** A value that must be sent. */
  <V> Shape<T, B> required(
      String name,
      Kind<V> kind,
      Function<T, @Nullable V> get,
      BiConsumer<B, V> set,
      Check... checks) {
    List<Check> all = new ArrayList<>(List.of(checks));
    all.addFirst(Check.REQUIRED);
    return with(new Plain<>(name, kind, null, get, set, List.copyOf(all)));
  }

  /** A truth value, false unless set. */
  Shape<T, B> flag(String name, Function<T, Boolean> get, BiConsumer<B, Boolean> set) {
    return field(name, Kind.FLAG, false, get, set);
  }

  /** An address and a prefix length in two fields; both absent when there is no address. */
  Shape<T, B> prefix(
      String address,
      String length,
      boolean required,
      Function<T, @Nullable IpPrefix> get,
      BiConsumer<B, @Nullable IpPrefix> set) {
    return with(new Prefix<>(address, length, required, get, set));
  }

  /** A value that clients cannot set. */
  Shape<T, B> shown(String name, BiFunction<T, View, @Nullable Object> value) {
    return with((object, view, json) -> json.put(name, value.apply(object, view)));
  }

  /** The address of something below the object's own. */
  Shape<T, B> link(String name, Function<T, String> path) {
    return shown(name, (object, view) -> view.links().to(path.apply(object)));
  }

  /** The address of another object, null when there is none. */
  Shape<T, B> link(String name, String path, Function<T, @Nullable UUID> id) {
    return shown(
        name,
        (object, view) -> {
          UUID other = id.apply(object);
          return other == null ? null : view.links().to(path + "/" + other);
        });
  }

  /** Shows an object. */
  Map<String, @Nullable Object> show(T object, View view) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (Field<T, B> field : fields) {
      field.show(object, view, json);
    }
    return json;
  }

  /** What is wrong with what a client sent. */
  List<Violation> violations(Map<String, @Nullable Object> json) {
    List<Violation> violations = new ArrayList<>();
    for (Field<T, B> field : fields) {
      field.check(json, violations);
    }
    violations.sort(Comparator.comparing(Violation::property));
    return violations;
  }

  /**
   * Checks what a client sent and sets it.
   *
   * @throws ApiException 400 saying all that is wrong
   */
  void fill(Map<String, @Nullable Object> json, B builder) {
    List<Violation> violations = violations(json);
    if (!violations.isEmpty()) {
      throw ApiException.invalid(violations);
    }
    for (Field<T, B> field : fields) {
      field.fill(json, builder);
    }
  }
}
