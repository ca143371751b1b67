package org.midonet.plugin.client.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.importer.ImportTask;
import org.midonet.cluster.importer.TaskRefused;
import org.midonet.cluster.importer.TaskState;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.MidonetConfig;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.store.Transaction;
import org.midonet.nsdb.Commit;
import org.midonet.nsdb.Topology;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetException;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.client.cluster.DataState;
import org.midonet.plugin.client.cluster.Drafts;
import org.midonet.plugin.client.cluster.Importable;
import org.midonet.plugin.client.cluster.MidonetClusterClient;
import org.midonet.plugin.client.cluster.Task;
import org.midonet.plugin.client.cluster.TaskTable;
import org.midonet.plugin.tell.Inventory;

/**
 * Tells the built-in MidoNet by rows of {@code midonet_tasks}; safe to share between threads.
 *
 * <p>Before the commit each call is translated on the topology as it will be then. What MidoNet
 * would refuse is refused there, with its status and words, and nothing is stored. The importer
 * applies the rows after the commit, and nobody waits for it.
 */
public final class BuiltInClient implements MidonetClient {
  private final MidonetClusterClient table;
  private final BuiltInMidonet midonet;
  private final TaskTranslation translation = TaskTranslation.standard();

  // Made by the first request, for the store opens while the program starts.
  private @Nullable Head head;

  /** A client of the MidoNet beside this server. */
  public BuiltInClient(MidonetConfig config, BuiltInMidonet midonet) {
    this.table = new MidonetClusterClient(config);
    this.midonet = midonet;
  }

  /** Announces the options, as to any importer. */
  @Override
  public void initialize(Sessions sessions) {
    table.initialize(sessions);
  }

  /**
   * The tasks that make everything in an empty MidoNet; their ids are their places in the list.
   *
   * @param session of an administrator
   * @param mixed whether networks may be somebody else's, as under ML2
   */
  public List<ImportTask> everything(Session session, boolean mixed) {
    List<ImportTask> tasks = new ArrayList<>();
    Stream.concat(
            Stream.of(table.announcement()),
            withRoutes(Inventory.of(session, mixed)).stream()
                .flatMap(call -> Drafts.of(call, Importable.BY_OURS)))
        .forEach(draft -> tasks.add(Head.imported(tasks.size() + 1, draft)));
    return tasks;
  }

  /**
   * Routers are told with their routes at once, too, which makes nothing of them yet but remembers
   * them: a route that leads nowhere at the moment, since its port is gone, may wait for another.
   */
  private static List<MidonetCall> withRoutes(List<MidonetCall> calls) {
    Map<String, MidonetCall.Update> routers = new HashMap<>();
    for (MidonetCall call : calls) {
      if (call instanceof MidonetCall.Update update
          && update.resource() == MidonetResource.ROUTER) {
        routers.put(update.id(), update);
      }
    }
    return calls.stream().map(call -> withRoutes(call, routers)).toList();
  }

  private static MidonetCall withRoutes(MidonetCall call, Map<String, MidonetCall.Update> routers) {
    if (call instanceof MidonetCall.Create(MidonetResource resource, var body)
        && resource == MidonetResource.ROUTER) {
      MidonetCall.Update whole = routers.get(String.valueOf(body.get("id")));
      return whole == null ? call : new MidonetCall.Create(resource, whole.body());
    }
    return call;
  }

  @Override
  public void precommit(Session session, MidonetCall call) {
    Drafts.of(call, Importable.BY_OURS)
        .forEach(draft -> session.memo(Turn.class, () -> turn(session)).add(draft));
  }

  /** Takes the lock under which ids are given out and the head is moved on; once in a session. */
  private Turn turn(Session session) {
    Head present = head();
    DataState.lockedForTasks(session.transaction());
    return new Turn(session, present, present.present(session.transaction()).topology());
  }

  private synchronized Head head() {
    Head made = head;
    if (made == null) {
      made = new Head(midonet.nsdb(), translation);
      head = made;
    }
    return made;
  }

  @Override
  public void postcommit(MidonetCall call) {}

  @Override
  public boolean isToldByCommit() {
    return true;
  }

  @Override
  public String describe() {
    return "The built-in MidoNet is told through the table midonet_tasks";
  }

  /** The tasks of one session; not to be shared between threads. */
  private final class Turn {
    private final Session session;
    private final Head head;
    private Topology topology;

    Turn(Session session, Head head, Topology topology) {
      this.session = session;
      this.head = head;
      this.topology = topology;
    }

    void add(Task.Draft draft) {
      ImportTask task = Head.imported(0, draft);
      org.midonet.nsdb.Transaction changes = TaskTranslation.begin(topology, task);
      try {
        translation.apply(changes, task);
      } catch (TaskRefused e) {
        throw MidonetException.refused(e.status(), e.text()).toNeutron();
      }
      Transaction transaction = session.transaction();
      RequestContext asker = session.context();
      String request = TaskTable.shortened(asker.requestId());
      int id = TaskTable.append(transaction, draft, asker.projectId(), request);
      changes.apply(TaskState.reached(changes.present(), id, request));
      Commit commit = changes.commit();
      topology = commit.after();
      head.advance(new Position(id, request, topology));
      midonet
          .prepared()
          .ifPresent(prepared -> {
            prepared.put(id, request, commit);
            transaction.afterRollback(() -> prepared.remove(id, commit));
          });
      transaction.afterCommit(() -> midonet.committed(id));
    }
  }
}
