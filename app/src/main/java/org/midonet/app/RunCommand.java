package org.midonet.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.NeutronConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midonet run}: the server, until Ctrl-C or SIGTERM; used by the main thread. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Serve the Networking API until Ctrl-C or SIGTERM.",
      "Without a configuration file: on 127.0.0.1:9696, with nobody having to log in, and with the"
          + " data in ./var.",
    })
final class RunCommand implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFiles files = new ConfigFiles();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the built-in database lies (state_path).")
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

  @Override
  public void run() {
    NeutronConfig config =
        Settings.resolve(
            files,
            new Settings.CommandLine(
                Optional.ofNullable(dataDir),
                Optional.ofNullable(bindHost),
                Optional.ofNullable(bindPort)));
    LogSetup.apply(config.logging());
    config.warnings().forEach(LOG::warn);
    Server server = Server.start(config);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(server, stopped)));
    announce(spec.commandLine().getOut(), config, server.port());
    await(stopped);
  }

  private void announce(PrintWriter out, NeutronConfig config, int port) {
    String scheme = config.api().useSsl() ? "https" : "http";
    String url = scheme + "://" + urlHost(config.api().bindHost()) + ":" + port;
    out.println("The Networking API listens on " + url);
    if (!config.midonet().configured()) {
      out.println(
          "No MidoNet is configured ([MIDONET] midonet_uri): resources are stored and nothing"
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

  private static void stop(Server server, CountDownLatch stopped) {
    LOG.info("stopping");
    server.close();
    stopped.countDown();
  }

  private static void await(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
