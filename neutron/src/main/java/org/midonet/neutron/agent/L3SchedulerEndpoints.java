package org.midonet.neutron.agent;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Session;

/**
 * Which routers an L3 agent serves, seen and changed by the administrator (API reference, "L3 agent
 * scheduler"); safe to share between threads.
 */
final class L3SchedulerEndpoints {
  private final Core core;
  private final ResourceType routers;
  private final RouterScheduling scheduling;
  private final AgentTell tell;

  L3SchedulerEndpoints(
      Core core, ResourceType routers, RouterScheduling scheduling, AgentTell tell) {
    this.core = core;
    this.routers = routers;
    this.scheduling = scheduling;
    this.tell = tell;
  }

  void register(Routes routes) {
    routes
        .add("GET", "/v2.0/agents/{id}/l3-routers", this::routersOfAgent)
        .add("POST", "/v2.0/agents/{id}/l3-routers", this::add)
        .add("DELETE", "/v2.0/agents/{id}/l3-routers/{router_id}", this::remove)
        .add("GET", "/v2.0/routers/{id}/l3-agents", this::agentsOfRouter);
  }

  private Response routersOfAgent(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              enforce(session, "get_l3-routers");
              Resource agent = session.get(Agents.TYPE, call.variable("id"));
              List<Resource> served = session.list(routers, AgentBindings.L3.servedBy(agent.id()));
              return Response.json(
                  200, Map.of("routers", served.stream().map(AgentViews::of).toList()));
            });
  }

  private Response agentsOfRouter(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              enforce(session, "get_l3-agents");
              Resource router = session.get(routers, call.variable("id"));
              List<Resource> agents = AgentBindings.L3.agentsOf(session, router.id());
              return Response.json(
                  200, Map.of("agents", agents.stream().map(AgentViews::hostingRouter).toList()));
            });
  }

  private Response add(Call call) {
    String routerId = DhcpSchedulerEndpoints.wanted(call, "router_id");
    Resource agent = core.sessions().write(call.context(), session -> add(session, call, routerId));
    tell.routerAdded(call.context(), routerId, agent.get(Agents.HOST));
    return Response.json(201, (Object) null);
  }

  private Resource add(Session session, Call call, String routerId) {
    enforce(session, "create_l3-router");
    Resource router = session.get(routers, routerId);
    Resource agent = session.get(Agents.TYPE, call.variable("id"));
    scheduling.check(agent, router);
    List<Resource> serving = AgentBindings.L3.agentsOf(session, routerId);
    if (serving.isEmpty()) {
      AgentBindings.L3.add(session, routerId, agent.id());
    } else if (serving.stream().noneMatch(other -> other.id().equals(agent.id()))) {
      throw AgentErrors.routerHosted(routerId, serving.getFirst().id());
    }
    return agent;
  }

  private Response remove(Call call) {
    String routerId = call.variable("router_id");
    Resource agent =
        core.sessions()
            .write(
                call.context(),
                session -> {
                  enforce(session, "delete_l3-router");
                  Resource found = session.get(Agents.TYPE, call.variable("id"));
                  if (RouterScheduling.distributedOnly(found)) {
                    throw AgentErrors.cannotRemoveFromDvr();
                  }
                  AgentBindings.L3.remove(session, routerId, found.id());
                  session.get(routers, routerId);
                  return found;
                });
    tell.routerRemoved(call.context(), routerId, agent.get(Agents.HOST));
    return Response.empty(204);
  }

  private void enforce(Session session, String action) {
    core.authorizer().enforce(session, action);
  }
}
