package org.midonet.plugin.tell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.ChangeContext;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Session;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetException;
import org.midonet.plugin.client.MidonetResource;

/**
 * Tells MidoNet of every change of some kinds of resources, in the order in which the request made
 * them. Stateless, safe to share between threads.
 *
 * <p>What MidoNet refuses is the request's error, with MidoNet's status and words. The server then
 * removes what the request created, of which MidoNet is told in turn; updates and deletes stay
 * (spec section 2.0.2).
 */
public final class MidonetListener implements ChangeListener {

  private final MidonetClient client;
  private final Set<MidonetResource> resources;

  public MidonetListener(MidonetClient client, Set<MidonetResource> resources) {
    this.client = client;
    this.resources = Set.copyOf(resources);
  }

  @Override
  public void committing(Session session, Change change) {
    call(change, session.changes()).ifPresent(call -> client.precommit(session, call));
  }

  @Override
  public void postcommit(ChangeContext context, Change change) {
    call(change, context.changes()).ifPresent(this::tell);
  }

  private Optional<MidonetCall> call(Change change, List<Change> request) {
    return Calls.resource(change)
        .filter(resources::contains)
        .flatMap(resource -> Calls.of(resource, change, request));
  }

  private void tell(MidonetCall call) {
    try {
      client.postcommit(call);
    } catch (MidonetException e) {
      throw e.toNeutron();
    }
  }
}
