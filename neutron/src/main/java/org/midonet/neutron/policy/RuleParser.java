package org.midonet.neutron.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Parses rules of the oslo.policy language, as text or as the older list of lists; each instance
 * parses one text and belongs to one thread.
 *
 * <p>{@code not} binds tighter than {@code and}, {@code and} tighter than {@code or}. Where
 * oslo.policy logs a rule it does not understand and refuses everything by it, this parser throws,
 * so that a typing error is found when the file is loaded.
 */
final class RuleParser {

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private final String rule;
  private final List<String> tokens;
  private int position;

  private RuleParser(String rule) {
    this.rule = rule;
    this.tokens = tokenize(rule);
  }

  /** Parses a rule in text form; the empty rule allows everything. */
  static Check parse(String rule) {
    if (rule.isBlank()) {
      return Check.ALLOW;
    }
    RuleParser parser = new RuleParser(rule);
    Check check = parser.any();
    if (parser.position < parser.tokens.size()) {
      throw parser.unexpected();
    }
    return check;
  }

  /**
   * Parses the list form: one of the inner lists must allow with all its checks; a bare string is a
   * list of one.
   */
  static Check parseList(List<? extends @Nullable Object> rule) {
    if (rule.isEmpty()) {
      return Check.ALLOW;
    }
    List<Check> alternatives = new ArrayList<>();
    for (Object inner : rule) {
      switch (inner) {
        case null -> {}
        case String text when text.isEmpty() -> {}
        case String text -> alternatives.add(single(text));
        case List<?> checks when checks.isEmpty() -> {}
        case List<?> checks ->
            alternatives.add(all(checks.stream().map(RuleParser::listElement).toList()));
        default ->
            throw new RuleSyntaxException(
                "a list of checks holds strings and lists of strings, not " + inner);
      }
    }
    if (alternatives.isEmpty()) {
      return Check.DENY;
    }
    return alternatives.size() == 1
        ? alternatives.getFirst()
        : new Check.Any(List.copyOf(alternatives));
  }

  private static Check listElement(Object element) {
    if (element instanceof String text) {
      return single(text);
    }
    throw new RuleSyntaxException("an inner list of checks holds strings, not " + element);
  }

  private static Check all(List<Check> checks) {
    return checks.size() == 1 ? checks.getFirst() : new Check.All(checks);
  }

  private Check any() {
    List<Check> checks = new ArrayList<>();
    do {
      checks.add(all());
    } while (accept("or"));
    return checks.size() == 1 ? checks.getFirst() : new Check.Any(List.copyOf(checks));
  }

  private Check all() {
    List<Check> checks = new ArrayList<>();
    do {
      checks.add(unary());
    } while (accept("and"));
    return all(List.copyOf(checks));
  }

  private Check unary() {
    if (accept("not")) {
      return new Check.Not(unary());
    }
    if (accept("(")) {
      Check check = any();
      if (!accept(")")) {
        throw unexpected();
      }
      return check;
    }
    if (position == tokens.size() || isOperator(tokens.get(position))) {
      throw unexpected();
    }
    return single(tokens.get(position++));
  }

  private boolean accept(String token) {
    if (position < tokens.size() && tokens.get(position).equalsIgnoreCase(token)) {
      position++;
      return true;
    }
    return false;
  }

  private RuleSyntaxException unexpected() {
    String found =
        position < tokens.size()
            ? "'" + tokens.get(position) + "' is not expected"
            : "something is missing";
    return new RuleSyntaxException("%s at word %d of \"%s\"".formatted(found, position + 1, rule));
  }

  private static boolean isOperator(String token) {
    return switch (token.toLowerCase(Locale.ROOT)) {
      case "and", "or", ")" -> true;
      default -> false;
    };
  }

  /**
   * Splits at white space, then takes parentheses off the ends of each word; inside a word they
   * belong to {@code %(x)s}.
   */
  private static List<String> tokenize(String rule) {
    List<String> tokens = new ArrayList<>();
    for (String word : rule.strip().split("\\s+", -1)) {
      int start = 0;
      while (start < word.length() && word.charAt(start) == '(') {
        tokens.add("(");
        start++;
      }
      int end = word.length();
      while (end > start && word.charAt(end - 1) == ')') {
        end--;
      }
      if (end > start) {
        tokens.add(word.substring(start, end));
      }
      for (int i = end; i < word.length(); i++) {
        tokens.add(")");
      }
    }
    return tokens;
  }

  /** Parses one check such as {@code role:admin}. */
  private static Check single(String text) {
    if (text.equals("@")) {
      return Check.ALLOW;
    }
    if (text.equals("!")) {
      return Check.DENY;
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new RuleSyntaxException("'%s' is no check; write kind:match, @ or !".formatted(text));
    }
    String kind = text.substring(0, colon);
    String match = text.substring(colon + 1);
    return switch (kind) {
      case "rule" -> new Check.Rule(match);
      case "role" -> new Check.Role(Template.parse(match));
      case "tenant_id" -> owner(match);
      case "field" -> field(match);
      case "http", "https" ->
          throw new RuleSyntaxException(
              "'%s' asks another server, which is not supported; write the decision as roles and attributes"
                  .formatted(text));
      default -> generic(kind, match);
    };
  }

  private static Check owner(String match) {
    if (!match.startsWith("%(") || !match.endsWith(")s")) {
      throw new RuleSyntaxException(
          "'tenant_id:%s' must be of the form tenant_id:%%(field)s".formatted(match));
    }
    return new Check.Owner(match.substring(2, match.length() - 2));
  }

  private static Check field(String match) {
    int colon = match.indexOf(':');
    int equals = match.indexOf('=', colon + 1);
    if (colon < 0 || equals < 0) {
      throw new RuleSyntaxException(
          "'field:%s' must be of the form field:resources:attribute=value".formatted(match));
    }
    String value = match.substring(equals + 1);
    Pattern pattern = null;
    if (value.startsWith("~")) {
      try {
        pattern = Pattern.compile(value.substring(1));
      } catch (PatternSyntaxException e) {
        throw new RuleSyntaxException(
            "'%s' is no regular expression: %s".formatted(value.substring(1), e.getDescription()));
      }
    }
    return new Check.Field(
        match.substring(0, colon), match.substring(colon + 1, equals), value, pattern);
  }

  private static Check generic(String kind, String match) {
    Template template = Template.parse(match);
    boolean quoted =
        kind.length() >= 2
            && (kind.charAt(0) == '\'' || kind.charAt(0) == '"')
            && kind.charAt(kind.length() - 1) == kind.charAt(0);
    if (quoted) {
      return new Check.Literal(kind, kind.substring(1, kind.length() - 1), template);
    }
    if (kind.equals("True")
        || kind.equals("False")
        || kind.equals("None")
        || NUMBER.matcher(kind).matches()) {
      return new Check.Literal(kind, kind, template);
    }
    return new Check.Credential(kind, template);
  }
}
