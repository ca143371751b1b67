package org.midonet.neutron.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.rpc.RpcArgs;
import org.midonet.neutron.rpc.RpcEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the reports of agents (topic {@code q-reports-plugin}); safe to share between threads. */
final class ReportsEndpoint {
  static final String TOPIC = "q-reports-plugin";
  private static final Logger log = LoggerFactory.getLogger(ReportsEndpoint.class);

  private final AgentReports reports;
  private final Duration agentDownTime;
  private final Clock clock;
  private final Instant startedAt;

  ReportsEndpoint(AgentReports reports, Duration agentDownTime, Clock clock) {
    this.reports = reports;
    this.agentDownTime = agentDownTime;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  RpcEndpoint endpoint() {
    return RpcEndpoint.version("1.2")
        .method("report_state", this::reportState)
        .method("has_alive_neutron_server", (_, _) -> true)
        .build();
  }

  private @Nullable Object reportState(RequestContext context, RpcArgs args) {
    AgentReport report = AgentReport.of(args);
    if (report.starting()) {
      checkClock(report);
    }
    if (report.sentAt().isBefore(startedAt)) {
      // It waited in the queue while no server ran, and says nothing about the agent now.
      log.debug("Skipped a report of {} on {} from before our start", report.type(), report.host());
      return null;
    }
    return reports.report(context, report).name().toLowerCase(Locale.ROOT);
  }

  private void checkClock(AgentReport report) {
    Duration difference = report.clockDifference(clock.instant());
    if (difference.compareTo(agentDownTime) > 0) {
      log.error(
          "The clock of {} on {} differs from ours by {} s, more than agent_down_time ({} s):"
              + " it will be taken for dead. Set the clocks right",
          report.type(),
          report.host(),
          difference.toSeconds(),
          agentDownTime.toSeconds());
    }
  }
}
