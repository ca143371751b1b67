package org.midonet.neutron.policy;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as Python's {@code str} does, since that is what rules compare; stateless and safe
 * to share between threads.
 */
final class PythonText {
  private PythonText() {}

  static String of(@Nullable Object value) {
    return value instanceof String text ? text : nested(value);
  }

  private static String nested(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean flag -> flag ? "True" : "False";
      case String text -> "'" + text + "'";
      case Collection<?> items ->
          items.stream().map(PythonText::nested).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> nested(entry.getKey()) + ": " + nested(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> value.toString();
    };
  }
}
