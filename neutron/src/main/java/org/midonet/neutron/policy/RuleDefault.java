package org.midonet.neutron.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the program ships it; immutable and safe to share between threads.
 *
 * @param replaced the check of earlier releases, which still allows unless new defaults are
 *     enforced; null when it is the same
 */
record RuleDefault(String name, Check check, @Nullable Check replaced) {

  /** The default rules of Neutron Zed, parsed once. */
  static final List<RuleDefault> ZED = load();

  /**
   * Whether the rule authorizes an operation, which takes a project-scoped token when scopes are
   * enforced.
   */
  boolean isOperation() {
    return isOperation(name);
  }

  private static boolean isOperation(String name) {
    return switch (name.substring(0, name.indexOf('_') + 1)) {
      case "get_", "create_", "update_", "delete_", "add_", "remove_" -> true;
      default -> name.contains(":");
    };
  }

  private static List<RuleDefault> load() {
    try (InputStream in = RuleDefault.class.getResourceAsStream("default-rules.txt")) {
      if (in == null) {
        throw new IllegalStateException(
            "default-rules.txt is missing beside " + RuleDefault.class.getName());
      }
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<RuleDefault> read(String text) {
    List<RuleDefault> rules = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] columns = line.split(" \\| ", -1);
        Check replaced = columns.length > 2 ? RuleParser.parse(columns[2]) : null;
        rules.add(new RuleDefault(columns[0], RuleParser.parse(columns[1]), replaced));
      }
    }
    return List.copyOf(rules);
  }
}
