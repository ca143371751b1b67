package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Makes many starts of the program quick, as its launcher does: the Java machine keeps what it
 * learns of the classes of jars. Stateless.
 */
final class QuickStart {
  private QuickStart() {}

  /** What to tell the Java machine, the main class last. */
  static List<String> train(Path directory) throws Exception {
    String classes = jars(directory);
    Path cache = directory.resolve("midonet.aot");
    List<String> program = List.of("-cp", classes, Main.class.getName());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.add("-XX:AOTCacheOutput=" + cache);
    command.addAll(program);
    command.addAll(List.of("warm-up", directory.resolve("warm-up").toString()));
    Path log = directory.resolve("training");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(() -> read(log)).isZero();
    List<String> quick = new ArrayList<>();
    quick.add("-XX:AOTCache=" + cache);
    quick.addAll(program);
    return quick;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The class path of the tests, with folders as jars. */
  private static String jars(Path directory) {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!Files.isDirectory(Path.of(entry))) {
        jars.add(entry);
        continue;
      }
      String jar = directory.resolve("classes-" + jars.size() + ".jar").toString();
      int status =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(System.out, System.err, "--create", "--file", jar, "-C", entry, ".");
      assertThat(status).isZero();
      jars.add(jar);
    }
    return String.join(File.pathSeparator, jars);
  }
}
