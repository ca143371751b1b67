package org.midonet.neutron.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The right side of a check, text with {@code %(name)s} where a value of the target goes; immutable
 * and safe to share between threads.
 *
 * @param source as written
 * @param parts literal texts and attribute names, alternating, beginning and ending with a text
 */
record Template(String source, List<String> parts) {

  private static final Pattern PLACEHOLDER = Pattern.compile("%(?:%|\\(([^)]*)\\)s)");

  /**
   * Parses the text; throws {@link RuleSyntaxException} for a % that begins neither a placeholder
   * nor %%.
   */
  static Template parse(String source) {
    List<String> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(source);
    int end = 0;
    while (placeholder.find()) {
      text.append(plain(source, end, placeholder.start()));
      end = placeholder.end();
      String name = placeholder.group(1);
      if (name == null) {
        text.append('%');
      } else {
        parts.add(text.toString());
        parts.add(name);
        text.setLength(0);
      }
    }
    parts.add(text.append(plain(source, end, source.length())).toString());
    return new Template(source, List.copyOf(parts));
  }

  private static String plain(String source, int from, int to) {
    String text = source.substring(from, to);
    if (text.indexOf('%') >= 0) {
      throw new RuleSyntaxException(
          "'%s' has a %% that is not of the form %%(attribute)s".formatted(source));
    }
    return text;
  }

  boolean isConstant() {
    return parts.size() == 1;
  }

  /** The attribute when the template is one placeholder and nothing else. */
  @Nullable String singleAttribute() {
    return parts.size() == 3 && parts.get(0).isEmpty() && parts.get(2).isEmpty()
        ? parts.get(1)
        : null;
  }

  /** Returns the text with the target's values, or null when the target lacks one. */
  @Nullable String expand(PolicyTarget target) {
    if (isConstant()) {
      return parts.get(0);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      if (i % 2 == 0) {
        text.append(parts.get(i));
        continue;
      }
      Object value = Targets.get(target, parts.get(i));
      if (value == PolicyTarget.ABSENT) {
        return null;
      }
      text.append(PythonText.of(value));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return source;
  }
}
