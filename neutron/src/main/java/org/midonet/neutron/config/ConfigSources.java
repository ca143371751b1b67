package org.midonet.neutron.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The assignments of all files in the order in which they were given, later ones winning;
 * immutable.
 *
 * @param sources one per file, the last one holding what the command line set
 * @param sections every section that some file opens
 */
record ConfigSources(List<Source> sources, Set<String> sections) {
  /** The assignments of one file, in order and by name. */
  record Source(List<IniEntry> entries, Map<OptionName, List<IniEntry>> byName) {
    static Source of(IniParser.Parsed file) {
      return new Source(
          file.entries(), file.entries().stream().collect(Collectors.groupingBy(IniEntry::name)));
    }
  }

  /**
   * Reads the files in order, then the {@code *.conf} of each directory in alphabetical order, then
   * the overrides.
   *
   * @param overrides {@code section.key} to value
   * @throws ConfigException if a file or directory cannot be read or a line makes no sense
   */
  static ConfigSources read(List<Path> files, List<Path> dirs, Map<String, String> overrides) {
    List<IniParser.Parsed> parsed = new ArrayList<>();
    files.forEach(file -> parsed.add(IniParser.parse(file.toString(), text(file))));
    for (Path dir : dirs) {
      confFiles(dir).forEach(file -> parsed.add(IniParser.parse(file.toString(), text(file))));
    }
    List<IniEntry> set = overrides.entrySet().stream().map(ConfigSources::override).toList();
    parsed.add(new IniParser.Parsed(set, Set.of()));
    Set<String> sections = new LinkedHashSet<>();
    parsed.forEach(file -> sections.addAll(file.sections()));
    return new ConfigSources(parsed.stream().map(Source::of).toList(), sections);
  }

  /**
   * Returns the assignments that count, the winning one last; empty if there is none.
   *
   * @param names the option's names; within a file the first that is present counts
   * @param all whether the assignments of every file and name are wanted, in order
   */
  List<IniEntry> find(List<OptionName> names, boolean all) {
    List<IniEntry> found = new ArrayList<>();
    for (Source source : sources.reversed()) {
      for (OptionName name : names) {
        List<IniEntry> entries = source.byName().getOrDefault(name, List.of());
        found.addAll(0, entries);
        if (!all && !entries.isEmpty()) {
          return found;
        }
      }
    }
    return found;
  }

  /** Every assignment, in the order in which it was read. */
  List<IniEntry> entries() {
    return sources.stream().flatMap(source -> source.entries().stream()).toList();
  }

  private static IniEntry override(Map.Entry<String, String> entry) {
    // Sections such as cors.x have dots themselves, keys have none.
    int dot = entry.getKey().lastIndexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("not section.key: " + entry.getKey());
    }
    OptionName name =
        new OptionName(entry.getKey().substring(0, dot), entry.getKey().substring(dot + 1));
    return new IniEntry(name, entry.getValue(), "command line");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": no such configuration file");
    } catch (AccessDeniedException e) {
      throw new ConfigException(file + ": permission to read this configuration file is missing");
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": this configuration file is not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigException(
          file + ": this configuration file cannot be read: " + e.getMessage());
    }
  }

  private static Set<Path> confFiles(Path dir) {
    Set<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(dir, "*.conf")) {
      for (Path file : found) {
        // Shell patterns leave hidden files out, and so does oslo.config.
        if (!String.valueOf(file.getFileName()).startsWith(".")) {
          files.add(file);
        }
      }
    } catch (IOException e) {
      throw new ConfigException(dir + ": no such configuration directory");
    }
    return files;
  }
}
