package org.midonet.neutron.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.rpc.RpcClient;
import org.midonet.neutron.rpc.RpcException;
import org.midonet.neutron.rpc.RpcTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells agents what concerns them; safe to share between threads. Without RPC it tells nobody.
 *
 * <p>Method names, versions and payloads are those Neutron's agents of the Zed release understand.
 */
final class AgentTell {
  private static final Logger log = LoggerFactory.getLogger(AgentTell.class);
  private static final String DHCP = "dhcp_agent";
  private static final String L3 = "l3_agent";
  private static final String VERSION = "1.0";
  private static final int CALL_ATTEMPTS = 2;

  private final @Nullable RpcClient client;

  AgentTell(@Nullable RpcClient client) {
    this.client = client;
  }

  /** Tells the DHCP agents on these hosts; a new port goes to one of them a little earlier. */
  void dhcp(
      RequestContext context,
      DhcpEvent event,
      Map<String, ? extends @Nullable Object> payload,
      List<String> hosts) {
    int first =
        event == DhcpEvent.PORT_CREATE && !hosts.isEmpty()
            ? ThreadLocalRandom.current().nextInt(hosts.size())
            : -1;
    for (int i = 0; i < hosts.size(); i++) {
      int priority = i == first ? DhcpEvent.PORT_CREATE_FIRST : event.priority();
      RpcTarget host = RpcTarget.host(DHCP, hosts.get(i), VERSION);
      cast(context, host, event.method(), withPriority(payload, priority));
    }
  }

  /** Tells every DHCP agent that a network is gone: it is too late to know who served it. */
  void networkGone(RequestContext context, String networkId) {
    DhcpEvent event = DhcpEvent.NETWORK_DELETE;
    Map<String, Object> payload = Map.of("network_id", networkId);
    RpcTarget all = RpcTarget.everyone(DHCP, VERSION);
    cast(context, all, event.method(), withPriority(payload, event.priority()));
  }

  /** Tells a DHCP agent that it serves a network from now on. */
  void networkAdded(RequestContext context, String networkId, String host) {
    dhcp(
        context,
        DhcpEvent.NETWORK_CREATE,
        Map.of("network", Map.of("id", networkId)),
        List.of(host));
  }

  /** Tells a DHCP agent that it serves a network no longer. */
  void networkRemoved(RequestContext context, String networkId, String host) {
    dhcp(context, DhcpEvent.NETWORK_DELETE, Map.of("network_id", networkId), List.of(host));
  }

  /** Tells an agent that the administrator switched it on or off. */
  void adminState(RequestContext context, AgentKind kind, String host, boolean up) {
    Map<String, Object> payload = Map.of("admin_state_up", up);
    String topic = kind == AgentKind.DHCP ? DHCP : L3;
    cast(
        context, RpcTarget.host(topic, host, VERSION), "agent_updated", Map.of("payload", payload));
  }

  /** Tells L3 agents that routers they serve changed. */
  void routerUpdated(RequestContext context, String routerId, List<String> hosts) {
    for (String host : hosts) {
      RpcTarget target = RpcTarget.host(L3, host, "1.1");
      cast(context, target, "routers_updated", Map.of("routers", List.of(routerId)));
    }
  }

  /** Tells every L3 agent that a router is gone. */
  void routerGone(RequestContext context, String routerId) {
    RpcTarget all = RpcTarget.everyone(L3, VERSION);
    cast(context, all, "router_deleted", Map.of("router_id", routerId));
  }

  /** Tells an L3 agent that it serves a router no longer. */
  void routerRemoved(RequestContext context, String routerId, String host) {
    Map<String, Object> payload = Map.of("router_id", routerId);
    RpcTarget target = RpcTarget.host(L3, host, VERSION);
    cast(context, target, "router_removed_from_agent", Map.of("payload", payload));
  }

  /**
   * Tells an L3 agent that it serves a router from now on, and waits until it has understood. An
   * agent that does not answer learns of the router when it next asks for all of its own.
   */
  void routerAdded(RequestContext context, String routerId, String host) {
    if (client == null) {
      return;
    }
    RpcTarget target = RpcTarget.host(L3, host, VERSION);
    Map<String, Object> arguments = Map.of("payload", List.of(routerId));
    for (int attempt = 1; attempt <= CALL_ATTEMPTS; attempt++) {
      try {
        client.call(context, target, "router_added_to_agent", arguments);
        return;
      } catch (RpcException.NoAnswer e) {
        log.warn("The L3 agent on {} does not answer: {}", host, e.getMessage());
      } catch (RpcException.Unavailable e) {
        log.warn(
            "The L3 agent on {} was not told of router {}: {}", host, routerId, e.getMessage());
        return;
      }
    }
  }

  private void cast(
      RequestContext context, RpcTarget target, String method, Map<String, ?> arguments) {
    if (client != null) {
      client.cast(context, target, method, arguments);
    }
  }

  private static Map<String, ?> withPriority(
      Map<String, ? extends @Nullable Object> payload, int priority) {
    Map<String, @Nullable Object> full = new LinkedHashMap<>(payload);
    full.put("priority", priority);
    return Map.of("payload", full);
  }
}
