package org.midonet.neutron.config;

import java.util.List;
import java.util.function.Function;

/**
 * How the text of an option becomes a value and back; immutable.
 *
 * @param label what the sample calls the type, such as {@code integer value}
 * @param parser takes the text as it stands in the file; throws IllegalArgumentException whose
 *     message is the reason
 * @param formatter gives the text that would be read back as the same value
 * @param choices the only values allowed, or empty when there is no such list
 * @param blankIsUnset whether white space alone means that nothing is set (numbers, names) or is a
 *     value itself
 * @param secret whether the value must never be shown
 */
public record OptionType<T>(
    String label,
    Function<String, T> parser,
    Function<T, String> formatter,
    List<String> choices,
    boolean blankIsUnset,
    boolean secret) {

  OptionType(
      String label,
      Function<String, T> parser,
      Function<T, String> formatter,
      List<String> choices,
      boolean blankIsUnset) {
    this(label, parser, formatter, choices, blankIsUnset, false);
  }

  T parse(String text) {
    return parser.apply(text);
  }

  String format(T value) {
    return formatter.apply(value);
  }
}
