package org.midonet.neutron.agent;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/**
 * Which agents serve which networks or routers: one table for each kind of agent; stateless.
 *
 * <p>The rows go with their agent or resource.
 */
final class AgentBindings {
  /** Which DHCP agents serve which networks. */
  static final AgentBindings DHCP = new AgentBindings("network_dhcp_agents", "network_id");

  /** Which L3 agents serve which routers. */
  static final AgentBindings L3 = new AgentBindings("router_l3_agents", "router_id");

  private final Field<String> agent = column("agent_id");
  private final Table<?> table;
  private final Field<String> resource;

  private AgentBindings(String table, String resource) {
    this.table = DSL.table(DSL.name(table));
    this.resource = column(resource);
  }

  private static Field<String> column(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }

  /** Lists the agents that serve a resource. */
  List<Resource> agentsOf(Session session, String resourceId) {
    Select<Record1<String>> ids = DSL.select(agent).from(table).where(resource.eq(resourceId));
    return session.list(Agents.TYPE, Tables.text(Standard.ID).in(ids));
  }

  /** The condition that a row's {@code id} is that of a resource the agent serves. */
  Condition servedBy(String agentId) {
    return Tables.text(Standard.ID).in(DSL.select(resource).from(table).where(agent.eq(agentId)));
  }

  /** Lists the identifiers of what an agent serves. */
  List<String> served(Session session, String agentId) {
    return session
        .transaction()
        .dsl()
        .select(resource)
        .from(table)
        .where(agent.eq(agentId))
        .orderBy(resource)
        .fetch(resource);
  }

  boolean has(Session session, String resourceId, String agentId) {
    return session.transaction().dsl().fetchExists(table, row(resourceId, agentId));
  }

  void add(Session session, String resourceId, String agentId) {
    session
        .transaction()
        .dsl()
        .insertInto(table)
        .columns(resource, agent)
        .values(resourceId, agentId)
        .execute();
  }

  /** Removes the binding; false if there was none. */
  boolean remove(Session session, String resourceId, String agentId) {
    return session.transaction().dsl().deleteFrom(table).where(row(resourceId, agentId)).execute()
        > 0;
  }

  void removeAgent(Session session, String agentId) {
    session.transaction().dsl().deleteFrom(table).where(agent.eq(agentId)).execute();
  }

  void removeResource(Session session, String resourceId) {
    session.transaction().dsl().deleteFrom(table).where(resource.eq(resourceId)).execute();
  }

  /** Counts what each agent serves. */
  Map<String, Integer> loads(Session session) {
    return session
        .transaction()
        .dsl()
        .select(agent, DSL.count())
        .from(table)
        .groupBy(agent)
        .fetchMap(agent, DSL.count());
  }

  /** Lists what each agent serves. */
  Map<String, List<String>> served(Session session) {
    return session
        .transaction()
        .dsl()
        .select(agent, resource)
        .from(table)
        .fetchGroups(agent, resource);
  }

  /** The zones of the agents that serve each of the resources. */
  Map<String, Set<String>> zones(Session session, Condition resources) {
    Field<String> zone = column("availability_zone");
    Table<?> agents = DSL.table(DSL.name("agents"));
    return session
        .transaction()
        .dsl()
        .select(resource, zone)
        .from(table)
        .join(agents)
        .on(agent.eq(DSL.field(DSL.name("agents", "id"), SQLDataType.VARCHAR)))
        .where(zone.isNotNull())
        .and(resources)
        .fetch()
        .intoGroups(resource, zone)
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
  }

  /** The condition on resources for {@link #zones}. */
  Condition among(Collection<String> ids) {
    return resource.in(ids);
  }

  private Condition row(String resourceId, String agentId) {
    return resource.eq(resourceId).and(agent.eq(agentId));
  }
}
