package org.midonet.neutron.agent;

import java.time.Clock;
import java.util.UUID;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.service.Sessions;

/** Agents that say by other ways than RPC that they live. Safe to share between threads. */
public final class AgentHeartbeats {
  private final AgentRegistry registry;

  public AgentHeartbeats(AgentsConfig config, Sessions sessions) {
    Clock clock = Clock.systemUTC();
    this.registry =
        new AgentRegistry(
            sessions,
            new AgentService(config.agentDownTime(), clock, AgentSource.NONE),
            config.enableNewAgents(),
            clock);
  }

  /**
   * Notes that an agent lives, and registers one that is new.
   *
   * @param id under which it is registered then
   */
  public void beat(String id, AgentReport report) {
    registry.report(RequestContext.admin("req-" + UUID.randomUUID()), report, id);
  }
}
