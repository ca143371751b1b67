package org.midonet.plugin.loadbalancer;

import java.util.List;
import java.util.function.Consumer;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.loadbalancer.Balancing;
import org.midonet.neutron.loadbalancer.Vips;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.ChangeContext;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Operation;
import org.midonet.neutron.service.Session;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells MidoNet of load balancing, and the status of each thing what came of it. Stateless, safe to
 * share between threads.
 *
 * <p>A refused create is undone by the server, and a monitor that may not watch a pool does not.
 * What else is refused leaves its thing in ERROR, and with it what the same request changed and
 * MidoNet has not been told of; any further update or delete tells MidoNet again.
 */
final class BalancingListener implements ChangeListener {
  private static final Logger log = LoggerFactory.getLogger(BalancingListener.class);

  private final MidonetClient client;

  BalancingListener(MidonetClient client) {
    this.client = client;
  }

  @Override
  public void committing(Session session, Change change) {
    Step.of(session, change).forEach(step -> client.precommit(session, step.call()));
  }

  @Override
  public void postcommit(ChangeContext context, Change change) {
    refuseImpossible(change);
    List<Step> steps =
        context.sessions().read(context.request(), session -> Step.of(session, change));
    for (int i = 0; i < steps.size(); i++) {
      try {
        client.postcommit(steps.get(i).call());
      } catch (MidonetException e) {
        refused(context, change, steps.subList(i, steps.size()), e);
        return;
      }
      settle(context, steps.get(i).done());
    }
  }

  /** A VIP that MidoNet cannot have keeps what was asked for, in ERROR (spec section 3.4). */
  private static void refuseImpossible(Change change) {
    Resource resource = change.resource();
    if (change.type().equals(Vips.TYPE)
        && change.operation() == Operation.UPDATE
        && Balancing.isFailed(resource)) {
      throw NeutronException.badResourceRequest(
          "vip", resource.get(Balancing.STATUS_DESCRIPTION, ""));
    }
  }

  private static void refused(
      ChangeContext context, Change change, List<Step> untold, MidonetException refusal) {
    String words = String.valueOf(refusal.getMessage());
    if (change.operation() == Operation.DELETE && Balancing.isCreating(change.resource())) {
      log.warn(
          "{} {} is gone, but MidoNet did not say that it is gone there: {}",
          change.type().label(),
          change.resource().id(),
          words);
      return;
    }
    if (change.operation() != Operation.CREATE) {
      settle(
          context,
          session -> {
            untold.forEach(step -> step.failed().accept(session, words));
            List<Change> all = context.changes();
            all.subList(all.indexOf(change) + 1, all.size()).stream()
                .flatMap(later -> Step.of(session, later).stream())
                .forEach(step -> step.failed().accept(session, words));
          });
    }
    throw refusal.toNeutron();
  }

  private static void settle(ChangeContext context, Consumer<Session> outcome) {
    context
        .sessions()
        .write(
            context.request().elevated(),
            session -> {
              outcome.accept(session);
              return true;
            });
  }
}
