package org.midonet.neutron.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rules in step with the operator's files; safe to share between threads.
 *
 * <p>Whoever asks first after the interval looks at the files; others go on with the rules they
 * have. Rules from a file that cannot be used are not taken: the last good ones stay and the reason
 * is logged once for each state of the files.
 */
final class RuleSource {

  private static final Logger LOG = LoggerFactory.getLogger(RuleSource.class);

  private record FileState(Path file, FileTime modified, long size) {}

  private record Loaded(RuleSet rules, List<FileState> files) {}

  private final PolicySettings settings;
  private final AtomicLong nextLook;
  private volatile Loaded loaded;

  /** Reads the files; throws {@link BadPolicyException} when one cannot be used. */
  RuleSource(PolicySettings settings) {
    this.settings = settings;
    List<FileState> files = look();
    this.loaded = new Loaded(read(files), files);
    this.nextLook = new AtomicLong(System.nanoTime() + settings.checkInterval().toNanos());
  }

  /** Returns the rules in force. */
  RuleSet current() {
    long now = System.nanoTime();
    long due = nextLook.get();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + settings.checkInterval().toNanos())) {
      refresh();
    }
    return loaded.rules();
  }

  private void refresh() {
    Loaded before = loaded;
    try {
      List<FileState> files = look();
      if (files.equals(before.files())) {
        return;
      }
      try {
        loaded = new Loaded(read(files), files);
        LOG.info("Policy rules read again from {}", files.stream().map(FileState::file).toList());
      } catch (BadPolicyException e) {
        loaded = new Loaded(before.rules(), files);
        LOG.error("The policy rules in force stay as they are: {}", e.getMessage());
      }
    } catch (BadPolicyException e) {
      LOG.error("The policy rules in force stay as they are: {}", e.getMessage());
    }
  }

  private List<FileState> look() {
    List<FileState> states = new ArrayList<>();
    for (Path file : settings.files()) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        states.add(new FileState(file, attributes.lastModifiedTime(), attributes.size()));
      } catch (IOException e) {
        throw new BadPolicyException("%s: cannot be read: %s".formatted(file, e));
      }
    }
    return states;
  }

  private RuleSet read(List<FileState> files) {
    Map<String, Check> overrides = new HashMap<>();
    for (FileState state : files) {
      overrides.putAll(PolicyFile.read(state.file()));
    }
    RuleSet rules = RuleSet.of(RuleDefault.ZED, overrides, settings);
    Set<String> dangling = rules.dangling();
    if (!dangling.isEmpty()) {
      LOG.warn(
          "Policy rules {} refer to rules that do not exist; rule {} is asked instead",
          dangling,
          settings.defaultRule());
    }
    return rules;
  }
}
