package org.midonet.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.control.ControlAnswer;
import org.midonet.agent.control.ControlClient;
import org.midonet.agent.control.ControlRequest;
import org.midonet.agent.trace.Question;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.packets.IpAddress;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midonet trace}: what would become of a packet; used by the main thread. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Tell what would become of a packet that a machine sends, step by step, and why.",
      "The packet is an echo request, as ping sends, unless --tcp or --udp is given. The agent of this"
          + " host is asked; nothing is sent.",
    })
final class TraceCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigFiles files = new ConfigFiles();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "PORT",
      description = "The id of the machine's port.")
  private UUID from = new UUID(0, 0);

  @Option(
      names = "--to",
      required = true,
      paramLabel = "ADDRESS",
      description = "The packet's destination.")
  private String to = "";

  @ArgGroup private @Nullable Kind kind;

  @Option(names = "--every-rule", description = "Tell of the rules that are not met, too.")
  private boolean everyRule;

  @Option(
      names = "--socket",
      paramLabel = "FILE",
      description = "The agent's socket (agent_socket).")
  private @Nullable Path socket;

  /** What kind of packet, unless an ICMP echo as ping sends. */
  private static final class Kind {
    @Option(
        names = "--tcp",
        paramLabel = "PORT",
        description = "The beginning of a TCP connection to that port.")
    private @Nullable Integer tcp;

    @Option(names = "--udp", paramLabel = "PORT", description = "A UDP datagram to that port.")
    private @Nullable Integer udp;
  }

  @Override
  public void run() {
    ControlAnswer answer = ask(new ControlRequest("POST", "/trace", question().toJson()));
    if (!answer.isSuccess()) {
      throw new Failure(Failure.FAILED, answer.body().strip());
    }
    spec.commandLine().getOut().print(answer.body());
    spec.commandLine().getOut().flush();
  }

  private Question question() {
    IpAddress address;
    try {
      address = IpAddress.parse(to);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.FAILED, to + " is no IP address");
    }
    Kind asked = kind == null ? new Kind() : kind;
    if (asked.tcp != null) {
      return new Question(from, address, Question.Protocol.TCP, asked.tcp, everyRule);
    }
    return asked.udp != null
        ? new Question(from, address, Question.Protocol.UDP, asked.udp, everyRule)
        : new Question(from, address, Question.Protocol.ICMP, 0, everyRule);
  }

  private ControlAnswer ask(ControlRequest request) {
    Path path = socket;
    if (path == null) {
      NeutronConfig config = Settings.tool(files, Settings.CommandLine.NOTHING);
      path = config.hostAgent().socket();
    }
    try {
      return ControlClient.ask(path, request);
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
  }
}
