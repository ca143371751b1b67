package org.midonet.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs scripts of {@code conformance/bin} and {@code conformance/lib}; safe to share between
 * threads.
 */
public final class Script {

  /** The module's folder, in which Maven runs the tests. */
  public static final Path HOME = home();

  private Script() {}

  /**
   * What a program said.
   *
   * @param status its exit status
   * @param output its standard output
   * @param errors its standard error
   */
  public record Result(int status, String output, String errors) {

    /** The standard output of a program that ended well, without the line end. */
    public String orThrow() {
      if (status != 0) {
        throw new IllegalStateException("exit status %d\n%s%s".formatted(status, output, errors));
      }
      return output.strip();
    }
  }

  /** Runs a script of conformance/bin to its end. */
  public static Result run(Duration limit, String script, String... arguments) {
    var command = new ArrayList<String>();
    command.add(HOME.resolve("bin").resolve(script).toString());
    command.addAll(List.of(arguments));
    return run(limit, Map.of(), command);
  }

  /**
   * Runs a program to its end with additional environment variables.
   *
   * @throws IllegalStateException if it takes longer than the limit; it is then killed
   */
  public static Result run(Duration limit, Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile("output", ".txt");
      Path errors = Files.createTempFile("errors", ".txt");
      try {
        var builder =
            new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new IllegalStateException(
              command + " took longer than " + limit + "\n" + Files.readString(errors));
        }
        return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }

  private static Path home() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("bin/keystone")) ? here : here.resolve("conformance");
  }
}
