package org.midonet.neutron.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@code neutron.conf} in which every option stands as a comment with its default;
 * stateless.
 */
public final class SampleConfig {
  private static final int WIDTH = 79;

  private SampleConfig() {}

  /** Returns the text of the sample, one section after the other, {@code [DEFAULT]} first. */
  public static String text() {
    Map<String, List<Option<?>>> sections = new LinkedHashMap<>();
    sections.put(OptionName.DEFAULT, new ArrayList<>());
    for (Option<?> option : Options.all()) {
      sections.computeIfAbsent(option.group(), name -> new ArrayList<>()).add(option);
    }
    StringBuilder text = new StringBuilder();
    sections.forEach((section, options) -> {
      text.append(text.isEmpty() ? "" : "\n").append("[").append(section).append("]\n");
      options.forEach(option -> append(text, option));
    });
    return text.toString();
  }

  private static void append(StringBuilder text, Option<?> option) {
    text.append('\n');
    wrap(text, option.help() + " (" + option.type().label() + ")");
    if (!option.type().choices().isEmpty()) {
      wrap(text, "One of: " + String.join(", ", option.type().choices()));
    }
    for (OptionName old : option.formerNames()) {
      wrap(text, "Formerly " + old);
    }
    text.append('#').append(option.name()).append(" =").append(value(option)).append('\n');
  }

  private static String value(Option<?> option) {
    @Nullable String value = option.defaultText();
    if (value == null) {
      return " <None>";
    }
    return value.isEmpty() ? "" : " " + value;
  }

  private static void wrap(StringBuilder text, String paragraph) {
    int column = 0;
    for (String word : paragraph.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n');
        column = 0;
      }
      text.append(column == 0 ? "# " : " ").append(word);
      column += (column == 0 ? 2 : 1) + word.length();
    }
    text.append('\n');
  }
}
