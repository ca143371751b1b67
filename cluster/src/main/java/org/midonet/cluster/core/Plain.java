package org.midonet.cluster.core;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Violation;

/**
 * One value; immutable.
 *
 * @param missing what holds when none is sent
 */
record Plain<T, B, V>(
    String name,
    Kind<V> kind,
    @Nullable V missing,
    Function<T, @Nullable V> get,
    BiConsumer<B, V> set,
    List<Check> checks)
    implements Field<T, B> {

  @Override
  public void show(T object, View view, Map<String, @Nullable Object> json) {
    json.put(name, kind.show(get.apply(object)));
  }

  @Override
  public void check(Map<String, @Nullable Object> json, List<Violation> violations) {
    Object raw = json.get(name);
    for (Check check : checks) {
      String complaint = check.complaint(raw);
      if (complaint != null) {
        violations.add(new Violation(name, complaint));
      }
    }
    String wrong = kind.violation();
    if (wrong != null && raw != null && kind.read(raw) == null) {
      violations.add(new Violation(name, wrong));
    }
  }

  @Override
  @SuppressWarnings("NullAway") // V is nullable exactly where the object's own value may be absent
  public void fill(Map<String, @Nullable Object> json, B builder) {
    Object raw = json.get(name);
    V value = raw == null ? missing : kind.read(raw);
    if (raw != null && value == null) {
      throw ApiException.badRequest(
          "Field " + name + ": '" + raw + "' is not " + kind.expected() + ".");
    }
    set.accept(builder, value);
  }
}
