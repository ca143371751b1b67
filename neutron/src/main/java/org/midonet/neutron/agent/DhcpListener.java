package org.midonet.neutron.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.ChangeContext;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.subnet.Subnets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells DHCP agents of changes to what they serve, and gives them networks that come to need DHCP;
 * safe to share between threads.
 *
 * <p>A network is given to agents when it gets a subnet or a port, not before: until then the
 * administrator may choose the agent. Nothing that fails here is the request's failure.
 */
final class DhcpListener implements ChangeListener {
  private static final Logger log = LoggerFactory.getLogger(DhcpListener.class);

  /** What of a port an agent hands out. */
  private static final Set<String> TOLD_OF_PORTS =
      Set.of(
          "fixed_ips",
          "mac_address",
          "extra_dhcp_opts",
          "dns_name",
          "dns_assignment",
          "dns_domain");

  private final AgentsConfig config;
  private final NetworkScheduling scheduling;
  private final AgentTell tell;

  DhcpListener(AgentsConfig config, NetworkScheduling scheduling, AgentTell tell) {
    this.config = config;
    this.scheduling = scheduling;
    this.tell = tell;
  }

  @Override
  public void postcommit(ChangeContext context, Change change) {
    try {
      switch (change.type().name()) {
        case "network" -> network(context, change);
        case "subnet" -> subnet(context, change);
        case "port" -> port(context, change);
        default -> {
          // DHCP agents serve nothing else.
        }
      }
    } catch (RuntimeException e) {
      log.error("DHCP agents were not told of {} {}", change.operation(), change.resource(), e);
    }
  }

  private void network(ChangeContext context, Change change) {
    Resource network = change.resource();
    switch (change.operation()) {
      case UPDATE ->
          tell(context, DhcpEvent.NETWORK_UPDATE, network.id(), payload("network", network));
      case DELETE -> tell.networkGone(context.request(), network.id());
      case CREATE, ADD_INTERFACE, REMOVE_INTERFACE -> {
        // An empty network needs no DHCP.
      }
    }
  }

  private void subnet(ChangeContext context, Change change) {
    Resource subnet = change.resource();
    String networkId = subnet.get(Subnets.NETWORK_ID);
    switch (change.operation()) {
      case CREATE -> {
        schedule(context, networkId);
        tell(context, DhcpEvent.SUBNET_CREATE, networkId, payload("subnet", subnet));
      }
      case UPDATE -> tell(context, DhcpEvent.SUBNET_UPDATE, networkId, payload("subnet", subnet));
      case DELETE -> {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("subnet_id", subnet.id());
        payload.put("network_id", networkId);
        tell(context, DhcpEvent.SUBNET_DELETE, networkId, payload);
      }
      case ADD_INTERFACE, REMOVE_INTERFACE -> {
        // Told by the port that comes or goes with it.
      }
    }
  }

  private void port(ChangeContext context, Change change) {
    Resource port = change.resource();
    String networkId = port.get(Ports.NETWORK_ID);
    switch (change.operation()) {
      case CREATE -> {
        if (!port.get(Ports.DEVICE_ID, "").equals(DhcpPorts.RESERVED)) {
          schedule(context, networkId);
        }
        tell(context, DhcpEvent.PORT_CREATE, networkId, payload("port", port));
      }
      case UPDATE -> {
        if (concernsLeases(change)) {
          tell(context, DhcpEvent.PORT_UPDATE, networkId, payload("port", port));
        }
      }
      case DELETE -> {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("port_id", port.id());
        payload.put("network_id", networkId);
        payload.put("fixed_ips", port.raw(Ports.FIXED_IPS));
        tell(context, DhcpEvent.PORT_DELETE, networkId, payload);
      }
      case ADD_INTERFACE, REMOVE_INTERFACE -> {
        // Of routers only.
      }
    }
  }

  private static boolean concernsLeases(Change change) {
    Resource before = change.before();
    Resource after = change.after();
    return before == null
        || after == null
        || TOLD_OF_PORTS.stream()
            .anyMatch(name -> !Objects.equals(before.raw(name), after.raw(name)));
  }

  /** Gives the network to agents if it lacks any; a look first, since most do not. */
  private void schedule(ChangeContext context, String networkId) {
    RequestContext admin = context.request().elevated();
    boolean lacking =
        context
            .sessions()
            .read(
                admin,
                session ->
                    session
                        .find(Networks.TYPE, networkId)
                        .filter(network -> !scheduling.plan(session, network).isEmpty())
                        .isPresent());
    if (lacking) {
      List<Resource> added =
          context
              .sessions()
              .write(
                  admin,
                  session ->
                      session
                          .find(Networks.TYPE, networkId)
                          .map(network -> scheduling.schedule(session, network))
                          .orElse(List.of()));
      added.forEach(
          agent -> tell.networkAdded(context.request(), networkId, agent.get(Agents.HOST)));
    }
  }

  private void tell(
      ChangeContext context,
      DhcpEvent event,
      String networkId,
      Map<String, @Nullable Object> payload) {
    if (!config.dhcpAgentNotification()) {
      return;
    }
    List<Resource> serving =
        context
            .sessions()
            .read(
                context.request().elevated(),
                session -> AgentBindings.DHCP.agentsOf(session, networkId));
    List<String> hosts = new ArrayList<>();
    for (Resource agent : serving) {
      if (agent.get(Agents.ADMIN_STATE_UP) || config.enableServicesOnAgentsWithAdminStateDown()) {
        hosts.add(agent.get(Agents.HOST));
      }
    }
    tell.dhcp(context.request(), event, payload, hosts);
  }

  private static Map<String, @Nullable Object> payload(String name, Resource resource) {
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put(name, AgentViews.of(resource));
    return payload;
  }
}
