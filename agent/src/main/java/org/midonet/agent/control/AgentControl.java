package org.midonet.agent.control;

import java.time.Duration;
import java.util.function.Function;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.host.Bindings;
import org.midonet.agent.inspect.FlowList;
import org.midonet.agent.inspect.FlowQuery;
import org.midonet.agent.inspect.LiveQuestion;
import org.midonet.agent.inspect.LiveTrace;
import org.midonet.agent.inspect.Top;
import org.midonet.agent.trace.Question;
import org.midonet.agent.trace.Tracer;

/** All that may be asked of an agent. Safe to share. */
public final class AgentControl implements Function<ControlRequest, ControlAnswer> {
  private static final int ROWS = 8;

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
    try {
      return inspect(Target.parse(request.path()), request);
    } catch (IllegalArgumentException e) {
      return new ControlAnswer(400, e.getMessage() + "\n");
    }
  }

  private ControlAnswer inspect(Target target, ControlRequest request) {
    return switch (request.method() + " " + target.path()) {
      case "GET /flows" -> flows(target);
      case "GET /top" -> top(target);
      case "POST /trace" ->
          ControlAnswer.ok(Tracer.trace(forwarding.simulation(), Question.parse(request.body())));
      case "POST /trace/live" -> follow(LiveQuestion.parse(request.body()));
      default -> new ControlAnswer(404, "The agent knows no " + request.path() + ".\n");
    };
  }

  private ControlAnswer flows(Target target) {
    FlowQuery query =
        FlowQuery.of(target.value("port"), target.value("address"), target.value("limit"));
    return ControlAnswer.streaming(out -> FlowList.write(forwarding, query, target.isJson(), out));
  }

  private ControlAnswer top(Target target) {
    Duration interval = Duration.ofMillis(Math.round(target.number("seconds", 1) * 1000));
    int rows = (int) target.number("rows", ROWS);
    return ControlAnswer.ok(Top.report(forwarding, interval, rows, target.isJson()));
  }

  private ControlAnswer follow(LiveQuestion question) {
    String obstacle = LiveTrace.obstacle(forwarding, question);
    return obstacle == null
        ? ControlAnswer.streaming(out -> LiveTrace.write(forwarding, question, out))
        : new ControlAnswer(409, obstacle + "\n");
  }
}
