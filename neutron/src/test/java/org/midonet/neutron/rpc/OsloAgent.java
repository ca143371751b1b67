package org.midonet.neutron.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Python agent {@code oslo_agent.py}, running; not safe to share between threads. */
final class OsloAgent implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OsloAgent(Process process) {
    this.process = process;
    this.output = process.inputReader(UTF_8);
  }

  static OsloAgent start(String url, String host, Path directory) throws IOException {
    Path script = directory.resolve("oslo_agent.py");
    try (InputStream source = OsloAgent.class.getResourceAsStream("oslo_agent.py")) {
      Files.write(script, requireNonNull(source).readAllBytes());
    }
    Path errors = directory.resolve("oslo_agent.err");
    return new OsloAgent(
        new ProcessBuilder("/usr/bin/python3", "-W", "ignore", script.toString(), url, host)
            .redirectError(errors.toFile())
            .start());
  }

  /** Returns the next thing it tells; waits for it. */
  String nextLine() throws IOException {
    return requireNonNull(output.readLine(), "the Python agent ended");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
