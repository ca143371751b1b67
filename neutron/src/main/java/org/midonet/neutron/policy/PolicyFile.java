package org.midonet.neutron.policy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads policy.yaml and policy.json; stateless and safe to share between threads. */
final class PolicyFile {
  private PolicyFile() {}

  /** Lists the files of a directory that hold rules: regular, not hidden, in alphabetical order. */
  static List<Path> list(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry ->
              Files.isRegularFile(entry) && !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new BadPolicyException(
          "%s: cannot be read as a directory of policy files: %s".formatted(directory, e));
    }
  }

  /**
   * Reads the rules of a file.
   *
   * @throws BadPolicyException naming file, line and reason
   */
  static Map<String, Check> read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new BadPolicyException("%s: cannot be read: %s".formatted(file, e));
    }
  }

  static Map<String, Check> parse(String file, String content) {
    // Between the tokens of JSON a tab is white space; YAML, which is otherwise a superset, would
    // refuse it.
    String yaml = content.stripLeading().startsWith("{") ? content.replace('\t', ' ') : content;
    Node root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new BadPolicyException("%s:%d: %s".formatted(file, line, e.getProblem()));
    } catch (YAMLException e) {
      throw new BadPolicyException("%s: %s".formatted(file, e.getMessage()));
    }
    Map<String, Check> rules = new LinkedHashMap<>();
    if (root == null || Tag.NULL.equals(root.getTag())) {
      return rules;
    }
    if (!(root instanceof MappingNode mapping)) {
      throw bad(file, root, "a policy file maps rule names to rules");
    }
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode name)) {
        throw bad(file, entry.getKeyNode(), "a rule name is a string");
      }
      try {
        rules.put(name.getValue(), check(entry.getValueNode()));
      } catch (RuleSyntaxException e) {
        throw bad(
            file, entry.getKeyNode(), "rule %s: %s".formatted(name.getValue(), e.getMessage()));
      }
    }
    return rules;
  }

  private static Check check(Node node) {
    return switch (node) {
      case ScalarNode scalar when Tag.STR.equals(scalar.getTag()) ->
          RuleParser.parse(scalar.getValue());
      case ScalarNode scalar when Tag.NULL.equals(scalar.getTag()) -> Check.ALLOW;
      case SequenceNode sequence -> RuleParser.parseList(strings(sequence));
      default -> throw new RuleSyntaxException("a rule is a string or a list; put it in quotes");
    };
  }

  private static List<Object> strings(SequenceNode sequence) {
    List<Object> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(item instanceof SequenceNode inner ? strings(inner) : ((Object) text(item)));
    }
    return items;
  }

  private static String text(Node node) {
    if (node instanceof ScalarNode scalar && Tag.STR.equals(scalar.getTag())) {
      return scalar.getValue();
    }
    throw new RuleSyntaxException("a list of checks holds strings and lists of strings");
  }

  private static BadPolicyException bad(String file, Node node, String reason) {
    return new BadPolicyException(
        "%s:%d: %s".formatted(file, node.getStartMark().getLine() + 1, reason));
  }
}
