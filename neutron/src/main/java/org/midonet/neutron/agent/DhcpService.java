package org.midonet.neutron.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Bodies;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.extension.Catalog;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What DHCP and metadata agents ask, answered from the store; safe to share between threads. */
final class DhcpService implements DhcpBackend {
  private static final Logger log = LoggerFactory.getLogger(DhcpService.class);

  /** What may happen to a port because its network or subnet went meanwhile. */
  private static final Set<String> GONE =
      Set.of("NetworkNotFound", "SubnetNotFound", "InvalidInput", "PortNotFound");

  private final Catalog catalog;
  private final Sessions sessions;
  private final AgentsConfig config;
  private final NetworkScheduling scheduling;

  DhcpService(
      Catalog catalog, Sessions sessions, AgentsConfig config, NetworkScheduling scheduling) {
    this.catalog = catalog;
    this.sessions = sessions;
    this.config = config;
    this.scheduling = scheduling;
  }

  @Override
  public List<Map<String, @Nullable Object>> activeNetworks(
      RequestContext context, String host, boolean onlyDhcpSubnets) {
    RequestContext admin = context.elevated();
    sessions.write(
        admin,
        session -> {
          agent(session, host).ifPresent(agent -> scheduling.fill(session, agent));
          return true;
        });
    return sessions.read(
        admin,
        session ->
            agent(session, host)
                .filter(this::serves)
                .map(agent -> servedBy(session, agent, onlyDhcpSubnets))
                .orElse(List.of()));
  }

  private static Optional<Resource> agent(Session session, String host) {
    return AgentRegistry.find(session, AgentKind.DHCP.agentType(), host);
  }

  private boolean serves(Resource agent) {
    return agent.get(Agents.ADMIN_STATE_UP) || config.enableServicesOnAgentsWithAdminStateDown();
  }

  private List<Map<String, @Nullable Object>> servedBy(
      Session session, Resource agent, boolean onlyDhcpSubnets) {
    Condition up = Tables.bool(Standard.ADMIN_STATE_UP).isTrue();
    return session.list(Networks.TYPE, AgentBindings.DHCP.servedBy(agent.id()).and(up)).stream()
        .map(network -> info(session, network, onlyDhcpSubnets))
        .toList();
  }

  @Override
  public @Nullable Map<String, @Nullable Object> network(
      RequestContext context, String networkId, boolean onlyDhcpSubnets) {
    return sessions
        .read(
            context.elevated(),
            session ->
                session
                    .find(Networks.TYPE, networkId)
                    .map(network -> info(session, network, onlyDhcpSubnets)))
        .orElse(null);
  }

  private static Map<String, @Nullable Object> info(
      Session session, Resource network, boolean onlyDhcpSubnets) {
    Condition subnets = Tables.text(Subnets.NETWORK_ID).eq(network.id());
    if (onlyDhcpSubnets) {
      subnets = subnets.and(Tables.bool(Subnets.ENABLE_DHCP).isTrue());
    }
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    info.put("id", network.id());
    info.put("project_id", network.projectId());
    info.put("tenant_id", network.projectId());
    info.put("admin_state_up", network.get(Standard.ADMIN_STATE_UP));
    // The agent numbers its dnsmasq tags by this order and restarts it when the order changes.
    info.put(
        "subnets",
        session.list(Subnets.TYPE, subnets).stream()
            .sorted(Comparator.comparing(Resource::id))
            .map(AgentViews::of)
            .toList());
    info.put("non_local_subnets", List.of());
    info.put(
        "ports",
        session.list(Ports.TYPE, Tables.text(Ports.NETWORK_ID).eq(network.id())).stream()
            .map(AgentViews::of)
            .toList());
    info.put("mtu", network.find(Networks.MTU));
    return info;
  }

  @Override
  public @Nullable Map<String, @Nullable Object> createPort(
      RequestContext context, String host, Map<String, @Nullable Object> port) {
    RequestContext admin = context.elevated();
    Map<String, @Nullable Object> wanted = onHost(port, host);
    wanted.put("device_owner", DhcpPorts.OWNER);
    return unlessGone(
        admin,
        port,
        () -> {
          Resource input = Bodies.create(catalog.definition(Ports.TYPE), admin, wanted);
          return sessions.write(admin, session -> session.create(Ports.TYPE, input));
        });
  }

