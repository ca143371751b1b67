package org.midonet.benchmarks.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that can be started, filled and stopped; its two kinds are not safe to share between
 * threads.
 */
sealed interface Server {

  String name();

  URI url();

  /**
   * Starts with an empty database.
   *
   * @return seconds from the start of the process to its first answer with status 200
   */
  double start() throws IOException, InterruptedException;

  /** The process of which the others of this server descend. */
  long pid() throws IOException;

  /** Makes the number of networks this many. */
  void fillNetworks(Api api, int count) throws IOException, InterruptedException;

  void stop() throws IOException, InterruptedException;

  /** Ours, by its own command. */
  final class Ours implements Server {

    private final Path checkout;
    private final Path state;
    private final int port;
    private final Process[] process = new Process[1];

    /**
     * @param checkout the project's folder
     * @param state folder with neutron.conf, in which the database is made
     */
    Ours(Path checkout, Path state, int port) {
      this.checkout = checkout;
      this.state = state;
      this.port = port;
    }

    @Override
    public String name() {
      return "ours";
    }

    @Override
    public URI url() {
      return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public double start() throws IOException, InterruptedException {
      long begin = System.nanoTime();
      process[0] =
          new ProcessBuilder(
                  "./midonet", "run", "--config-file", state.resolve("neutron.conf").toString())
              .directory(checkout.toFile())
              .redirectErrorStream(true)
              .redirectOutput(state.resolve("server.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
      awaitAnswer(port);
      return (System.nanoTime() - begin) / 1e9;
    }

    @Override
    public long pid() {
      return process[0].pid();
    }

    @Override
    public void fillNetworks(Api api, int count) throws IOException, InterruptedException {
      int present = api.get("/networks?fields=id").get("networks").size();
      while (present < count) {
        int more = Math.min(100, count - present);
        api.post("/networks", Scenario.bulk("networks", "\"name\": \"fill\"", more));
        present += more;
      }
    }

    @Override
    public void stop() throws InterruptedException {
      process[0].destroy();
      if (!process[0].waitFor(15, TimeUnit.SECONDS)) {
        kill();
      }
    }

    private void kill() {
      process[0].descendants().forEach(ProcessHandle::destroyForcibly);
      process[0].destroyForcibly();
    }
  }

  /** The reference server, by conformance/bin/reference. */
  final class Reference implements Server {

    private final Path checkout;
    private final Path state;
    private final int port;

    /**
     * @param state the folder of the scripts in conformance/bin
     */
    Reference(Path checkout, Path state, int port) {
      this.checkout = checkout;
      this.state = state;
      this.port = port;
    }

    @Override
    public String name() {
      return "reference";
    }

    @Override
    public URI url() {
      return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public double start() throws IOException, InterruptedException {
      run("conformance/bin/reference", "down");
      Process up =
          new ProcessBuilder("conformance/bin/reference", "up")
              .directory(checkout.toFile())
              .start();
      awaitAnswer(port);
      double now = System.currentTimeMillis() / 1e3;
      up.waitFor();
      return now
          - Double.parseDouble(Files.readString(state.resolve("run/reference.started")).strip());
    }

    @Override
    public long pid() throws IOException {
      return Long.parseLong(Files.readString(state.resolve("run/reference.pid")).strip());
    }

    @Override
    public void fillNetworks(Api api, int count) throws IOException, InterruptedException {
      run(
          "benchmarks/api/fill-reference",
          state.resolve("run/mariadb.sock").toString(),
          Integer.toString(count));
    }

    @Override
    public void stop() throws IOException, InterruptedException {
      run("conformance/bin/reference", "down");
    }

    private void run(String... command) throws IOException, InterruptedException {
      int status =
          new ProcessBuilder(command).directory(checkout.toFile()).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IOException(List.of(command) + " ended with " + status);
      }
    }
  }

  private static void awaitAnswer(int port) throws IOException, InterruptedException {
    long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (System.nanoTime() < limit) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(5000);
        socket
            .getOutputStream()
            .write(
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        String answer =
            new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        if (answer.endsWith(" 200")) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
        Thread.sleep(5);
      }
    }
    throw new IOException("no answer on port " + port);
  }
}
