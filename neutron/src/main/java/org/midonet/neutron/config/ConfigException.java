package org.midonet.neutron.config;

import java.util.List;

/**
 * The configuration cannot be used; safe to share. Each problem is one line that names file, line,
 * key and reason, ready to be shown to the operator.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  ConfigException(String problem) {
    this(List.of(problem));
  }

  /** Returns the problems in the order in which they were found, one line each. */
  public List<String> problems() {
    return problems;
  }
}
