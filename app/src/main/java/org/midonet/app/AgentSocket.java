package org.midonet.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.control.ControlAnswer;
import org.midonet.agent.control.ControlClient;
import org.midonet.agent.control.ControlRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that ask the agent of this host; used by the main thread. */
final class AgentSocket {
  @Mixin private ConfigFiles files = new ConfigFiles();

  @Option(
      names = "--socket",
      paramLabel = "FILE",
      description = "The agent's socket (agent_socket).")
  private @Nullable Path socket;

  /**
   * Asks, and waits for the answer.
   *
   * @throws Failure when no agent answers, or it refuses
   */
  String ask(ControlRequest request) {
    StringBuilder text = new StringBuilder();
    follow(request, line -> text.append(line).append('\n'));
    return text.toString();
  }

  /**
   * Asks, and hands on the answer line by line as it comes.
   *
   * @throws Failure when no agent answers, or it refuses
   */
  void follow(ControlRequest request, Consumer<String> lines) {
    Path path = path();
    ControlAnswer answer;
    try {
      answer = ControlClient.follow(path, request, lines);
    } catch (IOException e) {
      throw new Failure(
          Failure.FAILED,
          "no agent answers on "
              + path
              + " ("
              + e.getMessage()
              + "); is one running, and are"
              + " you root?");
    }
    if (!answer.isSuccess()) {
      throw new Failure(Failure.FAILED, answer.body().strip());
    }
    answer.body().lines().forEach(lines);
  }

  private Path path() {
    Path given = socket;
    return given != null
        ? given
        : Settings.tool(files, Settings.CommandLine.NOTHING).hostAgent().socket();
  }
}
