package org.midonet.app;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code midonet} command; used by the main thread. */
@Command(
    name = "midonet",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "OpenStack Networking with MidoNet.",
    subcommands = {
      RunCommand.class,
      ApiCommand.class,
      ClusterCommand.class,
      AgentCommand.class,
      TraceCommand.class,
      FlowsCommand.class,
      TopCommand.class,
      DemoCommand.class,
      DbCommand.class,
      DbManageCommand.class,
      ConfigCommand.class,
      VersionCommand.class,
      WarmUpCommand.class,
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(execute(System.out, System.err, arguments));
  }

  /** Runs a command line and returns its exit code, see {@link Failure}. */
  static int execute(Appendable out, Appendable err, String... arguments) {
    PrintWriter errors = Output.writer(err);
    return new CommandLine(new Main())
        .setOut(Output.writer(out))
        .setErr(errors)
        .setExecutionExceptionHandler((e, command, parsed) -> Failure.report(e, errors))
        .execute(arguments);
  }
}
