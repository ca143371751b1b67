package org.midonet.cluster.neutron;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ways by which Neutron's documents come. Stateless. They name the same fields; the reader asks
 * for each by its name in the REST API.
 */
public enum Dialect {
  /** The REST API: names as they stand, the empty text is a text. */
  REST,
  /** What we have stored: as the REST API shows it, already found good. */
  STORED,
  /**
   * The task table: prefixes up to a colon do not count, neither in names nor in enumerations, a
   * hyphen is an underscore, and the empty text is none (midonet.md part 3).
   */
  TASK;

  Map<String, @Nullable Object> normalise(Map<String, @Nullable Object> document) {
    if (this != TASK) {
      return document;
    }
    Map<String, @Nullable Object> normal = new LinkedHashMap<>();
    document.forEach((name, value) -> {
      if (value != null && !"".equals(value)) {
        normal.put(key(name), value);
      }
    });
    return normal;
  }

  String key(String field) {
    return this == TASK ? afterColon(field).replace('-', '_') : field;
  }

  /** A value of an enumeration as it is looked up, in lower case. */
  String choice(String text) {
    return (this == TASK ? afterColon(text) : text).toLowerCase(Locale.ROOT);
  }

  private static String afterColon(String text) {
    return text.substring(text.lastIndexOf(':') + 1);
  }
}
