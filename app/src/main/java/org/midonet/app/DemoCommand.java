package org.midonet.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.app.demo.Demo;
import org.midonet.neutron.config.NeutronConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code midonet demo}: the program shows itself; used by the main thread. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Make two projects' networks with a router, a gateway, a floating IP and security groups, plug"
          + " network namespaces as machines, show what reaches what and why, and clean up; needs"
          + " root.",
      "It runs beside whatever runs on this host, with data of its own that are gone afterwards.",
    })
final class DemoCommand implements Runnable {
  /** Names of its own, and no peers. */
  private static final DatapathConfig DATAPATH =
      new DatapathConfig("mndemo", 1 << 14, 1 << 20, 20_000, 2_000, Optional.empty());

  /** Where what a killed demo left does not outlive the host's next start. */
  private static final Path FOLDER = Path.of("/run/midonet-demo");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    HostAgent.obstacle()
        .ifPresent(obstacle -> {
          throw new Failure(Failure.FAILED, "the demo forwards packets, and " + obstacle);
        });
    try (Interruption interruption = Interruption.open();
        DemoFolder folder = DemoFolder.take(FOLDER)) {
      run(spec.commandLine().getOut(), folder.path(), interruption);
    }
  }

  private static void run(PrintWriter out, Path folder, Interruption interruption) {
    NeutronConfig config = config(folder);
    LogSetup.apply(config.logging());
    Server server = Server.start(config, true);
    try (server) {
      try (HostAgent agent = HostAgent.start(config, server.requireTopology().get(), DATAPATH)) {
        out.println("A Networking API and an agent run for this demo, on host " + agent.name());
        interruption.run(() -> show(out, server.port(), config.hostAgent().socket()));
      }
    } catch (IllegalStateException e) {
      throw new Failure(Failure.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static void show(PrintWriter out, int port, Path socket) {
    if (!Demo.run(out, port, socket)) {
      throw new Failure(Failure.FAILED, "not everything came out as it should");
    }
  }

  private static NeutronConfig config(Path folder) {
    return NeutronConfig.load(
        List.of(),
        List.of(),
        Map.ofEntries(
            Map.entry("DEFAULT.auth_strategy", "noauth"),
            Map.entry("DEFAULT.bind_host", "127.0.0.1"),
            Map.entry("DEFAULT.bind_port", "0"),
            Map.entry("DEFAULT.core_plugin", "midonet_v2"),
            Map.entry("DEFAULT.service_plugins", "midonet_l3"),
            Map.entry("DEFAULT.state_path", folder.toString()),
            Map.entry("DEFAULT.log_file", folder.resolve("demo.log").toString()),
            Map.entry("database.connection", "sqlite:///" + folder.resolve("neutron.db")),
            Map.entry("MIDONET.client", "builtin"),
            Map.entry("MIDONET.cluster_api_port", "0"),
            Map.entry("MIDONET.agent_external", "off"),
            Map.entry("MIDONET.agent_socket", folder.resolve("agent.sock").toString())));
  }
}
