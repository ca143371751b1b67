package org.midonet.neutron.extension;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What the API tells of each extension: the lines of extensions.tsv beside this class. Immutable.
 */
final class Announcements {
  /** One line: name, description and date. */
  record Announcement(String name, String description, String updated) {}

  private static final Map<String, Announcement> BY_ALIAS = read();

  private Announcements() {}

  static Announcement of(String alias) {
    Announcement announcement = BY_ALIAS.get(alias);
    if (announcement == null) {
      throw new IllegalArgumentException("extensions.tsv has no line for " + alias);
    }
    return announcement;
  }

  private static Map<String, Announcement> read() {
    try (InputStream in = Announcements.class.getResourceAsStream("extensions.tsv")) {
      if (in == null) {
        throw new IllegalStateException("extensions.tsv is missing");
      }
      Map<String, Announcement> announcements = new HashMap<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", 0)) {
        if (!line.startsWith("#")) {
          String[] parts = line.split("\t", 4);
          announcements.put(
              parts[0], new Announcement(parts[1], parts[2].replace("\\n", "\n"), parts[3]));
        }
      }
      return announcements;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
