package org.midonet.neutron.agent;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.store.DuplicateKey;

/** The agents' reports as rows of the agents table; safe to share between threads. */
final class AgentRegistry implements AgentReports {
  private final Sessions sessions;
  private final AgentService agents;
  private final boolean enableNewAgents;
  private final Clock clock;

  AgentRegistry(Sessions sessions, AgentService agents, boolean enableNewAgents, Clock clock) {
    this.sessions = sessions;
    this.agents = agents;
    this.enableNewAgents = enableNewAgents;
    this.clock = clock;
  }

  @Override
  public AgentReport.Status report(RequestContext context, AgentReport report) {
    return report(context, report, ValueType.newId());
  }

  /**
   * The same for an agent that has an identity elsewhere.
   *
   * @param id of the agent if it is new here
   */
  AgentReport.Status report(RequestContext context, AgentReport report, String id) {
    try {
      return sessions.write(context, session -> record(session, report, id));
    } catch (DuplicateKey e) {
      // Another server heard the agent at the same moment and registered it.
      return sessions.write(context, session -> record(session, report, id));
    }
  }

  private AgentReport.Status record(Session session, AgentReport report, String id) {
    Optional<Resource> known = find(session, report.type(), report.host());
    if (known.isEmpty()) {
      session.insert(register(session, report).with(Standard.ID, id));
      return AgentReport.Status.NEW;
    }
    session.store(known.get(), said(session, report).build());
    return agents.alive(known.get()) ? AgentReport.Status.ALIVE : AgentReport.Status.REVIVED;
  }

  /** Finds the agent of that type on a host. */
  static Optional<Resource> find(Session session, String type, String host) {
    List<Resource> found =
        session.list(
            Agents.TYPE,
            Tables.text(Agents.AGENT_TYPE).eq(type).and(Tables.text(Agents.HOST).eq(host)));
    return found.stream().findFirst();
  }

  private Resource register(Session session, AgentReport report) {
    String now = Agents.time(clock.instant());
    return said(session, report)
        .set(Agents.AGENT_TYPE, report.type())
        .set(Agents.HOST, report.host())
        .set(Agents.ADMIN_STATE_UP, enableNewAgents)
        .set(Agents.CREATED_AT, now)
        .set(Agents.STARTED_AT, now)
        .build();
  }

  private Resource.Builder said(Session session, AgentReport report) {
    String now = Agents.time(clock.instant());
    Resource.Builder said =
        session
            .changes(Agents.TYPE)
            .set(Agents.BINARY, report.binary())
            .set(Agents.TOPIC, report.topic())
            .set(Agents.CONFIGURATIONS, report.configurations())
            .set(Agents.HEARTBEAT_TIMESTAMP, now);
    if (report.availabilityZone() != null) {
      said.set(Agents.AVAILABILITY_ZONE, report.availabilityZone());
    }
    if (report.resourceVersions() != null) {
      said.set(Agents.RESOURCE_VERSIONS, report.resourceVersions());
    }
    if (report.starting()) {
      said.set(Agents.STARTED_AT, now);
    }
    return said;
  }
}
