package org.midonet.app;

import java.nio.file.Path;
import java.util.Optional;
import org.midonet.app.rehearsal.PacketRehearsal;
import org.midonet.neutron.config.NeutronConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code midonet warm-up}: starts a server on a free port, asks it what clients ask most, decides
 * packets as an agent does, and stops, so that the Java machine can record what a start needs and
 * what is worth compiling; used by the main thread. The launcher calls it after a build.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Runnable {
  @Parameters(paramLabel = "DIR")
  private Path dataDir = Path.of("var");

  @Override
  public void run() {
    Settings.CommandLine line =
        new Settings.CommandLine(Optional.of(dataDir), Optional.empty(), Optional.of(0));
    NeutronConfig config = Settings.resolve(new ConfigFiles(), line);
    LogSetup.apply(config.logging());
    try (Server server = Server.start(config, true);
        Rehearsal rehearsal = new Rehearsal("http://127.0.0.1:" + server.port())) {
      rehearsal.run();
      new PacketRehearsal(dataDir.resolve("flow-state")).run();
    }
  }
}
