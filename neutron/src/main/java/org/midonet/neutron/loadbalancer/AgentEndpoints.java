package org.midonet.neutron.loadbalancer;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.agent.Agents;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.http.Response;

/**
 * Which agents of Neutron balance for which pools (alias lbaas_agent_scheduler): none do. Safe to
 * share.
 */
final class AgentEndpoints {
  private final Core core;

  AgentEndpoints(Core core) {
    this.core = core;
  }

  void register(Routes routes) {
    routes
        .add("GET", "/v2.0/lb/pools/{id}/loadbalancer-agent", this::agent)
        .add("GET", "/v2.0/agents/{id}/loadbalancer-pools", this::pools);
  }

  /** Null, as Neutron says that there is none. */
  private Response agent(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              core.authorizer().enforce(session, "get_loadbalancer-agent");
              session.get(Pools.TYPE, call.variable("id"));
              return Response.json(200, (Object) null);
            });
  }

  private Response pools(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              core.authorizer().enforce(session, "get_loadbalancer-pools");
              session.get(Agents.TYPE, call.variable("id"));
              return Response.json(200, Map.of("pools", List.of()));
            });
  }
}
