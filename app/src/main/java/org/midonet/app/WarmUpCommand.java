package org.midonet.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.midonet.neutron.config.NeutronConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code midonet warm-up}: starts a server on a free port, asks it a little and stops it, so that
 * the Java machine can record what a start needs; used by the main thread. The launcher calls it
 * after a build.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Runnable {
  private static final List<String> PATHS =
      List.of("/", "/v2.0/", "/v2.0/extensions", "/v2.0/networks", "/v2.0/ports?limit=1");

  @Parameters(paramLabel = "DIR")
  private Path dataDir = Path.of("var");

  @Override
  public void run() {
    Settings.CommandLine line =
        new Settings.CommandLine(Optional.of(dataDir), Optional.empty(), Optional.of(0));
    NeutronConfig config = Settings.resolve(new ConfigFiles(), line);
    LogSetup.apply(config.logging());
    try (Server server = Server.start(config);
        HttpClient client = HttpClient.newHttpClient()) {
      for (String path : PATHS) {
        get(client, URI.create("http://127.0.0.1:" + server.port() + path));
      }
    }
  }

  private static void get(HttpClient client, URI uri) {
    try {
      client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new Failure(Failure.FAILED, "GET " + uri + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
