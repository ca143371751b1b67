package org.midonet.neutron.agent;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/**
 * The hosts whose L3 agents serve routers, for those who tell other agents on these hosts of the
 * routers; safe to share between threads.
 */
public final class RouterHosts {
  private final AgentsConfig config;
  private final AgentService agents;

  RouterHosts(AgentsConfig config, AgentService agents) {
    this.config = config;
    this.agents = agents;
  }

  /** Returns the routers served on each host by an agent that is alive and switched on. */
  public Map<String, Set<String>> active(Session session) {
    Map<String, Set<String>> routers = new TreeMap<>();
    Map<String, List<String>> served = AgentBindings.L3.served(session);
    for (Resource agent : l3(session)) {
      boolean on =
          agent.get(Agents.ADMIN_STATE_UP) || config.enableServicesOnAgentsWithAdminStateDown();
      if (on && agents.alive(agent)) {
        routers
            .computeIfAbsent(agent.get(Agents.HOST), host -> new TreeSet<>())
            .addAll(served.getOrDefault(agent.id(), List.of()));
      }
    }
    return routers;
  }

  /** Returns the routers given to the L3 agent on a host, dead or alive. */
  public Set<String> on(Session session, String host) {
    Map<String, List<String>> served = AgentBindings.L3.served(session);
    Set<String> routers = new TreeSet<>();
    l3(session).stream()
        .filter(agent -> agent.get(Agents.HOST).equals(host))
        .forEach(agent -> routers.addAll(served.getOrDefault(agent.id(), List.of())));
    return routers;
  }

  private static List<Resource> l3(Session session) {
    return session
        .tables()
        .list(Agents.TYPE, Tables.text(Agents.AGENT_TYPE).eq(AgentKind.L3.agentType()));
  }
}
