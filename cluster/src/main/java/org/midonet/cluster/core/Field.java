package org.midonet.cluster.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Violation;

/**
 * A JSON field of an object, or a few that belong together; immutable.
 *
 * @param <T> the stored object
 * @param <B> its builder
 */
interface Field<T, B> {
  /** Adds what the field shows of the object. */
  void show(T object, View view, Map<String, @Nullable Object> json);

  /** Adds what is wrong with what a client sent. */
  default void check(Map<String, @Nullable Object> json, List<Violation> violations) {}

  /**
   * Sets what a client sent, or what holds when it sent nothing.
   *
   * @throws org.midonet.cluster.api.ApiException 400 when it cannot be read
   */
  default void fill(Map<String, @Nullable Object> json, B builder) {}
}
