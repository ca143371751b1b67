package org.midonet.app;

import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.server.NeutronServer;
import org.midonet.neutron.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code midonet cluster}: the built-in MidoNet alone; used by the main thread. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = {
      "Run the built-in MidoNet until Ctrl-C or SIGTERM, beside midonet api in other processes.",
      "Of several that share an ensemble (zookeeper_hosts in [MIDONET]) one imports.",
    })
final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Serving serving = new Serving();

  @Override
  public void run() {
    NeutronConfig config = serving.config();
    if (!config.midonet().isBuiltIn()) {
      throw new Failure(
          Failure.BAD_CONFIGURATION,
          "client in [MIDONET] is %s, so the built-in MidoNet has nothing to do"
              .formatted(config.midonet().client()));
    }
    BuiltIn.requireEnsemble(config);
    BuiltIn builtIn = BuiltIn.of(config, true);
    Database database = Store.openReady(config);
    Wiring wiring = Wiring.of(config, builtIn);
    builtIn.start(database, NeutronServer.sessions(config, database, wiring.plugins()), wiring);
    spec.commandLine()
        .getOut()
        .println("The built-in MidoNet keeps its topology at " + BuiltIn.ensemble(config));
    Serving.untilStopped(() -> {
      builtIn.close();
      database.close();
    });
  }
}
