package org.midonet.app.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.midonet.agent.linux.NetworkNamespace;

/** Runs commands in network namespaces. Stateless. */
final class Shell {
  private static final String LONGEST = "30";
  private static final String LONGEST_IN_BACKGROUND = "300";

  private Shell() {}

  /**
   * How a command ended.
   *
   * @param text what it said on both of its outputs
   */
  record Said(List<String> command, int status, String text) {
    boolean succeeded() {
      return status == 0;
    }

    Said orThrow() {
      if (!succeeded()) {
        throw new AssertionError(this);
      }
      return this;
    }

    @Override
    public String toString() {
      return String.join(" ", command) + " ended with " + status + ": " + text;
    }
  }

  /** Runs a command to its end, half a minute at most. */
  static Said run(NetworkNamespace where, String... command) {
    return where.call(() -> {
      Process process = limited(LONGEST, command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Said(List.of(command), process.waitFor(), text);
    });
  }

  /** Starts a command that runs on, for minutes at most; its outputs are one. */
  static Process start(NetworkNamespace where, String... command) {
    return where.call(
        () -> limited(LONGEST_IN_BACKGROUND, command).redirectErrorStream(true).start());
  }

  private static ProcessBuilder limited(String seconds, String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of("timeout", "--kill-after=1", seconds));
    all.addAll(List.of(command));
    return new ProcessBuilder(all);
  }
}
