package org.midonet.topology;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the records of this package share. Stateless. */
final class Values {
  private Values() {}

  /** An immutable copy; what is absent in storage is an empty list. */
  static <T> List<T> list(@Nullable List<T> values) {
    return values == null ? List.of() : List.copyOf(values);
  }

  static @Nullable UUID uuid(@Nullable Object value) {
    if (!(value instanceof String text) || text.length() != 36) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static List<UUID> uuids(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(Values::uuid).filter(Objects::nonNull).toList()
        : List.of();
  }
}
