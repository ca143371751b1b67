package org.midonet.agent.control;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path with its query. Immutable, safe to share.
 *
 * @param values the last one of each name
 */
record Target(String path, Map<String, String> values) {
  Target {
    values = Map.copyOf(values);
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if the query is malformed
   */
  static Target parse(String text) {
    int question = text.indexOf('?');
    if (question < 0) {
      return new Target(text, Map.of());
    }
    Map<String, String> values = new HashMap<>();
    for (String pair : text.substring(question + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values.put(decoded(name), decoded(value));
    }
    return new Target(text.substring(0, question), values);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Nullable String value(String name) {
    return values.get(name);
  }

  /**
   * A figure, or another where none is given.
   *
   * @throws IllegalArgumentException if it is none, or below zero
   */
  double number(String name, double otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      double number = Double.parseDouble(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As for a negative one.
    }
    throw new IllegalArgumentException(name + "=" + text + " is no figure from 0");
  }

  boolean isJson() {
    return "json".equals(values.get("format"));
  }
}
