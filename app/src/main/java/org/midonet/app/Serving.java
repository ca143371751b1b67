package org.midonet.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.MidonetConfig;
import org.midonet.neutron.config.NeutronConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that serve until Ctrl-C or SIGTERM; used by the main thread. */
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  @Mixin private ConfigFiles files = new ConfigFiles();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where the built-in database and the built-in MidoNet keep their data (state_path).")
  private @Nullable Path dataDir;

  @Option(
      names = "--bind-host",
      paramLabel = "HOST",
      description = "The address to listen on (bind_host).")
  private @Nullable String bindHost;

  @Option(
      names = "--bind-port",
      paramLabel = "PORT",
      description = "The port to listen on (bind_port).")
  private @Nullable Integer bindPort;

  /** The configuration with these options; logging is as it says. */
  NeutronConfig config() {
    NeutronConfig config =
        Settings.resolve(
            files,
            new Settings.CommandLine(
                Optional.ofNullable(dataDir),
                Optional.ofNullable(bindHost),
                Optional.ofNullable(bindPort)));
    LogSetup.apply(config.logging());
    config.warnings().forEach(LOG::warn);
    return config;
  }

  /** Prints where the Networking API is and what to type next. */
  void announce(PrintWriter out, NeutronConfig config, int port) {
    String scheme = config.api().useSsl() ? "https" : "http";
    String url = scheme + "://" + urlHost(config.api().bindHost()) + ":" + port;
    out.println("The Networking API listens on " + url);
    if (config.midonet().client().equals(MidonetConfig.NONE)) {
      out.println(
          "No MidoNet is told (client = none in [MIDONET]): resources are stored and nothing"
              + " forwards.");
    }
    if (config.api().authStrategy().equals("noauth")) {
      out.println("Nobody has to log in (auth_strategy = noauth). For the openstack command:");
      out.println("  export OS_AUTH_TYPE=none OS_ENDPOINT=" + url);
      out.println("  openstack network list");
    }
    if (!files.areGiven()) {
      out.println("Data are kept in " + config.core().statePath() + ". Ctrl-C stops the server.");
    }
  }

  private static String urlHost(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** Returns when the program was asked to end and what runs is closed. */
  static void untilStopped(Runnable close) {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  LOG.info("stopping");
                  close.run();
                  stopped.countDown();
                }));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
