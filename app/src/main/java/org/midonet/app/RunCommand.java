package org.midonet.app;

import org.midonet.neutron.config.NeutronConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Override
  public void run() {
    NeutronConfig config = serving.config();
    Server server = Server.start(config, true);
    serving.announce(spec.commandLine().getOut(), config, server.port());
    Serving.untilStopped(server::close);
  }
}
