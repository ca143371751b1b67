package org.midonet.app;

import java.io.PrintWriter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.control.ControlRequest;
import org.midonet.agent.inspect.LiveQuestion;
import org.midonet.agent.trace.Question;
import org.midonet.agent.trace.Question.Protocol;
import org.midonet.packets.IpAddress;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midonet trace}: what becomes of packets, and why; used by the main thread. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Tell what would become of a packet that a machine sends, step by step, and why.",
      "The packet is an echo request, as ping sends, unless --tcp or --udp is given. The agent of this"
          + " host is asked; nothing is sent.",
      "With --live real packets are followed as they enter by ports of this host, and each is told."
          + " Packets that match are decided one by one meanwhile, which is slower than forwarding by"
          + " flows; Ctrl-C ends it. One of --from and --to is enough, and any protocol matches"
          + " unless one is given.",
    })
final class TraceCommand implements Runnable {
  private static final int ANY = 0;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AgentSocket agent = new AgentSocket();

  @Option(names = "--from", paramLabel = "PORT", description = "The id of the machine's port.")
  private @Nullable UUID from;

  @Option(names = "--to", paramLabel = "ADDRESS", description = "The packet's destination.")
  private @Nullable String to;

  @ArgGroup private @Nullable Kind kind;

  @Option(names = "--every-rule", description = "Tell of the rules that are not met, too.")
  private boolean everyRule;

  @ArgGroup(exclusive = false)
  private @Nullable Live live;

  /** What kind of packet. */
  private static final class Kind {
    @Option(names = "--icmp", description = "ICMP: an echo request.")
    private boolean icmp;

    @Option(
        names = "--tcp",
        paramLabel = "PORT",
        arity = "0..1",
        fallbackValue = "0",
        description = "The beginning of a TCP connection to that port; --live: all to that port.")
    private @Nullable Integer tcp;

    @Option(
        names = "--udp",
        paramLabel = "PORT",
        arity = "0..1",
        fallbackValue = "0",
        description = "A UDP datagram to that port; --live: all to that port.")
    private @Nullable Integer udp;
  }

  /** How real packets are followed. */
  private static final class Live {
    @Option(names = "--live", required = true, description = "Follow real packets.")
    private boolean wanted;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "After so many packets it ends (10; at most 10000).")
    private int limit = 10;

    @Option(
        names = "--seconds",
        paramLabel = "N",
        description = "After so long it ends (60; at most 3600).")
    private int seconds = 60;

    @Option(names = "--json", description = "A JSON object on a line for each packet.")
    private boolean json;
  }

  @Override
  public void run() {
    try {
      if (live != null && live.wanted) {
        follow(live);
      } else {
        ask();
      }
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private void ask() {
    IpAddress address = address();
    UUID port = from;
    if (port == null || address == null) {
      throw new Failure(Failure.FAILED, "a packet needs --from PORT and --to ADDRESS");
    }
    Protocol protocol = protocol();
    if (protocol != null && protocol != Protocol.ICMP && destinationPort() == ANY) {
      throw new Failure(Failure.FAILED, "a packet needs the port that it goes to, as in --tcp 80");
    }
    Question question =
        new Question(
            port,
            address,
            protocol == null ? Protocol.ICMP : protocol,
            destinationPort(),
            everyRule);
    spec.commandLine()
        .getOut()
        .print(agent.ask(new ControlRequest("POST", "/trace", question.toJson())));
    spec.commandLine().getOut().flush();
  }

  /** A blank line only tells that the agent is still there. */
  private void follow(Live how) {
    LiveQuestion question =
        new LiveQuestion(
            from,
            address(),
            protocol(),
            destinationPort(),
            everyRule,
            how.json,
            how.limit,
            how.seconds);
    PrintWriter out = spec.commandLine().getOut();
    agent.follow(
        new ControlRequest("POST", "/trace/live", question.toJson()),
        line -> {
          if (!line.isEmpty()) {
            out.println(line);
          }
        });
  }

  private @Nullable IpAddress address() {
    String text = to;
    try {
      return text == null ? null : IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.FAILED, text + " is no IP address");
    }
  }

  private @Nullable Protocol protocol() {
    if (kind == null) {
      return null;
    }
    if (kind.tcp != null) {
      return Protocol.TCP;
    }
    if (kind.udp != null) {
      return Protocol.UDP;
    }
    return kind.icmp ? Protocol.ICMP : null;
  }

  private int destinationPort() {
    if (kind != null && kind.tcp != null) {
      return kind.tcp;
    }
    return kind != null && kind.udp != null ? kind.udp : ANY;
  }
}
