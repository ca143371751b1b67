package org.midonet.plugin.firewall;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.midonet.neutron.firewall.Firewalls;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.ChangeContext;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Operation;
import org.midonet.neutron.service.Session;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells MidoNet of firewalls, and their status what came of it. Stateless, safe to share between
 * threads.
 *
 * <p>A refused create is undone by the server. After a refused update or delete the firewall is in
 * ERROR, and so are those that the same request changed and that MidoNet has not been told of; any
 * further update or delete tells MidoNet all of it again.
 */
final class FirewallListener implements ChangeListener {
  private static final Logger log = LoggerFactory.getLogger(FirewallListener.class);

  private final MidonetClient client;

  FirewallListener(MidonetClient client) {
    this.client = client;
  }

  @Override
  public void committing(Session session, Change change) {
    FirewallCalls.of(change).ifPresent(call -> client.precommit(session, call));
  }

  @Override
  public void postcommit(ChangeContext context, Change change) {
    Optional<MidonetCall> call = FirewallCalls.of(change);
    if (call.isEmpty()) {
      return;
    }
    try {
      client.postcommit(call.get());
    } catch (MidonetException e) {
      refused(context, change, e);
      return;
    }
    settle(
        context,
        change.resource(),
        change.operation() == Operation.DELETE ? Firewalls::gone : Firewalls::done);
  }

  private static void refused(ChangeContext context, Change change, MidonetException refusal) {
    if (isUnacknowledged(change)) {
      log.warn(
          "Firewall {} is gone, but MidoNet did not say that it is gone there: {}",
          change.resource().id(),
          refusal.getMessage());
      return;
    }
    if (change.operation() != Operation.CREATE) {
      List<Change> all = context.changes();
      all.subList(all.indexOf(change), all.size()).stream()
          .filter(later -> FirewallCalls.of(later).isPresent())
          .forEach(later -> settle(context, later.resource(), Firewalls::failed));
    }
    throw refusal.toNeutron();
  }

  /** Whether a firewall went that MidoNet never said it had. */
  private static boolean isUnacknowledged(Change change) {
    return change.operation() == Operation.DELETE && Firewalls.isCreating(change.resource());
  }

  private static void settle(
      ChangeContext context, Resource firewall, BiConsumer<Session, String> outcome) {
    context
        .sessions()
        .write(
            context.request().elevated(),
            session -> {
              outcome.accept(session, firewall.id());
              return true;
            });
  }
}
