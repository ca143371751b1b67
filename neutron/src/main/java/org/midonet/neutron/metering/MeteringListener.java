package org.midonet.neutron.metering;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.agent.RouterHosts;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.rpc.RpcClient;
import org.midonet.neutron.rpc.RpcTarget;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.ChangeContext;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Operation;
import org.midonet.neutron.service.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells metering agents of labels and rules that come and go; safe to share between threads.
 *
 * <p>An agent hears of the routers that the L3 agent of its host serves. Of routers alone it is not
 * told: it asks for them from time to time ({@link MeteringEndpoint}). Nothing that fails here is
 * the request's failure.
 */
final class MeteringListener implements ChangeListener {
  private static final Logger log = LoggerFactory.getLogger(MeteringListener.class);
  private static final String TOPIC = "metering_agent";
  private static final String VERSION = "1.0";

  private final RpcClient client;
  private final RouterHosts hosts;

  MeteringListener(RpcClient client, RouterHosts hosts) {
    this.client = client;
    this.hosts = hosts;
  }

  @Override
  public void postcommit(ChangeContext context, Change change) {
    boolean create = change.operation() == Operation.CREATE;
    if (!create && change.operation() != Operation.DELETE) {
      return;
    }
    Resource changed = change.resource();
    String verb = create ? "add_" : "remove_";
    try {
      switch (change.type().name()) {
        case "metering_label" ->
            tell(
                context,
                verb + "metering_label",
                session ->
                    create
                        ? MeteringData.all(session)
                        : MeteringData.of(session, List.of(changed)));
        case "metering_label_rule" ->
            tell(context, verb + "metering_label_rule", session -> ofRule(session, changed));
        default -> {
          // The agents meter nothing else.
        }
      }
    } catch (RuntimeException e) {
      log.error("Metering agents were not told of {} {}", change.operation(), changed, e);
    }
  }

  private static List<Map<String, @Nullable Object>> ofRule(Session session, Resource rule) {
    return session
        .tables()
        .find(MeteringLabels.TYPE, rule.get(MeteringLabelRules.LABEL_ID))
        .map(label -> MeteringData.ofRule(session, label, rule))
        .orElse(List.of());
  }

  private void tell(
      ChangeContext context,
      String method,
      Function<Session, List<Map<String, @Nullable Object>>> data) {
    context
        .sessions()
        .read(context.request().elevated(), session -> perHost(session, data.apply(session)))
        .forEach((host, routers) ->
            client.cast(
                context.request(),
                RpcTarget.host(TOPIC, host, VERSION),
                method,
                Map.of("routers", routers)));
  }

  private Map<String, List<Map<String, @Nullable Object>>> perHost(
      Session session, List<Map<String, @Nullable Object>> routers) {
    Map<String, List<Map<String, @Nullable Object>>> perHost = new TreeMap<>();
    if (routers.isEmpty()) {
      return perHost;
    }
    for (Map.Entry<String, Set<String>> host : hosts.active(session).entrySet()) {
      List<Map<String, @Nullable Object>> served =
          routers.stream()
              .filter(router -> host.getValue().contains(String.valueOf(router.get("id"))))
              .toList();
      if (!served.isEmpty()) {
        perHost.put(host.getKey(), served);
      }
    }
    return perHost;
  }
}
