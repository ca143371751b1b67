package org.midonet.app;

import org.midonet.neutron.config.NeutronConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code midonet api}: the Networking API alone; used by the main thread. */
@Command(
    name = "api",
    mixinStandardHelpOptions = true,
    description = {
      "Serve the Networking API until Ctrl-C or SIGTERM.",
      "The built-in MidoNet, where it is the one to tell, is run by midonet cluster; both find its"
          + " topology by zookeeper_hosts in [MIDONET].",
    })
final class ApiCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Serving serving = new Serving();

  @Override
  public void run() {
    NeutronConfig config = serving.config();
    if (config.midonet().isBuiltIn()) {
      BuiltIn.requireEnsemble(config);
    }
    Monitoring monitoring = Monitoring.of(config, Monitoring.Role.API);
    Server server = Server.start(config, false, monitoring.metrics());
    monitoring.start();
    serving.announce(spec.commandLine().getOut(), config, server.port());
    Serving.untilStopped(() -> {
      monitoring.close();
      server.close();
    });
  }
}
