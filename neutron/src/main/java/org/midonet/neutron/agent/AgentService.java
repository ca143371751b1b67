package org.midonet.neutron.agent;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
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
  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private final Duration downTime;
  private final Clock clock;
  private final AgentSource others;

  AgentService(Duration downTime, Clock clock, AgentSource others) {
    this.downTime = downTime;
    this.clock = clock;
    this.others = others;
  }

  @Override
  public ResourceType type() {
    return Agents.TYPE;
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    requireOwn(current);
    return session.store(current, changes);
  }

  @Override
  public void delete(Session session, Resource current) {
    requireOwn(current);
    AgentBindings.DHCP.removeAgent(session, current.id());
    AgentBindings.L3.removeAgent(session, current.id());
    session.remove(current);
  }

  /** Those of others are no rows. */
  private static void requireOwn(Resource agent) {
    if (isOther(agent)) {
      throw Agents.TYPE.notFound(agent.id());
    }
  }

  /** Agents that report here have always told when. */
  private static boolean isOther(Resource agent) {
    return agent.raw(Agents.HEARTBEAT_TIMESTAMP) == null;
  }

  /** Others are asked for what is not known here only. */
  @Override
  public Optional<Resource> find(Session session, String id) {
    return ResourceService.super
        .find(session, id)
        .or(() -> others(id).map(agent -> shown(session, agent)));
  }

  private Optional<AgentSource.Agent> others(String id) {
    boolean uuid = UUID_TEXT.matcher(id).matches();
    return uuid ? others.agent(UUID.fromString(id)) : Optional.empty();
  }

  private static Resource shown(Session session, AgentSource.Agent agent) {
    Resource.Builder builder = Resource.builder(session.definition(Agents.TYPE));
    session.definition(Agents.TYPE).attributes().forEach(a -> builder.set(a, null));
    agent.values().forEach(builder::set);
    return builder.build();
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
    if (query.marker() != null && isOther(query.marker())) {
      listOthers(session, query, 0, parts);
      return;
    }
    List<String> wanted = query.filters().getOrDefault(Agents.ALIVE, List.of());
    int[] seen = {0};
    session
        .tables()
        .list(
            type(),
            query,
            visibility(session.context()),
            part -> {
              seen[0] += part.size();
              parts.accept(
                  part.stream()
                      .filter(row ->
                          wanted.isEmpty() || alive(row) == Boolean.parseBoolean(wanted.getFirst()))
                      .toList());
            });
    listOthers(session, query, seen[0], parts);
  }

  /** Those of others stand at the end, by their ids; nobody pages backwards over them. */
  private void listOthers(
      Session session, ListQuery query, int before, Consumer<List<Resource>> parts) {
    if (query.reverse() || (query.limit() > 0 && before >= query.limit())) {
      return;
    }
    Resource marker = query.marker();
    String after = marker != null && isOther(marker) ? marker.id() : "";
    parts.accept(
        others.agents().stream()
            .map(agent -> shown(session, agent))
            .filter(query::matches)
            .filter(agent -> agent.id().compareTo(after) > 0)
            .sorted(Comparator.comparing(Resource::id))
            .limit(query.limit() == 0 ? Long.MAX_VALUE : query.limit() - before)
            .toList());
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    for (Resource.Builder row : rows) {
      Object heartbeat = row.raw(Agents.HEARTBEAT_TIMESTAMP);
      row.set(Agents.ALIVE, heartbeat == null || alive(heartbeat.toString()));
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
