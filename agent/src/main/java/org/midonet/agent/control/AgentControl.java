package org.midonet.agent.control;

import java.util.function.Function;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.host.Bindings;
import org.midonet.agent.trace.Question;
import org.midonet.agent.trace.Tracer;

/** All that may be asked of an agent. Safe to share. */
public final class AgentControl implements Function<ControlRequest, ControlAnswer> {
  private final BindingControl bindings;
  private final Forwarding forwarding;

  public AgentControl(Bindings bindings, Forwarding forwarding) {
    this.bindings = new BindingControl(bindings);
    this.forwarding = forwarding;
  }

  @Override
  public ControlAnswer apply(ControlRequest request) {
    if (request.path().startsWith(BindingControl.PREFIX)) {
      return bindings.apply(request);
    }
    return switch (request.method() + " " + request.path()) {
      case "GET /flows" -> flows();
      case "POST /trace" -> trace(request.body());
      default -> new ControlAnswer(404, "The agent knows no " + request.path() + ".\n");
    };
  }

  private ControlAnswer trace(String body) {
    try {
      return ControlAnswer.ok(Tracer.trace(forwarding.simulation(), Question.parse(body)));
    } catch (IllegalArgumentException e) {
      return new ControlAnswer(400, e.getMessage() + "\n");
    }
  }

  private ControlAnswer flows() {
    StringBuilder text = new StringBuilder();
    forwarding
        .flows()
        .forEach((flow, statistics) -> {
          text.append(flow.key())
              .append(" -> ")
              .append(flow.actions().list())
              .append(' ')
              .append(statistics.packets())
              .append(" packets\n");
        });
    return ControlAnswer.ok(text.toString());
  }
}