  @Override
  public @Nullable Map<String, @Nullable Object> updatePort(
      RequestContext context, String host, String portId, Map<String, @Nullable Object> changes) {
    RequestContext admin = context.elevated();
    Map<String, @Nullable Object> wanted = onHost(changes, host);
    String networkId = String.valueOf(wanted.remove("network_id"));
    return unlessGone(
        admin,
        changes,
        () -> {
          Resource update = Bodies.update(catalog.definition(Ports.TYPE), wanted);
          return sessions.write(admin, s -> takeOver(s, host, networkId, portId, update));
        });
  }

  private static @Nullable Resource takeOver(
      Session session, String host, String networkId, String portId, Resource changes) {
    Resource port = session.get(Ports.TYPE, portId);
    String device = port.get(Ports.DEVICE_ID, "");
    if (!device.equals(DhcpPorts.RESERVED) && !device.equals(DhcpPorts.deviceId(host, networkId))) {
      return null;
    }
    boolean serving =
        AgentBindings.DHCP.agentsOf(session, networkId).stream()
            .anyMatch(agent -> agent.get(Agents.HOST).equals(host));
    if (!serving) {
      log.warn("The DHCP agent on {} does not serve network {}", host, networkId);
      throw Networks.TYPE.notFound(networkId);
    }
    return session.update(port, changes);
  }

  private static Map<String, @Nullable Object> onHost(
      Map<String, @Nullable Object> port, String host) {
    Map<String, @Nullable Object> wanted = new LinkedHashMap<>(port);
    wanted.put("binding:host_id", host);
    return wanted;
  }

  /** What the agent asked for may have gone meanwhile; it is told so by getting nothing. */
  private @Nullable Map<String, @Nullable Object> unlessGone(
      RequestContext admin,
      Map<String, @Nullable Object> port,
      Supplier<@Nullable Resource> action) {
    try {
      Resource done = action.get();
      return done == null ? null : AgentViews.of(done);
    } catch (NeutronException e) {
      boolean subnetGone =
          e.type().equals("IpAddressGenerationFailure") && !subnetExists(admin, port);
      if (!GONE.contains(e.type()) && !subnetGone) {
        throw e;
      }
      log.warn("A DHCP agent's port was not done: {}", e.text());
      return null;
    }
  }

  private boolean subnetExists(RequestContext admin, Map<String, @Nullable Object> port) {
    if (port.get("fixed_ips") instanceof List<?> ips
        && !ips.isEmpty()
        && ips.getFirst() instanceof Map<?, ?> first
        && first.get("subnet_id") instanceof String id) {
      return sessions.read(admin, session -> session.find(Subnets.TYPE, id).isPresent());
    }
    return true;
  }

  @Override
  public void releasePorts(RequestContext context, String networkId, String deviceId) {
    sessions.write(
        context.elevated(),
        session -> {
          DhcpPorts.of(session, networkId, deviceId).forEach(session::delete);
          return true;
        });
  }

  @Override
  public Map<String, @Nullable Object> port(RequestContext context, String portId) {
    return sessions.read(
        context.elevated(), session -> AgentViews.of(session.get(Ports.TYPE, portId)));
  }

  @Override
  public List<Map<String, @Nullable Object>> ports(
      RequestContext context, Map<String, @Nullable Object> filters) {
    return sessions.read(
        context.elevated(),
        session ->
            session.list(Ports.TYPE, AgentFilters.condition(session, Ports.TYPE, filters)).stream()
                .map(AgentViews::of)
                .toList());
  }

  @Override
  public List<Map<String, @Nullable Object>> networks(
      RequestContext context,
      Map<String, @Nullable Object> filters,
      @Nullable List<String> fields) {
    List<Map<String, @Nullable Object>> networks =
        sessions.read(
            context.elevated(),
            session ->
                session
                    .list(Networks.TYPE, AgentFilters.condition(session, Networks.TYPE, filters))
                    .stream()
                    .map(AgentViews::of)
                    .toList());
    if (fields == null) {
      return networks;
    }
    List<Map<String, @Nullable Object>> narrowed = new ArrayList<>();
    for (Map<String, @Nullable Object> network : networks) {
      Map<String, @Nullable Object> some = new LinkedHashMap<>(network);
      some.keySet().retainAll(Set.copyOf(fields));
      narrowed.add(some);
    }
    return narrowed;
  }

  /** MidoNet answers DHCP itself, so no port waits for an agent to be ready. */
  @Override
  public void portsReady(RequestContext context, List<String> portIds) {
    log.debug("DHCP is ready on {}", portIds);
  }
}
