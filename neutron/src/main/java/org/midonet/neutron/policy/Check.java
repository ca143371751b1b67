package org.midonet.neutron.policy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A parsed rule; immutable and safe to share between threads. Printed as oslo.policy prints it,
 * which clients get to see.
 */
sealed interface Check {

  Check ALLOW = new Constant(true);
  Check DENY = new Constant(false);

  /** {@code @} or {@code !}. */
  record Constant(boolean allows) implements Check {
    @Override
    public String toString() {
      return allows ? "@" : "!";
    }
  }

  /** Allows what the other refuses. */
  record Not(Check check) implements Check {
    @Override
    public String toString() {
      return "not " + check;
    }
  }

  /** Allows what each of them allows, asked in order. */
  record All(List<Check> checks) implements Check {
    @Override
    public String toString() {
      return join(checks, " and ");
    }
  }

  /** Allows what one of them allows, asked in order. */
  record Any(List<Check> checks) implements Check {
    @Override
    public String toString() {
      return join(checks, " or ");
    }
  }

  /** {@code rule:NAME}: what the named rule allows. */
  record Rule(String name) implements Check {
    @Override
    public String toString() {
      return "rule:" + name;
    }
  }

  /** {@code role:NAME}: whether the caller has the role. */
  record Role(Template role) implements Check {
    @Override
    public String toString() {
      return "role:" + role;
    }
  }

  /**
   * {@code user_id:%(owner)s}: whether something the caller has equals something the target has.
   */
  record Credential(String path, Template match) implements Check {
    @Override
    public String toString() {
      return path + ":" + match;
    }
  }

  /** {@code 'text':%(name)s}: whether the target has a given text. */
  record Literal(String kind, String text, Template match) implements Check {
    @Override
    public String toString() {
      return kind + ":" + match;
    }
  }

  /**
   * {@code tenant_id:%(network:tenant_id)s}: whether the caller's project owns the target, or its
   * parent.
   */
  record Owner(String field) implements Check {
    @Override
    public String toString() {
      return "tenant_id:%(" + field + ")s";
    }
  }

  /**
   * {@code field:networks:shared=True}: whether the target has a given value; with a leading ~ a
   * regular expression.
   */
  record Field(String resource, String field, String value, @Nullable Pattern pattern)
      implements Check {
    @Override
    public String toString() {
      return "field:" + resource + ":" + field + ":" + value;
    }
  }

  private static String join(List<Check> checks, String operator) {
    return checks.stream().map(Check::toString).collect(Collectors.joining(operator, "(", ")"));
  }
}
