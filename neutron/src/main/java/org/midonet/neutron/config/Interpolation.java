package org.midonet.neutron.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code $name}, <code>${name}</code> and {@code $group.name} by the values of other
 * options; immutable.
 *
 * <p>A plain name is sought in the section of the value, then in {@code [DEFAULT]}. {@code $$} and
 * {@code \$} give a dollar sign, and so does a dollar sign that no name follows.
 */
record Interpolation(ConfigSources sources, Map<OptionName, Option<?>> options) {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(?:(?<escaped>\\$)|(?<plain>[_a-zA-Z][._a-zA-Z0-9]*)|\\{(?<braced>[_a-zA-Z][._a-zA-Z0-9]*)\\})");

  /**
   * Returns the text with every reference replaced.
   *
   * @throws IllegalArgumentException if a reference names no option or leads back to itself
   */
  String apply(String text, String group) {
    return apply(text, group, new HashSet<>());
  }

  private String apply(String text, String group, Set<OptionName> open) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    Matcher matcher = REFERENCE.matcher(text.replace("\\$", "$$"));
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(
          result, Matcher.quoteReplacement(replacement(matcher, group, open)));
    }
    return matcher.appendTail(result).toString();
  }

  private String replacement(Matcher matcher, String group, Set<OptionName> open) {
    if (matcher.group("escaped") != null) {
      return "$";
    }
    String plain = matcher.group("plain");
    String reference = plain == null ? matcher.group("braced") : plain;
    OptionName name = target(reference, group);
    if (name == null) {
      throw new IllegalArgumentException(
          "$" + reference + " names no option (write $$ for a dollar sign)");
    }
    if (!open.add(name)) {
      throw new IllegalArgumentException("$" + reference + " leads back to itself");
    }
    String value = value(name, open);
    open.remove(name);
    return value;
  }

  private @Nullable OptionName target(String reference, String group) {
    int dot = reference.indexOf('.');
    OptionName name =
        dot < 0
            ? new OptionName(group, reference)
            : new OptionName(reference.substring(0, dot), reference.substring(dot + 1));
    if (isKnown(name)) {
      return name;
    }
    OptionName inDefault = new OptionName(OptionName.DEFAULT, reference);
    return isKnown(inDefault) ? inDefault : null;
  }

  private boolean isKnown(OptionName name) {
    return options.containsKey(name) || AcceptedOptions.reason(name) != null;
  }

  private String value(OptionName name, Set<OptionName> open) {
    Option<?> option = options.get(name);
    List<OptionName> names = option == null ? List.of(name) : option.names();
    List<IniEntry> set = sources.find(names, false);
    if (!set.isEmpty()) {
      return apply(set.getLast().value(), name.group(), open);
    }
    String text = option == null ? null : option.defaultText();
    return text == null ? "" : text;
  }
}
