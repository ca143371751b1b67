package org.midonet.neutron.agent;

import org.midonet.neutron.auth.RequestContext;

/** Keeps what agents report; implementations are safe to share between threads. */
@FunctionalInterface
interface AgentReports {
  /** Registers the agent, or notes that it lives. */
  AgentReport.Status report(RequestContext context, AgentReport report);
}
