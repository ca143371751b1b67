package org.midonet.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.midonet.app.Audit.Report;
import org.midonet.neutron.error.NeutronException;
import org.midonet.nsdb.NsdbException;

/** What {@code midonet db check} and {@code midonet db repair} say; stateless. */
final class Verdict {
  static final int RIGHT = 0;
  static final int WRONG = 1;
  private static final int FAILED = 2;

  private Verdict() {}

  /** Runs a command; what hinders it is a line for the operator, and exit code 2. */
  static int of(PrintWriter err, Callable<Integer> command) {
    try {
      return command.call();
    } catch (NsdbException | NeutronException e) {
      err.println("midonet: " + e.getMessage());
      return FAILED;
    } catch (Exception e) { // as the command's signature has it
      Failure.report(e, err);
      return FAILED;
    }
  }

  static void print(Report report, PrintWriter out) {
    if (report.pending() > 0) {
      out.println(
          report.pending() + " tasks are committed and not applied yet; they count as applied.");
    }
    if (!report.parked().isEmpty()) {
      out.println(report.parked().size() + " tasks are parked; midonet db tasks lists them.");
    }
    report.refused().forEach(line -> out.println("This has no place in the topology: " + line));
    report.comparison().lines().forEach(out::println);
    int differences = report.comparison().size() + report.refused().size();
    out.printf(
        "%d objects compared: %s%n",
        report.comparison().objects(),
        switch (differences) {
          case 0 -> "no difference.";
          case 1 -> "1 difference.";
          default -> differences + " differences.";
        });
  }
}
