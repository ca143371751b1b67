package org.midonet.neutron.rpc;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A RabbitMQ of the Debian package for a test, on ports, a node name and directories of its own;
 * not safe to share between threads.
 */
public final class RabbitBroker implements AutoCloseable {
  private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  private final Path directory;
  private final int port = freePort();
  private final int distributionPort = freePort();
  private final int epmdPort = freePort();
  private @Nullable Process process;

  private RabbitBroker(Path directory) {
    this.directory = directory;
  }

  /** Whether the package rabbitmq-server is installed. */
  public static boolean installed() {
    return Files.isExecutable(SERVER);
  }

  /** Starts a broker that keeps everything in the directory. */
  public static RabbitBroker start(Path directory) throws IOException {
    RabbitBroker broker = new RabbitBroker(directory);
    broker.start();
    return broker;
  }

  /** Returns the transport URL of the broker. */
  public String url() {
    return "rabbit://guest:guest@127.0.0.1:" + port + "/";
  }

  /** Starts it, again after {@link #stop}, and waits until it takes connections. */
  public void start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(SERVER.toString());
    builder.environment().putAll(environment());
    File log = directory.resolve("broker.log").toFile();
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    process = builder.start();
    Awaitility.await("RabbitMQ, see " + log).atMost(Duration.ofSeconds(90)).until(this::answers);
  }

  private Map<String, String> environment() {
    return Map.of(
        "HOME", directory.toString(),
        "RABBITMQ_NODENAME", "test" + port + "@localhost",
        "RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1",
        "RABBITMQ_NODE_PORT", Integer.toString(port),
        "RABBITMQ_DIST_PORT", Integer.toString(distributionPort),
        "RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString(),
        "RABBITMQ_LOG_BASE", directory.resolve("log").toString(),
        "RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString(),
        "ERL_EPMD_ADDRESS", "127.0.0.1",
        "ERL_EPMD_PORT", Integer.toString(epmdPort));
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills it, as a power cut would. */
  public void stop() {
    Process running = process;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
      running.onExit().orTimeout(10, TimeUnit.SECONDS).join();
      process = null;
    }
    Awaitility.await().until(() -> !answers());
  }

  @Override
  public void close() throws IOException {
    stop();
    // The port mapper daemon is nobody's child and outlives the node unless told.
    new ProcessBuilder("epmd", "-port", Integer.toString(epmdPort), "-kill")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
