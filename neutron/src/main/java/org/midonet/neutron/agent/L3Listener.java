package org.midonet.neutron.agent;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.ChangeContext;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Operation;
import org.midonet.neutron.service.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives routers to L3 agents once they have a gateway or an interface, and tells the agents of
 * changes; safe to share between threads. Nothing that fails here is the request's failure.
 */
final class L3Listener implements ChangeListener {
  private static final Logger log = LoggerFactory.getLogger(L3Listener.class);

  private static final List<String> MODES = List.of("distributed", "ha");

  private final RouterScheduling scheduling;
  private final AgentTell tell;

  L3Listener(RouterScheduling scheduling, AgentTell tell) {
    this.scheduling = scheduling;
    this.tell = tell;
  }

  @Override
  public void precommit(Session session, Change change) {
    if (change.type().name().equals("router")
        && (change.operation() == Operation.DELETE || modeChanged(change))) {
      AgentBindings.L3.removeResource(session, change.resource().id());
    }
  }

  /** Whether other agents may have to serve it from now on. */
  private static boolean modeChanged(Change change) {
    Resource before = change.before();
    Resource after = change.after();
    return before != null
        && after != null
        && MODES.stream().anyMatch(mode -> !Objects.equals(before.raw(mode), after.raw(mode)));
  }

  @Override
  public void postcommit(ChangeContext context, Change change) {
    if (!change.type().name().equals("router")) {
      return;
    }
    Resource router = change.resource();
    try {
      switch (change.operation()) {
        case DELETE -> tell.routerGone(context.request(), router.id());
        case CREATE -> {
          if (router.raw("external_gateway_info") instanceof Map<?, ?>) {
            changed(context, router);
          }
        }
        case UPDATE, ADD_INTERFACE, REMOVE_INTERFACE -> changed(context, router);
      }
    } catch (RuntimeException e) {
      log.error("L3 agents were not told of {} router {}", change.operation(), router.id(), e);
    }
  }

  private void changed(ChangeContext context, Resource router) {
    RequestContext admin = context.request().elevated();
    boolean lacking =
        context.sessions().read(admin, session -> scheduling.plan(session, router).isPresent());
    if (lacking) {
      context.sessions().write(admin, session -> schedule(session, router));
    }
    List<String> hosts =
        context
            .sessions()
            .read(
                admin,
                session ->
                    AgentBindings.L3.agentsOf(session, router.id()).stream()
                        .map(agent -> agent.get(Agents.HOST))
                        .toList());
    tell.routerUpdated(context.request(), router.id(), hosts);
  }

  private boolean schedule(Session session, Resource router) {
    Optional<Resource> agent = scheduling.plan(session, router);
    agent.ifPresent(chosen -> AgentBindings.L3.add(session, router.id(), chosen.id()));
    return agent.isPresent();
  }
}
