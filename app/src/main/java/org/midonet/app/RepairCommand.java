package org.midonet.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.midonet.app.Audit.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code midonet db repair}; used by the main thread. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Make the topology of the built-in MidoNet what the database asks for, and leave alone what is"
          + " right and what is not Neutron's.",
      "With the topology in the data directory no server may run meanwhile; with an ensemble they"
          + " may, and changes wait.",
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the topology is right",
      "1:the database has something that cannot be translated",
      "2:it could not be repaired"
    })
final class RepairCommand implements Callable<Integer> {
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
            Report found = audit.repair();
            Verdict.print(found, out);
            if (!found.comparison().isEqual()) {
              Report left = audit.check();
              out.println(
                  left.comparison().isEqual()
                      ? "All of them are repaired."
                      : left.comparison().size() + " differences are left.");
              return left.isClean() ? Verdict.RIGHT : Verdict.WRONG;
            }
            return found.isClean() ? Verdict.RIGHT : Verdict.WRONG;
          }
        });
  }
}
