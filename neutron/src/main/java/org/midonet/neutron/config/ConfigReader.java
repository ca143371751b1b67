package org.midonet.neutron.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each option its value and gathers what is wrong on the way, so that the operator sees every
 * problem at once; used by one thread while the configuration is loaded.
 */
final class ConfigReader {
  private final ConfigSources sources;
  private final Interpolation interpolation;
  private final Set<OptionName> read = new HashSet<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  ConfigReader(ConfigSources sources) {
    this.sources = sources;
    this.interpolation = new Interpolation(sources, Options.byName());
  }

  /** Returns the value set, or the default, which the option must have. */
  <T> T get(Option<T> option) {
    T fallback = Objects.requireNonNull(option.defaultValue(), option.name());
    List<IniEntry> entries = entries(option);
    if (entries.isEmpty()) {
      return fallback;
    }
    IniEntry entry = entries.getLast();
    if (isUnset(option, entry)) {
      reject(option, entry, "the value is missing");
      return fallback;
    }
    return parse(option, entry).orElse(fallback);
  }

  /** Returns the value set, or the default if there is one. */
  <T> Optional<T> find(Option<T> option) {
    List<IniEntry> entries = entries(option);
    if (entries.isEmpty()) {
      return Optional.ofNullable(option.defaultValue());
    }
    IniEntry entry = entries.getLast();
    return isUnset(option, entry) ? Optional.empty() : parse(option, entry);
  }

  /** Returns the values of all assignments of a collecting option, or the default alone. */
  <T> List<T> all(Option<T> option) {
    List<IniEntry> entries = entries(option);
    if (entries.isEmpty()) {
      T fallback = option.defaultValue();
      return fallback == null ? List.of() : List.of(fallback);
    }
    List<T> values = new ArrayList<>();
    entries.forEach(entry -> parse(option, entry).ifPresent(values::add));
    return List.copyOf(values);
  }

  /**
   * Refuses the value of an option for a reason that its type cannot see, such as another option.
   */
  void reject(Option<?> option, String reason) {
    List<IniEntry> entries = sources.find(option.names(), option.collects());
    if (entries.isEmpty()) {
      problems.add(option.key() + ": " + reason);
    } else {
      reject(option, entries.getLast(), reason);
    }
  }

  boolean isSet(Option<?> option) {
    return !sources.find(option.names(), option.collects()).isEmpty();
  }

  /** The sections that some file opens. */
  Set<String> sections() {
    return sources.sections();
  }

  /** The names under which options were sought so far. */
  Set<OptionName> read() {
    return read;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  private List<IniEntry> entries(Option<?> option) {
    read.addAll(option.names());
    List<IniEntry> entries = sources.find(option.names(), option.collects());
    for (IniEntry entry : entries) {
      if (!entry.name().equals(option.key())) {
        warnings.add(
            entry.origin()
                + ": "
                + entry.name()
                + " is now "
                + option.key()
                + "; please rename it");
      }
    }
    return entries;
  }

  private boolean isUnset(Option<?> option, IniEntry entry) {
    return option.type().blankIsUnset() && entry.value().isBlank();
  }

  private <T> Optional<T> parse(Option<T> option, IniEntry entry) {
    try {
      String text = interpolation.apply(entry.value(), entry.name().group());
      return Optional.of(option.type().parse(text));
    } catch (IllegalArgumentException e) {
      reject(option, entry, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void reject(Option<?> option, IniEntry entry, String reason) {
    String value = option.secret() ? "(hidden)" : entry.value().replace("\n", " ");
    problems.add(entry.origin() + ": " + entry.name() + " = " + value + ": " + reason);
  }
}
