package org.midonet.neutron.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells the operator which assignments have no effect, and what was probably meant; stateless. */
final class UnknownOptions {
  private UnknownOptions() {}

  /**
   * Returns one line for each assignment that has no effect, and one for each section of another
   * library.
   *
   * @param read the names under which options were sought
   */
  static List<String> warnings(ConfigSources sources, Set<OptionName> read) {
    Set<String> ourSections = new HashSet<>();
    read.forEach(name -> ourSections.add(name.group()));
    List<String> warnings = new ArrayList<>();
    Map<String, String> unread = new LinkedHashMap<>();
    for (IniEntry entry : sources.entries()) {
      OptionName name = entry.name();
      String reason = AcceptedOptions.reason(name);
      if (reason != null) {
        warnings.add(entry.origin() + ": " + name + " has no effect here: " + reason);
      } else if (AcceptedOptions.isForeign(name.group()) && !read.contains(name)) {
        unread.putIfAbsent(name.group(), entry.origin());
      } else if (!read.contains(name)) {
        warnings.add(entry.origin() + ": " + name + " is unknown and ignored" + hint(name, read));
      }
    }
    unread.forEach((section, origin) ->
        warnings.add(
            origin + ": [" + section + "] belongs to another program; this server ignores it"));
    return warnings;
  }

  private static String hint(OptionName wrong, Set<OptionName> known) {
    Optional<OptionName> meant =
        known.stream()
            .filter(name -> plain(name.key()).equals(plain(wrong.key())))
            .filter(name -> Options.byName().containsKey(name))
            .min((a, b) -> Boolean.compare(isElsewhere(a, wrong), isElsewhere(b, wrong)))
            .or(() -> nearest(wrong, known));
    return meant.map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static Optional<OptionName> nearest(OptionName wrong, Set<OptionName> known) {
    return known.stream()
        .filter(name -> name.group().equals(wrong.group()))
        .filter(name -> Options.byName().containsKey(name))
        .filter(name -> distance(name.key(), wrong.key()) <= 2)
        .min((a, b) -> distance(a.key(), wrong.key()) - distance(b.key(), wrong.key()));
  }

  private static boolean isElsewhere(OptionName name, OptionName wrong) {
    return !name.group().equalsIgnoreCase(wrong.group());
  }

  private static String plain(String key) {
    return key.replace('-', '_').toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance: how many characters to add, drop or change. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
