package org.midonet.neutron.config;

import java.util.Locale;

/**
 * Where an option stands: section and key; immutable. Section names match regardless of case except
 * {@code DEFAULT}, which must be spelt so; keys match exactly, with {@code _} where an option's own
 * name has {@code -}.
 */
record OptionName(String group, String key) {
  static final String DEFAULT = "DEFAULT";

  OptionName {
    group = normalizeGroup(group);
  }

  static String normalizeGroup(String group) {
    return group.equals(DEFAULT) ? group : group.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "[" + group + "] " + key;
  }
}
