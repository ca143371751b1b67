package org.midonet.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.midonet.app.Audit.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code midonet db check}; used by the main thread. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Compare the database with the topology of the built-in MidoNet, object by object, and change"
          + " nothing.",
      "With the topology in the data directory no server may run meanwhile; with an ensemble they"
          + " may.",
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:no difference", "1:differences, a line each", "2:it could not be compared"})
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DbCommand.Target target = new DbCommand.Target();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return Verdict.of(
        err,
        () -> {
          try (Audit audit = Audit.open(target.config(), new ProgressLines(err))) {
            Report report = audit.check();
            Verdict.print(report, out);
            return report.isClean() ? Verdict.RIGHT : Verdict.WRONG;
          }
        });
  }
}
