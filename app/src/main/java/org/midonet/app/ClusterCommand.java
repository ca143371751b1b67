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
      "With client = builtin in [MIDONET] it imports what they write into the database that they"
          + " share; of several on one ensemble (zookeeper_hosts) one imports. With the REST"
          + " client it is told over its own API, to which midonet_uri leads.",
    })
final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Serving serving = new Serving();

  @Override
  public void run() {
    NeutronConfig config = serving.config();
    if (config.midonet().isBuiltIn()) {
      runImporting(config);
    } else if (config.midonet().isRest()) {
      runStandalone(config);
    } else {
      throw new Failure(
          Failure.BAD_CONFIGURATION,
          "client in [MIDONET] is %s, so the built-in MidoNet has nothing to do"
              .formatted(config.midonet().client()));
    }
  }

  private void runImporting(NeutronConfig config) {
    BuiltIn.requireEnsemble(config);
    Monitoring monitoring = Monitoring.of(config, Monitoring.Role.CLUSTER);
    BuiltIn builtIn = BuiltIn.of(config, true, monitoring.metrics());
    Database database = Store.openReady(config);
    monitoring.metrics().database(database::connections);
    Wiring wiring = Wiring.of(config, builtIn);
    monitoring.start();
    builtIn.start(database, NeutronServer.sessions(config, database, wiring.plugins()), wiring);
    say("The built-in MidoNet keeps its topology at " + BuiltIn.ensemble(config));
    Serving.untilStopped(() -> {
      monitoring.close();
      builtIn.close();
      database.close();
    });
  }

  private void runStandalone(NeutronConfig config) {
    StandaloneMidonet midonet = StandaloneMidonet.of(config);
    midonet.start(config);
    Monitoring monitoring = Monitoring.of(config, Monitoring.Role.CLUSTER);
    monitoring.metrics().topology(midonet::state);
    monitoring.start();
    say(
        "The built-in MidoNet is told over its own API, on port "
            + config.midonet().clusterApiPort());
    Serving.untilStopped(() -> {
      monitoring.close();
      midonet.close();
    });
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
