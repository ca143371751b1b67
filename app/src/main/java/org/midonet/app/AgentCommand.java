package org.midonet.app;

import org.midonet.neutron.config.NeutronConfig;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code midonet agent}: forwarding on this host alone; used by the main thread. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description = {
      "Forward packets on this host until Ctrl-C or SIGTERM, for the built-in MidoNet of other"
          + " processes; needs root.",
      "It finds the topology by zookeeper_hosts in [MIDONET], and calls the host as [DEFAULT] host"
          + " says.",
    })
final class AgentCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Serving serving = new Serving();

  @Override
  public void run() {
    NeutronConfig config = serving.config();
    BuiltIn.requireEnsemble(config);
    HostAgent.obstacle()
        .ifPresent(obstacle -> {
          throw new Failure(
              Failure.FAILED, "packets cannot be forwarded on this host: " + obstacle);
        });
    TopologyStore store = TopologyStore.of(config);
    HostAgent agent = start(config, store);
    Monitoring monitoring = Monitoring.of(config, Monitoring.Role.AGENT);
    monitoring.metrics().topology(() -> Monitoring.state(store.get()));
    monitoring.metrics().agent(agent::statistics);
    monitoring.start();
    spec.commandLine().getOut().println("Packets are forwarded on this host, " + agent.name());
    Serving.untilStopped(() -> {
      monitoring.close();
      agent.close();
      store.close();
    });
  }

  private static HostAgent start(NeutronConfig config, TopologyStore store) {
    try {
      Nsdb nsdb = store.get();
      return HostAgent.start(config, nsdb);
    } catch (NsdbException e) {
      store.close();
      throw new Failure(Failure.FAILED, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
