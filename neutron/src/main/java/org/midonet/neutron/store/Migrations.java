package org.midonet.neutron.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The migrations this program brings, in order; immutable. */
record Migrations(List<Migration> list) {

  Migrations {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).version() != i + 1) {
        throw new IllegalArgumentException(
            "migration " + list.get(i).name() + " stands where version " + (i + 1) + " is wanted");
      }
    }
    list = List.copyOf(list);
  }

  /** Those in resource folder {@code migrations} beside this class. */
  static Migrations builtIn() {
    return in("migrations");
  }

  /** Those in this resource folder beside this class; none when it is not there. */
  static Migrations in(String folder) {
    URL url = Migrations.class.getResource(folder);
    if (url == null) {
      return new Migrations(List.of());
    }
    try {
      return new Migrations(
          fileNames(url).stream()
              .filter(Migration::isMigration)
              .sorted()
              .map(name -> Migration.of(name, read(folder + "/" + name)))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the migrations in " + url, e);
    }
  }

  int latest() {
    return list.size();
  }

  private static List<String> fileNames(URL folder) throws IOException {
    if (folder.openConnection() instanceof JarURLConnection jar) {
      String prefix = jar.getEntryName().replaceFirst("/?$", "/");
      return jar.getJarFile().stream()
          .filter(entry -> entry.getName().startsWith(prefix))
          .map(entry -> entry.getName().substring(prefix.length()))
          .toList();
    }
    try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private static String read(String resource) {
    try (InputStream in = Migrations.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is gone");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
