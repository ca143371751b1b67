package org.midonet.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.server.NeutronServer;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.Transaction;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.cluster.DataState;
import org.midonet.plugin.client.cluster.DataSync;
import org.midonet.plugin.client.cluster.DataVersion;
import org.midonet.plugin.client.cluster.MidonetClusterClient;
import org.midonet.plugin.client.cluster.TaskTable;
import org.midonet.plugin.tell.Inventory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code midonet-db-manage}, with the verbs and the output of the original (spec section 1.3); used
 * by the main thread.
 */
@Command(
    name = "db-manage",
    mixinStandardHelpOptions = true,
    description = "Look after MidoNet's task table.")
final class DbManageCommand {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFiles files = new ConfigFiles();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the built-in database lies (state_path).")
  private @Nullable Path dataDir;

  @Command(name = "task-list", description = "List tasks.")
  void taskList(
      @Option(names = "-u", description = "Only those that are not processed yet.")
          boolean unprocessed) {
    print(tx -> TaskText.list(TaskTable.after(tx, unprocessed ? lastProcessed(tx) : 0)));
  }

  private static int lastProcessed(Transaction transaction) {
    Integer last = DataState.read(transaction).lastProcessedTaskId();
    return last == null ? 0 : last;
  }

  @Command(name = "task-clean", description = "Delete the tasks that are processed.")
  void taskClean() {
    change(TaskTable::clean);
  }

  @Command(
      name = "task-resource",
      description = "Print the resources that the tasks add up to, as JSON.")
  void taskResource() {
    print(tx -> TaskText.resources(TaskTable.after(tx, 0)));
  }

  @Command(name = "data-show", description = "Show the state of the import.")
  void dataShow() {
    print(tx -> TaskText.state(DataState.read(tx)));
  }

  @Command(
      name = "data-readonly",
      description = "Refuse changes of what MidoNet is told, until data-readwrite.")
  void dataReadonly() {
    change(tx -> {
      DataState.setReadOnly(tx, true);
      return true;
    });
  }

  @Command(name = "data-readwrite", description = "Let changes in again.")
  void dataReadwrite() {
    change(tx -> {
      DataSync.makeWritable(tx);
      return true;
    });
  }

  @Command(name = "data-version-list", description = "List the versions of the data.")
  void dataVersionList() {
    print(tx -> TaskText.versions(DataVersion.list(tx)));
  }

  @Command(
      name = "data-version-sync",
      description =
          "Begin a version: replace the tasks by those that tell an emptied MidoNet everything.")
  void dataVersionSync() {
    NeutronConfig config = config();
    Wiring wiring = Wiring.of(config, BuiltInMidonet.none());
    boolean mixed = wiring.isMixed();
    try {
      with(
          config,
          database ->
              NeutronServer.sessions(config, database, wiring.plugins())
                  .write(
                      RequestContext.admin("req-" + UUID.randomUUID()),
                      session ->
                          DataSync.begin(
                              session,
                              new MidonetClusterClient(config.midonet()),
                              Inventory.of(session, mixed))));
    } finally {
      wiring.plugins().forEach(Plugin::close);
    }
  }

  @Command(
      name = "data-version-activate",
      description = "Declare a version the one that MidoNet uses, once its tasks are processed.")
  void dataVersionActivate(
      @Parameters(arity = "0..1", paramLabel = "ID", description = "The version; the last one.")
          @Nullable Integer id) {
    change(tx -> DataSync.activate(tx, id));
  }

  private void print(Function<Transaction, List<String>> text) {
    PrintWriter out = spec.commandLine().getOut();
    with(config(), database -> database.read(text::apply)).forEach(out::println);
  }

  private void change(Function<Transaction, Object> work) {
    with(config(), database -> database.write(work::apply));
  }

  private NeutronConfig config() {
    return Settings.tool(
        files,
        new Settings.CommandLine(Optional.ofNullable(dataDir), Optional.empty(), Optional.empty()));
  }

  private static <T> T with(NeutronConfig config, Function<Database, T> work) {
    try (Database database = Store.openReady(config)) {
      return work.apply(database);
    } catch (NeutronException | IllegalStateException | IllegalArgumentException e) {
      throw new Failure(Failure.FAILED, String.valueOf(e.getMessage()));
    }
  }
}
