package org.midonet.neutron.metering;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.agent.RouterHosts;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.rpc.RpcArgs;
import org.midonet.neutron.rpc.RpcEndpoint;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers metering agents that ask what to meter (topic {@code q-metering-plugin}); safe to share
 * between threads.
 */
final class MeteringEndpoint {
  static final String TOPIC = "q-metering-plugin";
  private static final Logger log = LoggerFactory.getLogger(MeteringEndpoint.class);

  private final Sessions sessions;
  private final RouterHosts hosts;

  MeteringEndpoint(Sessions sessions, RouterHosts hosts) {
    this.sessions = sessions;
    this.hosts = hosts;
  }

  RpcEndpoint endpoint() {
    return RpcEndpoint.version("1.0").method("get_sync_data_metering", this::syncData).build();
  }

  /** The routers of the L3 agent on the host that asks, all routers if it does not say its host. */
  private @Nullable Object syncData(RequestContext context, RpcArgs args) {
    String host = args.optionalString("host");
    return sessions.read(context.elevated(), session -> syncData(session, host)).orElse(null);
  }

  private Optional<List<Map<String, @Nullable Object>>> syncData(
      Session session, @Nullable String host) {
    if (!session.catalog().has(Routers.TYPE)) {
      return Optional.empty();
    }
    if (host == null || host.isEmpty() || !session.catalog().has("l3_agent_scheduler")) {
      return Optional.of(MeteringData.all(session));
    }
    Set<String> served = hosts.on(session, host);
    if (served.isEmpty()) {
      log.debug("No router is served on {}, so there is nothing to meter", host);
      return Optional.empty();
    }
    return Optional.of(
        MeteringData.all(session).stream()
            .filter(router -> served.contains(String.valueOf(router.get("id"))))
            .toList());
  }
}
