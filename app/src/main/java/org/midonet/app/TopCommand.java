package org.midonet.app;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import org.midonet.agent.control.ControlRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midonet top}: who talks on this host; used by the main thread. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description = {
      "Show who talks on this host: ports and flows by what they carry, and what the agent has to"
          + " decide and drops.",
      "On a terminal it goes on until Ctrl-C; elsewhere, and with --once, it tells once.",
    })
final class TopCommand implements Runnable {
  /** Goes to the upper left and clears the screen (ECMA-48). */
  private static final String CLEAR = "\033[H\033[2J";

  private static final double LONGEST = 60;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AgentSocket agent = new AgentSocket();

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "Over which rates are taken (${DEFAULT-VALUE}).")
  private double interval = 2;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "How many ports and flows (${DEFAULT-VALUE}).")
  private int rows = 7;

  @Option(names = "--once", description = "Tell once, and end.")
  private boolean once;

  @Option(names = "--json", description = "A JSON object on a line, once.")
  private boolean json;

  @Override
  public void run() {
    if (!(interval >= 0.1 && interval <= LONGEST)) {
      throw new Failure(Failure.FAILED, "the interval is 0.1 to 60 seconds");
    }
    if (rows < 1) {
      throw new Failure(Failure.FAILED, "the number of rows is at least 1");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (once || json || !isTerminal()) {
      out.print(report());
      out.flush();
      return;
    }
    while (!out.checkError()) {
      out.print(CLEAR + report());
      out.flush();
    }
  }

  private static boolean isTerminal() {
    return Objects.requireNonNull(System.console()).isTerminal();
  }

  private String report() {
    String target =
        String.format(
            Locale.ROOT,
            "/top?seconds=%.1f&rows=%d&format=%s",
            interval,
            rows,
            json ? "json" : "text");
    return agent.ask(new ControlRequest("GET", target, ""));
  }
}
