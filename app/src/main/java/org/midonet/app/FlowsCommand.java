package org.midonet.app;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.control.ControlRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code midonet flows}: by what the agent of this host forwards; used by the main thread. */
@Command(
    name = "flows",
    mixinStandardHelpOptions = true,
    description = {
      "List what this host forwards now: which packets, what is done to them, where they go, how many"
          + " there were.",
      "The oldest flows come first. Counters are read once a second.",
    })
final class FlowsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AgentSocket agent = new AgentSocket();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Those from or to a port, by its id or name.")
  private @Nullable String port;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "Those with an IP address, before or after translation.")
  private @Nullable String address;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private @Nullable Integer limit;

  @Option(names = "--json", description = "A JSON object on a line for each flow.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    long[] lines = {0};
    agent.follow(
        new ControlRequest("GET", "/flows" + query(), ""),
        line -> {
          out.println(line);
          lines[0]++;
        });
    if (lines[0] == 0 && !json) {
      out.println("There is no such flow.");
    }
  }

  private String query() {
    List<String> parts = new ArrayList<>();
    parts.add("format=" + (json ? "json" : "text"));
    add(parts, "port", port);
    add(parts, "address", address);
    add(parts, "limit", limit);
    return "?" + String.join("&", parts);
  }

  private static void add(List<String> parts, String name, @Nullable Object value) {
    if (value != null) {
      parts.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
  }
}
