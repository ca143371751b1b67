package org.midonet.conformance.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Which differences from the recording are meant, read from the lists beside the samples;
 * immutable.
 */
final class Rules {

  private final List<Predicate<String>> outOfScope;
  private final List<Predicate<String>> absent;
  private final List<Predicate<String>> unstable;
  private final Map<String, Set<Integer>> corrections;
  private final Set<String> aliases;
  private final Set<String> own;

  private Rules(Path folder, Path aliasList) {
    outOfScope =
        lines(folder.resolve("out-of-scope.list"))
            .map(Pattern::compile)
            .map(Pattern::asPredicate)
            .toList();
    absent = paths(folder.resolve("absent-attributes.list"));
    unstable = paths(folder.resolve("unstable-values.list"));
    corrections = corrections(folder.resolve("corrections.list"));
    aliases = Set.copyOf(contents(aliasList));
    own = lines(folder.resolve("own-extensions.list")).collect(Collectors.toSet());
  }

  /**
   * Reads the rules.
   *
   * @param folder holds the lists that say what differs
   * @param aliases names the extensions that are served
   */
  static Rules read(Path folder, Path aliases) {
    return new Rules(folder, aliases);
  }

  boolean inScope(Sample sample) {
    return outOfScope.stream().noneMatch(rule -> rule.test(sample.name()));
  }

  /** Whether an attribute belongs to an extension that is not served. */
  boolean isAbsent(String path) {
    return absent.stream().anyMatch(rule -> rule.test(path));
  }

  /** Whether an element of a list is an extension that is not served. */
  boolean isUnserved(String path, JsonNode element) {
    return path.equals("extensions[]") && !aliases.contains(element.path("alias").asString(""));
  }

  /** Whether an element of a list is an extension that the reference cannot have. */
  boolean isOwn(String path, JsonNode element) {
    return path.equals("extensions[]") && own.contains(element.path("alias").asString(""));
  }

  /** Whether a value differs from run to run. */
  boolean isUnstable(String path) {
    return unstable.stream().anyMatch(rule -> rule.test(path));
  }

  /** The right statuses where the recorded answer is at fault. */
  Optional<Set<Integer>> correction(Sample sample) {
    return Optional.ofNullable(corrections.get(sample.name()));
  }

  private static List<Predicate<String>> paths(Path file) {
    return lines(file).map(Rules::path).toList();
  }

  /** A path of names, in which two asterisks stand for anything before. */
  private static Predicate<String> path(String rule) {
    return rule.startsWith("**") ? path -> path.endsWith(rule.substring(2)) : rule::equals;
  }

  private static Map<String, Set<Integer>> corrections(Path file) {
    var corrections = new LinkedHashMap<String, Set<Integer>>();
    for (String line : contents(file)) {
      String[] words = line.split("\\s+", 3);
      corrections.put(
          words[0],
          Stream.of(words[1].split(",")).map(Integer::valueOf).collect(Collectors.toSet()));
    }
    return corrections;
  }

  /** The first word of each line; the rest says why. */
  private static Stream<String> lines(Path file) {
    return contents(file).stream().map(line -> line.split("\\s+", 2)[0]);
  }

  private static List<String> contents(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
