package org.midonet.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midonet db}; used by the main thread. */
@Command(
    name = "db",
    mixinStandardHelpOptions = true,
    description = "Look after the tables in the database.",
    subcommands = {
      DbCommand.Upgrade.class,
      DbCommand.Current.class,
      TasksCommand.class,
      CheckCommand.class,
      RepairCommand.class,
    })
final class DbCommand {

  /** Which database, as for {@code midonet run}. */
  static final class Target {
    @Mixin private ConfigFiles files = new ConfigFiles();

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description = "Where the built-in database lies (state_path).")
    private @Nullable Path dataDir;

    Database open() {
      return Store.open(config());
    }

    /** With its tables as this program needs them. */
    Database openReady() {
      return Store.openReady(config());
    }

    NeutronConfig config() {
      return Settings.resolve(
          files,
          new Settings.CommandLine(
              Optional.ofNullable(dataDir), Optional.empty(), Optional.empty()));
    }
  }

  /** {@code midonet db upgrade}; used by the main thread. */
  @Command(
      name = "upgrade",
      mixinStandardHelpOptions = true,
      description = "Bring the tables to the version of this program.")
  static final class Upgrade implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Target target = new Target();

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      try (Database database = target.open()) {
        int applied = database.migrate();
        out.println(
            applied == 0
                ? "The tables are at version " + database.schemaVersion() + " already."
                : "The tables are at version " + database.schemaVersion() + " now.");
      }
    }
  }

  /** {@code midonet db current}; used by the main thread. */
  @Command(
      name = "current",
      mixinStandardHelpOptions = true,
      description = "Print the version of the tables and what an upgrade would apply.")
  static final class Current implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Target target = new Target();

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      try (Database database = target.open()) {
        List<String> pending = database.pendingMigrations();
        out.println("version " + database.schemaVersion());
        pending.forEach(name -> out.println("pending " + name));
      }
    }
  }
}
