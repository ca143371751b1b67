package org.midonet.neutron.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reduces rules to what they still ask of the target, for one caller; belongs to one request's
 * thread.
 *
 * <p>An answer that does not depend on the target wins wherever it stands, so that a member's right
 * spares the look-up of the parent that the same rule would otherwise need.
 */
final class Reducer {

  private final RuleSet rules;
  private final Credentials credentials;
  private final Parents parents;
  private final Map<String, Residual> reduced = new HashMap<>();

  Reducer(RuleSet rules, Credentials credentials, Parents parents) {
    this.rules = rules;
    this.credentials = credentials;
    this.parents = parents;
  }

  /** Reduces a named rule, once. */
  Residual rule(String name) {
    Residual known = reduced.get(name);
    if (known == null) {
      known = reduce(rules.check(name));
      reduced.put(name, known);
    }
    return known;
  }

  Residual reduce(Check check) {
    return switch (check) {
      case Check.Constant constant -> Residual.of(constant.allows());
      case Check.Not not -> not(reduce(not.check()));
      case Check.All all -> all(all.checks());
      case Check.Any any -> any(any.checks());
      case Check.Rule rule -> rule(rule.name());
      case Check.Role role -> role(role.role());
      case Check.Credential credential -> credential(credential);
      case Check.Literal literal -> equal(literal.match(), List.of(literal.text()));
      case Check.Owner owner -> owner(owner.field());
      case Check.Field field -> field(field);
    };
  }

  private static Residual not(Residual inner) {
    return inner.isConstant()
        ? Residual.of(inner.alwaysRefuses())
        : target -> !inner.allows(target);
  }

  private Residual all(List<Check> checks) {
    List<Residual> open = new ArrayList<>();
    for (Check check : checks) {
      Residual residual = reduce(check);
      if (residual.alwaysRefuses()) {
        return Residual.Fixed.DENY;
      }
      if (!residual.alwaysAllows()) {
        open.add(residual);
      }
    }
    if (open.size() < 2) {
      return open.isEmpty() ? Residual.Fixed.ALLOW : open.getFirst();
    }
    Residual[] each = open.toArray(Residual[]::new);
    return target -> {
      for (Residual residual : each) {
        if (!residual.allows(target)) {
          return false;
        }
      }
      return true;
    };
  }

  private Residual any(List<Check> checks) {
    List<Residual> open = new ArrayList<>();
    for (Check check : checks) {
      Residual residual = reduce(check);
      if (residual.alwaysAllows()) {
        return Residual.Fixed.ALLOW;
      }
      if (!residual.alwaysRefuses()) {
        open.add(residual);
      }
    }
    if (open.size() < 2) {
      return open.isEmpty() ? Residual.Fixed.DENY : open.getFirst();
    }
    Residual[] each = open.toArray(Residual[]::new);
    return target -> {
      for (Residual residual : each) {
        if (residual.allows(target)) {
          return true;
        }
      }
      return false;
    };
  }

  private Residual role(Template role) {
    if (role.isConstant()) {
      return Residual.of(credentials.context().hasRole(role.parts().getFirst()));
    }
    return target -> {
      String name = role.expand(target);
      return name != null && credentials.context().hasRole(name);
    };
  }

  private Residual credential(Check.Credential check) {
    // A caller without a project owns nothing, not even what belongs to no project.
    boolean projectless =
        check.path().equals("project_id") && credentials.context().projectId() == null;
    return projectless && !check.match().isConstant()
        ? Residual.Fixed.DENY
        : equal(check.match(), credentials.texts(check.path()));
  }

  private static Residual equal(Template match, List<String> wanted) {
    if (wanted.isEmpty()) {
      return Residual.Fixed.DENY;
    }
    if (match.isConstant()) {
      return Residual.of(wanted.contains(match.parts().getFirst()));
    }
    String attribute = match.singleAttribute();
    if (attribute != null && wanted.size() == 1) {
      String only = wanted.getFirst();
      return target -> {
        Object value = Targets.get(target, attribute);
        return value instanceof String text
            ? text.equals(only)
            : value != PolicyTarget.ABSENT && PythonText.of(value).equals(only);
      };
    }
    return target -> {
      String text = match.expand(target);
      return text != null && wanted.contains(text);
    };
  }

  private Residual owner(String field) {
    String project = credentials.context().projectId();
    if (project == null) {
      return Residual.Fixed.DENY;
    }
    return target -> {
      Object owner = Targets.get(target, field);
      if (owner == PolicyTarget.ABSENT) {
        owner = parents.field(target, field);
      }
      return project.equals(owner);
    };
  }

  private Residual field(Check.Field check) {
    return target -> matches(check, fieldValue(check, target));
  }

  private @Nullable Object fieldValue(Check.Field check, PolicyTarget target) {
    Object value = target.get(check.field());
    boolean ofNetwork = check.resource().equals("networks") && check.field().equals("shared");
    return value == PolicyTarget.ABSENT && ofNetwork ? parents.sharedNetwork(target) : value;
  }

  private static boolean matches(Check.Field check, @Nullable Object value) {
    return switch (value) {
      case null -> false;
      case PolicyTarget.Absent absent -> false;
      case Boolean flag -> flag.equals(bool(check.value()));
      case String text when check.pattern() != null -> check.pattern().matcher(text).lookingAt();
      default -> check.pattern() == null && PythonText.of(value).equals(check.value());
    };
  }

  /** Reads a truth value as Neutron's attributes do; null when it is none. */
  private static @Nullable Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> null;
    };
  }
}
