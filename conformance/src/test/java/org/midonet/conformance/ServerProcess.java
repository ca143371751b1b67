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
      Path log = state.resolve("server.log");
      for (String file : List.of("neutron.db", "neutron.db-wal", "neutron.db-shm")) {
        Files.deleteIfExists(state.resolve(file));
      }
      delete(state.resolve("zookeeper"));
      Path project = Script.HOME.resolve("..").normalize();
      Path launcher = project.resolve("midonet");
      Script.run(BUILD, Map.of(), List.of(launcher.toString(), "version")).orThrow();
      Process process =
          new ProcessBuilder(launcher.toString(), "run", "--config-file", config.toString())
              .directory(project.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> destroy(process)));
      var server = new ServerProcess(process, URI.create("http://127.0.0.1:" + port + "/"));
      server.awaitAnswer(log);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
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
              client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
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
