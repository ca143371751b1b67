package org.midonet.neutron.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file in the format of oslo.config; not safe to share, one per file.
 *
 * <p>A line that starts with white space continues the value above it; a blank line, a comment or
 * another assignment ends a value. Comments are whole lines starting with {@code #} or {@code ;}.
 * The first {@code =} or {@code :} of a line divides key from value, and one pair of quotes around
 * a value is taken off.
 */
final class IniParser {
  /** The assignments of a file in order, and every section it opens, filled or not. */
  record Parsed(List<IniEntry> entries, Set<String> sections) {}

  private final String file;
  private final List<IniEntry> entries = new ArrayList<>();
  private final Set<String> sections = new LinkedHashSet<>();
  private @Nullable String section;
  private @Nullable String key;
  private int keyLine;
  private final List<String> value = new ArrayList<>();

  private IniParser(String file) {
    this.file = file;
  }

  /**
   * Parses the text of a file.
   *
   * @throws ConfigException at the first line that is no section, assignment, continuation or
   *     comment
   */
  static Parsed parse(String file, String text) {
    IniParser parser = new IniParser(file);
    int number = 0;
    for (String line : text.lines().toList()) {
      parser.line(++number, line.stripTrailing());
    }
    parser.flush();
    return new Parsed(List.copyOf(parser.entries), parser.sections);
  }

  private void line(int number, String line) {
    if (line.isEmpty()) {
      flush();
    } else if (line.startsWith(" ") || line.startsWith("\t")) {
      if (key == null) {
        throw bad(number, "this line is indented but continues no value", line);
      }
      value.add(line.stripLeading());
    } else {
      flush();
      if (line.startsWith("[")) {
        openSection(number, line);
      } else if (!line.startsWith("#") && !line.startsWith(";")) {
        assign(number, line);
      }
    }
  }

  private void openSection(int number, String line) {
    if (!line.endsWith("]")) {
      throw bad(number, "a section line must end with ]", line);
    }
    if (line.length() == 2) {
      throw bad(number, "the section has no name", line);
    }
    section = line.substring(1, line.length() - 1);
    sections.add(OptionName.normalizeGroup(section));
  }

  private void assign(int number, String line) {
    int divider = divider(line);
    if (divider < 0) {
      throw bad(number, "neither = nor : stands in this line", line);
    }
    String name = line.substring(0, divider).strip();
    if (name.isEmpty()) {
      throw bad(number, "the key is missing", line);
    }
    if (section == null) {
      throw bad(number, "a section such as [DEFAULT] must come first", line);
    }
    key = name;
    keyLine = number;
    value.add(unquote(line.substring(divider + 1).strip()));
  }

  private void flush() {
    if (key != null && section != null) {
      entries.add(
          new IniEntry(
              new OptionName(section, key), String.join("\n", value), file + ":" + keyLine));
    }
    key = null;
    value.clear();
  }

  private static int divider(String line) {
    int equal = line.indexOf('=');
    int colon = line.indexOf(':');
    return equal < 0 || (colon >= 0 && colon < equal) ? colon : equal;
  }

  private static String unquote(String text) {
    if (text.isEmpty() || (text.charAt(0) != '"' && text.charAt(0) != '\'')) {
      return text;
    }
    if (text.charAt(text.length() - 1) != text.charAt(0)) {
      return text;
    }
    return text.length() == 1 ? "" : text.substring(1, text.length() - 1);
  }

  private ConfigException bad(int number, String reason, String line) {
    // A whole line may hold a password: only its beginning up to the value is shown.
    int divider = divider(line);
    String shown = divider < 0 ? line : line.substring(0, divider + 1) + "...";
    return new ConfigException(file + ":" + number + ": " + reason + ": " + shown.strip());
  }
}
