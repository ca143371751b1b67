package org.midonet.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.Transaction;
import org.midonet.plugin.client.cluster.ParkedTask;
import org.midonet.plugin.client.cluster.Task;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midonet db tasks}; used by the main thread. The server may run meanwhile. */
@Command(
    name = "tasks",
    mixinStandardHelpOptions = true,
    description = {
      "List what the built-in MidoNet could not apply and has put aside, with the reason.",
      "Without a list of tasks to try again or to forget, nothing is changed.",
    })
final class TasksCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DbCommand.Target target = new DbCommand.Target();
  @ArgGroup private @Nullable Choice choice;

  /** What to do with one of them. */
  private static final class Choice {
    @Option(
        names = "--retry",
        paramLabel = "ID",
        description = "Try this one again, after all tasks there are now.")
    private @Nullable Integer retry;

    @Option(names = "--drop", paramLabel = "ID", description = "Forget this one.")
    private @Nullable Integer drop;
  }

  @Override
  public void run() {
    try (Database database = target.openReady()) {
      if (choice == null) {
        list(database.read(ParkedTask::list));
      } else if (choice.retry != null) {
        int again = with(database, choice.retry, (tx, parked) -> parked.retry(tx));
        out().println("It is task " + again + " now.");
      } else if (choice.drop != null) {
        int id = choice.drop;
        with(
            database,
            id,
            (tx, parked) -> {
              ParkedTask.drop(tx, id);
              return id;
            });
        out().println("Task " + id + " is forgotten.");
      }
    } catch (NeutronException e) {
      throw new Failure(Failure.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void list(List<ParkedTask> parked) {
    if (parked.isEmpty()) {
      out().println("No task is parked.");
    }
    for (ParkedTask each : parked) {
      Task task = each.task();
      out()
          .printf(
              "%d %s %s %s: %s%n",
              task.id(), task.type(), task.dataType(), task.resourceId(), each.error());
    }
  }

  @FunctionalInterface
  private interface Work {
    int on(Transaction transaction, ParkedTask parked);
  }

  private static int with(Database database, int id, Work work) {
    Function<Transaction, Optional<Integer>> body =
        tx -> ParkedTask.find(tx, id).map(parked -> work.on(tx, parked));
    return database
        .write(body::apply)
        .orElseThrow(() -> new Failure(Failure.FAILED, "no task " + id + " is parked"));
  }
}
