package org.midonet.benchmarks.ports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * API, cluster, ZooKeeper and agent in one process, with all they keep in a folder. For one thread;
 * it ends with this program.
 */
final class Program implements AutoCloseable {
  static final int API = 9696;
  static final String HOST = "benchmark";
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 60;

  private final Path folder;
  private final Process process;

  /**
   * Starts it; it serves and forwards when this returns.
   *
   * @param checkout the source tree, with the launcher
   */
  Program(Path checkout, Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    Path config =
        Files.writeString(
            folder.resolve("neutron.conf"),
            """
            [DEFAULT]
            auth_strategy = noauth
            bind_host = 127.0.0.1
            bind_port = %d
            core_plugin = midonet_v2
            service_plugins = midonet_l3
            state_path = %s
            host = %s
            [MIDONET]
            client = builtin
            agent_socket = %s
            agent_external = off
            [quotas]
            quota_port = -1
            quota_security_group_rule = -1
            """
                .formatted(API, folder, HOST, socket()));
    process =
        new ProcessBuilder(
                checkout.resolve("midonet").toString(), "run", "--config-file", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.exists(socket())) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroy();
        throw new IOException("no agent: " + Files.readString(folder.resolve("log")));
      }
      Thread.sleep(100);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Where the agent listens. */
  Path socket() {
    return folder.resolve("agent.sock");
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("it does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
