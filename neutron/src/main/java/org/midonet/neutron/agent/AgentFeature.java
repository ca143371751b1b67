package org.midonet.neutron.agent;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.rpc.Messaging;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;

/**
 * Agents, availability zones and agent schedulers as a part of the API; safe to share between
 * threads.
 *
 * <p>Without messaging there are no agents to speak of: the resources are served, and empty.
 */
public final class AgentFeature implements Feature, AutoCloseable {
  private final AgentsConfig config;
  private final @Nullable Messaging messaging;
  private final Clock clock = Clock.systemUTC();
  private final AgentService agents;
  private final AgentTell tell;
  private final NetworkScheduling networks;
  private final RouterScheduling routers;
  private @Nullable AgentFailover failover;

  /**
   * Makes the feature.
   *
   * @param messaging null where {@code transport_url} is not set
   * @param others agents that do not report here
   */
  public AgentFeature(AgentsConfig config, @Nullable Messaging messaging, AgentSource others) {
    this.config = config;
    this.messaging = messaging;
    this.agents = new AgentService(config.agentDownTime(), clock, others);
    this.tell = new AgentTell(messaging == null ? null : messaging.client());
    this.networks = new NetworkScheduling(config, agents);
    this.routers = new RouterScheduling(config, agents);
  }

  /** Returns where routers are served. */
  public RouterHosts routerHosts() {
    return new RouterHosts(config, agents);
  }

  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("agent").adding(Agents.TYPE),
        Extension.of("agent-resources-synced").adding(Agents.TYPE, Agents.RESOURCES_SYNCED),
        Extension.of("availability_zone")
            .adding(AvailabilityZones.TYPE)
            .adding(Agents.TYPE, Agents.AVAILABILITY_ZONE),
        Extension.of("availability_zone_filter"),
        Extension.of("dhcp_agent_scheduler"),
        Extension.of("l3_agent_scheduler"));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(agents, new AvailabilityZones());
  }

  @Override
  public List<Hook> hooks() {
    return List.of(
        new ZoneHook(
            Networks.TYPE,
            AgentKind.DHCP,
            AgentBindings.DHCP,
            Networks.AVAILABILITY_ZONE_HINTS,
            Networks.AVAILABILITY_ZONES,
            List.of()),
        new ZoneHook(
            Routers.TYPE,
            AgentKind.L3,
            AgentBindings.L3,
            Routers.AVAILABILITY_ZONE_HINTS,
            Routers.AVAILABILITY_ZONES,
            config.defaultAvailabilityZones()));
  }

  @Override
  public List<ChangeListener> listeners() {
    List<ChangeListener> listeners = new ArrayList<>();
    if (messaging != null) {
      listeners.add(new AgentListener(tell));
      listeners.add(new DhcpListener(config, networks, tell));
      listeners.add(new L3Listener(routers, tell));
    }
    return listeners;
  }

  @Override
  public void routes(Routes routes, Core core) {
    if (core.catalog().has("dhcp_agent_scheduler")) {
      new DhcpSchedulerEndpoints(core, config, tell).register(routes);
    }
    if (core.catalog().has("l3_agent_scheduler")) {
      RouterScheduling.routers(core.catalog())
          .ifPresent(type -> new L3SchedulerEndpoints(core, type, routers, tell).register(routes));
    }
    if (messaging != null && core.catalog().has("agent")) {
      serve(messaging, core);
    }
  }

  /** Answers the agents over RPC from now on. */
  private void serve(Messaging rpc, Core core) {
    AgentRegistry registry =
        new AgentRegistry(core.sessions(), agents, config.enableNewAgents(), clock);
    DhcpEndpoint dhcp =
        new DhcpEndpoint(new DhcpService(core.catalog(), core.sessions(), config, networks));
    ReportsEndpoint reports = new ReportsEndpoint(registry, config.agentDownTime(), clock);
    rpc.serve(ReportsEndpoint.TOPIC, List.of(reports.endpoint()));
    rpc.serve(DhcpEndpoint.TOPIC, List.of(dhcp.dhcp(), dhcp.metadata()));
    failover = failover(core);
    failover.start();
  }

  private AgentFailover failover(Core core) {
    return new AgentFailover(
        config,
        core.sessions(),
        agents,
        networks,
        routers,
        RouterScheduling.routers(core.catalog()).stream().toList(),
        tell,
        clock);
  }

  /** Looks no more after dead agents. */
  @Override
  public void close() {
    if (failover != null) {
      failover.close();
    }
  }
}
