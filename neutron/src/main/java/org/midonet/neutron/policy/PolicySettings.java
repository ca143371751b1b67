package org.midonet.neutron.policy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of [oslo_policy]; immutable and safe to share between threads.
 *
 * @param searchPath directories in which relative names are looked for, in order
 * @param policyFiles names of the overriding file, the first that exists counts; it may appear
 *     later
 * @param policyDirs names of directories whose files override in turn, in alphabetical order
 * @param defaultRule the rule asked where a named one does not exist
 * @param enforceNewDefaults leave out the checks of earlier releases, and ask rules of
 *     administrators too
 * @param enforceScope refuse tokens that are not of the scope a rule is for
 * @param checkInterval how often at most to look whether a file has changed
 */
public record PolicySettings(
    List<Path> searchPath,
    List<String> policyFiles,
    List<String> policyDirs,
    String defaultRule,
    boolean enforceNewDefaults,
    boolean enforceScope,
    Duration checkInterval) {

  public PolicySettings {
    searchPath = List.copyOf(searchPath);
    policyFiles = List.copyOf(policyFiles);
    policyDirs = List.copyOf(policyDirs);
  }

  /** The defaults of Zed: policy.yaml, else policy.json, and policy.d, in the directories given. */
  public static PolicySettings defaults(List<Path> searchPath) {
    return new PolicySettings(
        searchPath,
        List.of("policy.yaml", "policy.json"),
        List.of("policy.d"),
        "default",
        false,
        false,
        Duration.ofSeconds(1));
  }

  /** Returns the files to read now, in the order in which a later one overrides an earlier one. */
  List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (String name : policyFiles) {
      Path file = find(name);
      if (file != null && Files.isRegularFile(file)) {
        files.add(file);
        break;
      }
    }
    for (String name : policyDirs) {
      Path directory = find(name);
      if (directory != null) {
        files.addAll(PolicyFile.list(directory));
      }
    }
    return files;
  }

  private @Nullable Path find(String name) {
    Path path = Path.of(name);
    if (path.isAbsolute()) {
      return Files.exists(path) ? path : null;
    }
    return searchPath.stream()
        .map(directory -> directory.resolve(path))
        .filter(Files::exists)
        .findFirst()
        .orElse(null);
  }
}
