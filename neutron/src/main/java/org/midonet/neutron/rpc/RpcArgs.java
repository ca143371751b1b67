package org.midonet.neutron.rpc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The named arguments of a call; immutable and safe to share between threads.
 *
 * <p>Values are JSON-like: String, Long, Boolean, Double, List, Map or null. An accessor refuses an
 * argument that is missing or of another type; the caller is told so as Python's {@code TypeError}.
 */
public final class RpcArgs {
  private final Map<String, @Nullable Object> values;

  /** Wraps arguments as received. */
  public RpcArgs(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /** Thrown for an argument that is missing or of the wrong type. */
  static final class BadArgument extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadArgument(String message) {
      super(message);
    }
  }

  /** Returns a string that must be there. */
  public String string(String name) {
    return typed(name, String.class, required(name));
  }

  /** Returns a string, or null where it is absent or null. */
  public @Nullable String optionalString(String name) {
    Object value = values.get(name);
    return value == null ? null : typed(name, String.class, value);
  }

  /** Returns a boolean, or the given one where it is absent or null. */
  public boolean bool(String name, boolean otherwise) {
    Object value = values.get(name);
    return value == null ? otherwise : typed(name, Boolean.class, value);
  }

  /** Returns an object that must be there. */
  public Map<String, @Nullable Object> map(String name) {
    return asMap(name, required(name));
  }

  /** Returns an object, empty where it is absent or null. */
  public Map<String, @Nullable Object> optionalMap(String name) {
    Object value = values.get(name);
    return value == null ? Map.of() : asMap(name, value);
  }

  /** Returns a list of strings that must be there. */
  public List<String> strings(String name) {
    return typed(name, List.class, required(name), String.class);
  }

  /** Returns a list of strings, or null where it is absent or null. */
  public @Nullable List<String> optionalStrings(String name) {
    Object value = values.get(name);
    return value == null ? null : typed(name, List.class, value, String.class);
  }

  private Object required(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new BadArgument("missing a required argument: '" + name + "'");
    }
    return value;
  }

  private static <T> T typed(String name, Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new BadArgument(
          "argument '%s' must be a %s: %s".formatted(name, type.getSimpleName(), value));
    }
    return type.cast(value);
  }

  private static <E> List<E> typed(
      String name, Class<?> listType, Object value, Class<E> elementType) {
    return ((List<?>) typed(name, listType, value))
        .stream().map(element -> typed(name, elementType, element)).toList();
  }

  // Keys of a JSON object are strings.
  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> asMap(String name, Object value) {
    return (Map<String, @Nullable Object>) typed(name, Map.class, value);
  }
}
