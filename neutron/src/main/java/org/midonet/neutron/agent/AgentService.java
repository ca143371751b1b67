package org.midonet.neutron.agent;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.ListQuery;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;

/**
 * The rules of agents: they come by reporting and go by the administrator's hand; safe to share
 * between threads.
 */
final class AgentService implements ResourceService {
  private final Duration downTime;
  private final Clock clock;

  AgentService(Duration downTime, Clock clock) {
    this.downTime = downTime;
    this.clock = clock;
  }

  @Override
  public ResourceType type() {
    return Agents.TYPE;
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    return session.store(current, changes);
  }

  @Override
  public void delete(Session session, Resource current) {
    AgentBindings.DHCP.removeAgent(session, current.id());
    AgentBindings.L3.removeAgent(session, current.id());
    session.remove(current);
  }

  /** Agents belong to no project: policy alone decides who sees them. */
  @Override
  public Condition visibility(RequestContext context) {
    return DSL.noCondition();
  }

  @Override
  public boolean visible(Session session, Resource row) {
    return true;
  }

  @Override
  public void list(Session session, ListQuery query, Consumer<List<Resource>> parts) {
    List<String> wanted = query.filters().getOrDefault(Agents.ALIVE, List.of());
    session
        .tables()
        .list(
            type(),
            query,
            visibility(session.context()),
            part ->
                parts.accept(
                    part.stream()
                        .filter(row ->
                            wanted.isEmpty()
                                || alive(row) == Boolean.parseBoolean(wanted.getFirst()))
                        .toList()));
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    for (Resource.Builder row : rows) {
      row.set(Agents.ALIVE, alive(String.valueOf(row.raw(Agents.HEARTBEAT_TIMESTAMP))));
    }
  }

  /** Whether the agent reported within {@code agent_down_time}. */
  boolean alive(Resource agent) {
    return alive(agent.get(Agents.HEARTBEAT_TIMESTAMP));
  }

  private boolean alive(String heartbeat) {
    return heartbeat.compareTo(Agents.time(clock.instant().minus(downTime))) >= 0;
  }
}
