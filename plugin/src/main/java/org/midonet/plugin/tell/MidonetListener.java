package org.midonet.plugin.tell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.midonet.neutron.network.Networks;
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
  private final boolean mixed;

  /** Tells of all changes of these kinds. */
  public MidonetListener(MidonetClient client, Set<MidonetResource> resources) {
    this(client, resources, false);
  }

  private MidonetListener(MidonetClient client, Set<MidonetResource> resources, boolean mixed) {
    this.client = client;
    this.resources = Set.copyOf(resources);
    this.mixed = mixed;
  }

  /** The same, but of networks only that are MidoNet's by their type, and of what is on them. */
  public MidonetListener amongOthers() {
    return new MidonetListener(client, resources, true);
  }

  @Override
  public void committing(Session session, Change change) {
    MidonetNetworks.Lookup networks = id -> session.tables().find(Networks.TYPE, id);
    call(change, session.changes(), networks).ifPresent(call -> client.precommit(session, call));
  }

  @Override
  public void postcommit(ChangeContext context, Change change) {
    MidonetNetworks.Lookup networks =
        id -> context.sessions().read(context.request(), s -> s.tables().find(Networks.TYPE, id));
    call(change, context.changes(), networks).ifPresent(this::tell);
  }

  private Optional<MidonetCall> call(
      Change change, List<Change> request, MidonetNetworks.Lookup networks) {
    return Calls.resource(change)
        .filter(resources::contains)
        .filter(resource -> !mixed || MidonetNetworks.has(change, request, networks))
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
