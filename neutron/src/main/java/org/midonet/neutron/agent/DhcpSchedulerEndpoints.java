package org.midonet.neutron.agent;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Bodies;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;

/**
 * Which networks a DHCP agent serves, seen and changed by the administrator (API reference, "DHCP
 * agent scheduler"); safe to share between threads.
 */
final class DhcpSchedulerEndpoints {
  private final Core core;
  private final AgentsConfig config;
  private final AgentTell tell;

  DhcpSchedulerEndpoints(Core core, AgentsConfig config, AgentTell tell) {
    this.core = core;
    this.config = config;
    this.tell = tell;
  }

  void register(Routes routes) {
    routes
        .add("GET", "/v2.0/agents/{id}/dhcp-networks", this::networks)
        .add("POST", "/v2.0/agents/{id}/dhcp-networks", this::add)
        .add("DELETE", "/v2.0/agents/{id}/dhcp-networks/{network_id}", this::remove)
        .add("GET", "/v2.0/networks/{id}/dhcp-agents", this::agents);
  }

  private Response networks(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              enforce(session, "get_dhcp-networks");
              Resource agent = session.get(Agents.TYPE, call.variable("id"));
              List<Resource> networks =
                  session.list(Networks.TYPE, AgentBindings.DHCP.servedBy(agent.id()));
              return Response.json(
                  200, Map.of("networks", networks.stream().map(AgentViews::of).toList()));
            });
  }

  private Response agents(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              enforce(session, "get_dhcp-agents");
              List<Resource> agents = AgentBindings.DHCP.agentsOf(session, call.variable("id"));
              return Response.json(
                  200, Map.of("agents", agents.stream().map(AgentViews::hosting).toList()));
            });
  }

  private Response add(Call call) {
    String networkId = wanted(call, "network_id");
    Resource agent =
        core.sessions().write(call.context(), session -> add(session, call, networkId));
    tell.networkAdded(call.context(), networkId, agent.get(Agents.HOST));
    return Response.json(201, (Object) null);
  }

  private Resource add(Session session, Call call, String networkId) {
    enforce(session, "create_dhcp-network");
    session.get(Networks.TYPE, networkId);
    Resource agent = session.get(Agents.TYPE, call.variable("id"));
    boolean serves =
        agent.get(Agents.ADMIN_STATE_UP) || config.enableServicesOnAgentsWithAdminStateDown();
    if (!Agents.is(agent, AgentKind.DHCP) || !serves) {
      throw AgentErrors.invalidDhcpAgent(agent.id());
    }
    if (AgentBindings.DHCP.has(session, networkId, agent.id())) {
      throw AgentErrors.networkHosted(networkId, agent.id());
    }
    AgentBindings.DHCP.add(session, networkId, agent.id());
    return agent;
  }

  private Response remove(Call call) {
    String networkId = call.variable("network_id");
    RequestContext context = call.context();
    Resource agent =
        core.sessions()
            .write(
                context,
                session -> {
                  enforce(session, "delete_dhcp-network");
                  Resource found = session.get(Agents.TYPE, call.variable("id"));
                  DhcpPorts.unschedule(session, found, networkId);
                  return found;
                });
    tell.networkRemoved(context, networkId, agent.get(Agents.HOST));
    return Response.empty(204);
  }

  private void enforce(Session session, String action) {
    core.authorizer().enforce(session, action);
  }

  /** The one string the body must have; the reference server fails with a 500 without it. */
  static String wanted(Call call, String name) {
    Map<String, @Nullable Object> body = Bodies.object(call.request().body());
    if (body.get(name) instanceof String value) {
      return value;
    }
    throw NeutronException.badRequest(
        "Failed to parse request. Required attribute '" + name + "' not specified");
  }
}
