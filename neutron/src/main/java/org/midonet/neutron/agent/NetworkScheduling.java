package org.midonet.neutron.agent;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.midonet.neutron.agent.AgentScheduler.Candidate;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;

/** Gives networks to DHCP agents; safe to share between threads. */
final class NetworkScheduling {
  private final AgentsConfig config;
  private final AgentScheduler scheduler;
  private final AgentService agents;

  NetworkScheduling(AgentsConfig config, AgentService agents) {
    this.config = config;
    this.scheduler = AgentScheduler.parse(config.networkSchedulerDriver());
    this.agents = agents;
  }

  /** Returns the agents that a network lacks and could be given. */
  List<Resource> plan(Session session, Resource network) {
    if (!config.networkAutoSchedule()) {
      return List.of();
    }
    List<Resource> serving = AgentBindings.DHCP.agentsOf(session, network.id());
    int needed = config.dhcpAgentsPerNetwork() - serving.size();
    if (needed <= 0) {
      return List.of();
    }
    Set<String> taken = serving.stream().map(Resource::id).collect(Collectors.toSet());
    Map<String, Resource> hostable =
        eligible(session).stream()
            .filter(agent -> !taken.contains(agent.id()) && inZone(agent, network))
            .collect(Collectors.toMap(Resource::id, agent -> agent));
    return scheduler
        .choose(
            hostable.values().stream().map(this::candidate).toList(),
            serving.stream().map(this::candidate).toList(),
            needed,
            ThreadLocalRandom.current())
        .stream()
        .map(candidate -> requireNonNull(hostable.get(candidate.id())))
        .toList();
  }

  /** Gives a network to the agents it lacks and returns them. */
  List<Resource> schedule(Session session, Resource network) {
    List<Resource> chosen = plan(session, network);
    chosen.forEach(agent -> AgentBindings.DHCP.add(session, network.id(), agent.id()));
    return chosen;
  }

  /** Gives an agent the networks with DHCP that lack one. */
  void fill(Session session, Resource agent) {
    if (!config.networkAutoSchedule()
        || !agent.get(Agents.ADMIN_STATE_UP)
        || !agents.alive(agent)) {
      return;
    }
    Set<String> withDhcp =
        session.tables().list(Subnets.TYPE, Tables.bool(Subnets.ENABLE_DHCP).isTrue()).stream()
            .map(subnet -> subnet.get(Subnets.NETWORK_ID))
            .collect(Collectors.toSet());
    for (String networkId : withDhcp) {
      List<Resource> serving = AgentBindings.DHCP.agentsOf(session, networkId);
      boolean full = serving.size() >= config.dhcpAgentsPerNetwork();
      if (full || serving.stream().anyMatch(other -> other.id().equals(agent.id()))) {
        continue;
      }
      if (session.find(Networks.TYPE, networkId).filter(net -> inZone(agent, net)).isPresent()) {
        AgentBindings.DHCP.add(session, networkId, agent.id());
      }
    }
  }

  private List<Resource> eligible(Session session) {
    return session
        .list(
            Agents.TYPE,
            Tables.text(Agents.AGENT_TYPE)
                .eq(AgentKind.DHCP.agentType())
                .and(Tables.bool(Agents.ADMIN_STATE_UP).isTrue()))
        .stream()
        .filter(agents::alive)
        .toList();
  }

  private boolean inZone(Resource agent, Resource network) {
    List<String> asked = network.get(Networks.AVAILABILITY_ZONE_HINTS, List.of());
    List<String> hints = asked.isEmpty() ? config.defaultAvailabilityZones() : asked;
    return hints.isEmpty() || hints.contains(agent.get(Agents.AVAILABILITY_ZONE, ""));
  }

  private Candidate candidate(Resource agent) {
    Object load = agent.get(Agents.CONFIGURATIONS, Map.of()).get(config.dhcpLoadType());
    return new Candidate(
        agent.id(),
        agent.find(Agents.AVAILABILITY_ZONE),
        load instanceof Number number ? number.longValue() : 0);
  }
}
