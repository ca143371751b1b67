package org.midonet.neutron.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.midonet.neutron.agent.AgentScheduler.Candidate;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.extension.Catalog;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** Gives routers to L3 agents, one agent each; safe to share between threads. */
final class RouterScheduling {
  private final AgentsConfig config;
  private final AgentScheduler scheduler;
  private final AgentService agents;

  RouterScheduling(AgentsConfig config, AgentService agents) {
    this.config = config;
    this.scheduler = AgentScheduler.parse(config.routerSchedulerDriver());
    this.agents = agents;
  }

  /** Returns the router resource, if a loaded plugin serves routers. */
  static Optional<ResourceType> routers(Catalog catalog) {
    return catalog.definitions().stream()
        .map(ResourceDefinition::type)
        .filter(type -> type.name().equals("router"))
        .findFirst();
  }

  /** Returns the agent a router lacks and could be given, if {@code router_auto_schedule} is on. */
  Optional<Resource> plan(Session session, Resource router) {
    if (!config.routerAutoSchedule()) {
      return Optional.empty();
    }
    boolean hosted =
        AgentBindings.L3.agentsOf(session, router.id()).stream()
            .anyMatch(agent -> agent.get(Agents.ADMIN_STATE_UP));
    return hosted ? Optional.empty() : choose(session, router);
  }

  /** Returns the agent that a router without one would be given. */
  Optional<Resource> choose(Session session, Resource router) {
    List<Resource> candidates = candidates(session, router);
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Integer> loads = AgentBindings.L3.loads(session);
    List<Candidate> rated =
        candidates.stream()
            .map(agent ->
                new Candidate(
                    agent.id(),
                    agent.find(Agents.AVAILABILITY_ZONE),
                    loads.getOrDefault(agent.id(), 0)))
            .toList();
    String chosen =
        scheduler.choose(rated, List.of(), 1, ThreadLocalRandom.current()).getFirst().id();
    return candidates.stream().filter(agent -> agent.id().equals(chosen)).findFirst();
  }

  private List<Resource> candidates(Session session, Resource router) {
    return session
        .list(
            Agents.TYPE,
            Tables.text(Agents.AGENT_TYPE)
                .eq(AgentKind.L3.agentType())
                .and(Tables.bool(Agents.ADMIN_STATE_UP).isTrue()))
        .stream()
        .filter(agent -> agents.alive(agent) && takes(agent, router))
        .toList();
  }

  /** Whether an agent may be given a router by hand; refuses with the reason. */
  void check(Resource agent, Resource router) {
    if (!Agents.is(agent, AgentKind.L3)) {
      throw AgentErrors.invalidL3Agent(agent.id());
    }
    if (distributedOnly(agent)) {
      throw AgentErrors.cannotAssignToDvr();
    }
    if (legacyOnly(agent) && distributed(router)) {
      throw AgentErrors.routerMismatch(router.id(), agent.id());
    }
    boolean serves =
        agent.get(Agents.ADMIN_STATE_UP) || config.enableServicesOnAgentsWithAdminStateDown();
    if (!serves || !takes(agent, router)) {
      throw AgentErrors.invalidL3Agent(agent.id());
    }
  }

  /** Whether the agent serves distributed routers only, which are given to nobody by name. */
  static boolean distributedOnly(Resource agent) {
    Object mode = agent.get(Agents.CONFIGURATIONS, Map.of()).get("agent_mode");
    return "dvr".equals(mode) || "dvr_no_external".equals(mode);
  }

  /** Whether the agent cannot serve distributed routers. */
  private static boolean legacyOnly(Resource agent) {
    Object mode = agent.get(Agents.CONFIGURATIONS, Map.of()).get("agent_mode");
    return mode == null || "legacy".equals(mode);
  }

  private static boolean distributed(Resource router) {
    return Boolean.TRUE.equals(router.raw("distributed"));
  }

  private static boolean takes(Resource agent, Resource router) {
    Map<String, Object> says = agent.get(Agents.CONFIGURATIONS, Map.of());
    Object only = says.get("router_id");
    if (distributedOnly(agent)
        || (legacyOnly(agent) && distributed(router))
        || (only instanceof String id && !id.isEmpty() && !id.equals(router.id()))) {
      return false;
    }
    boolean internalOnly = !(router.raw("external_gateway_info") instanceof Map<?, ?>);
    return !internalOnly || !Boolean.FALSE.equals(says.get("handle_internal_only_routers"));
  }
}
