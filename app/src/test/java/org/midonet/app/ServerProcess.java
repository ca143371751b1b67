package org.midonet.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Json;

/** The program in a process of its own, on a free port; safe to share between threads. */
final class ServerProcess implements AutoCloseable {
  private static final String ANNOUNCEMENT = "The Networking API listens on ";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String url;

  private ServerProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it with that configuration and returns when it listens. */
  static ServerProcess start(Path config, Path errors) throws IOException {
    return start(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()),
        config,
        errors);
  }

  /**
   * Starts it in a certain way.
   *
   * @param program what the Java machine is told, the main class last
   */
  static ServerProcess start(List<String> program, Path config, Path errors) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(program);
    command.addAll(List.of("run", "--no-agent", "--config-file", config.toString()));
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    BufferedReader lines = process.inputReader();
    for (String line; (line = lines.readLine()) != null; ) {
      if (line.startsWith(ANNOUNCEMENT)) {
        return new ServerProcess(process, line.substring(ANNOUNCEMENT.length()));
      }
    }
    throw new AssertionError("the server ended: " + Files.readString(errors));
  }

  /** An answer: its status and its JSON body. */
  record Answer(int status, Map<?, ?> body) {
    /** What the body has under a key. */
    Map<?, ?> item(String key) {
      if (!(body.get(key) instanceof Map<?, ?> item)) {
        throw new AssertionError(this);
      }
      return item;
    }
  }

  /**
   * Sends a request below /v2.0/ as an administrator in a project.
   *
   * @throws UncheckedIOException when no answer comes
   */
  Answer send(String project, String method, String path, @Nullable Map<String, ?> body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v2.0/" + path))
            .header("X-Project-Id", project)
            .header("X-Roles", "admin")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(Json.writeBytes(body)))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      Object read = response.body().length == 0 ? null : Json.read(response.body());
      return new Answer(response.statusCode(), read instanceof Map<?, ?> map ? map : Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends it with SIGKILL and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
    http.close();
  }
}
