package org.midonet.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Our API and a MidoNet of ours as two programs with nothing in common but MidoNet's REST API
 * between them, where the one logs in to the other by Keystone. Not safe to share between threads.
 */
final class MidonetOverRest implements AutoCloseable {

  private static final String PATH = "/midonet-api";

  private final Path state;
  private final int port;
  private final ServerProcess midonet;
  private final ServerProcess server;

  private MidonetOverRest(Path state, int port, ServerProcess midonet, ServerProcess server) {
    this.state = state;
    this.port = port;
    this.midonet = midonet;
    this.server = server;
  }

  /**
   * Starts both on three ports of the loopback interface, of which the last is for {@link
   * #madeAnew}.
   *
   * @param configuration of the API, on the first port, with what is to stand in section MIDONET
   */
  static MidonetOverRest start(Path state, int port, UnaryOperator<String> configuration) {
    try {
      ServerProcess.delete(state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String overRest =
        """
        midonet_uri = http://127.0.0.1:%1$d%2$s
        cluster_api_port = %1$d
        username = neutron
        password = %3$s
        project_id = service
        """
            .formatted(port + 1, PATH, Keystone.PASSWORD);
    String builtIn = "client = builtin\ncluster_api_port = " + (port + 2);
    write(state.resolve("midonet.conf"), configuration.apply(overRest));
    write(state.resolve("builtin.conf"), configuration.apply(builtIn));
    ServerProcess midonet =
        ServerProcess.start(
            "cluster", state, midonetApi(port + 1), options(state, "midonet.conf", "topology"));
    try {
      URI url = URI.create("http://127.0.0.1:" + port + "/");
      return new MidonetOverRest(
          state,
          port,
          midonet,
          ServerProcess.start("api", state, url, options(state, "midonet.conf", "api")));
    } catch (RuntimeException e) {
      midonet.close();
      throw e;
    }
  }

  private static List<String> options(Path state, String config, String data) {
    return List.of(
        "--config-file",
        state.resolve(config).toString(),
        "--data-dir",
        state.resolve(data).toString());
  }

  private static URI midonetApi(int port) {
    return URI.create("http://127.0.0.1:" + port + PATH + "/");
  }

  /** The root of the Networking API. */
  URI server() {
    return server.url();
  }

  /** The API of the MidoNet that was told. */
  URI midonet() {
    return midonet.url();
  }

  /**
   * Stops the server, and starts another with its database and the built-in MidoNet, which makes
   * the topology anew of all that the database has.
   */
  ServerProcess madeAnew() {
    server.close();
    return ServerProcess.start(
        "run", state, midonetApi(port + 2), options(state, "builtin.conf", "anew"));
  }

  @Override
  public void close() {
    server.close();
    midonet.close();
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
