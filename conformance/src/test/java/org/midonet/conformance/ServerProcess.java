package org.midonet.conformance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Our server, started by the command that operators use; not safe to share between threads. */
final class ServerProcess implements AutoCloseable {

  private static final Duration BUILD = Duration.ofMinutes(10);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(15);

  private final Process process;
  private final URI url;

  private ServerProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Builds the server where its sources are newer, starts it with a configuration and an empty
   * database on a port of the loopback interface and waits until it answers.
   *
   * @param state folder for its configuration, database and log
   */
  static ServerProcess start(Path state, int port, String configuration) {
    try {
      Path config =
          Files.writeString(Files.createDirectories(state).resolve("neutron.conf"), configuration);
      for (String file : List.of("neutron.db", "neutron.db-wal", "neutron.db-shm")) {
        Files.deleteIfExists(state.resolve(file));
      }
      delete(state.resolve("zookeeper"));
      return start(
          "run",
          state,
          URI.create("http://127.0.0.1:" + port + "/"),
          List.of("--config-file", config.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Builds the program where its sources are newer, runs one of its commands and waits until that
   * answers.
   *
   * @param state folder for its log
   */
  static ServerProcess start(String command, Path state, URI url, List<String> options) {
    Path project = Script.HOME.resolve("..").normalize();
    String launcher = project.resolve("midonet").toString();
    Script.run(BUILD, Map.of(), List.of(launcher, "version")).orThrow();
    List<String> line = new ArrayList<>(List.of(launcher, command));
    if (command.equals("run")) {
      line.add("--no-agent");
    }
    line.addAll(options);
    Path log = state.resolve(command + ".log");
    try {
      Process process =
          new ProcessBuilder(line)
              .directory(project.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> destroy(process)));
      var server = new ServerProcess(process, url);
      server.awaitAnswer(log);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void awaitAnswer(Path log) throws IOException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build();
      await()
          .atMost(START)
          .ignoreExceptionsInstanceOf(IOException.class)
          .failFast("the server ended", () -> !process.isAlive())
          .until(() ->
              client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 500);
    } catch (RuntimeException e) {
      close();
      throw new IllegalStateException("no answer at " + url + "\n" + Files.readString(log), e);
    }
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    destroy(process);
  }

  private static void destroy(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
