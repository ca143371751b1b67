package org.midonet.app;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.nsdb.Nsdb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midonet run}: everything in one process; used by the main thread. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Serve the Networking API until Ctrl-C or SIGTERM, and run the built-in MidoNet where no other"
          + " one is configured in [MIDONET].",
      "Without a configuration file: on 127.0.0.1:9696, with nobody having to log in, and with the"
          + " data in ./var.",
    })
final class RunCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Serving serving = new Serving();

  @Option(
      names = "--no-agent",
      description = "Do not forward packets on this host (agent = off in [MIDONET]).")
  private boolean noAgent;

  @Override
  public void run() {
    NeutronConfig config = serving.config();
    Monitoring monitoring = Monitoring.of(config, Monitoring.Role.API);
    Server server = Server.start(config, true, monitoring.metrics());
    PrintWriter out = spec.commandLine().getOut();
    serving.announce(out, config, server.port());
    AgentBeside agent = noAgent ? null : agent(out, config, server);
    if (agent != null) {
      monitoring.metrics().agent(agent::statistics);
    }
    monitoring.start();
    Serving.untilStopped(() -> {
      monitoring.close();
      if (agent != null) {
        agent.close();
      }
      server.close();
    });
  }

  /** Forwards on this host, if it is asked for and possible; else says why not. */
  private static @Nullable AgentBeside agent(PrintWriter out, NeutronConfig config, Server server) {
    Supplier<Nsdb> topology = server.topology();
    if (topology == null || config.hostAgent().isOff()) {
      return null;
    }
    Optional<String> obstacle = HostAgent.obstacle();
    if (obstacle.isPresent()) {
      out.println("Nothing forwards on this host: " + obstacle.get() + ".");
      return null;
    }
    return AgentBeside.of(config, topology);
  }
}
