package org.midonet.app;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.midonet.cluster.check.Comparison;
import org.midonet.cluster.check.Expected;
import org.midonet.cluster.check.Progress;
import org.midonet.cluster.check.Repair;
import org.midonet.cluster.importer.ImportTask;
import org.midonet.cluster.importer.Importer;
import org.midonet.cluster.importer.TaskRefused;
import org.midonet.cluster.importer.TaskState;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.server.NeutronServer;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.Transaction;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Mac;
import org.midonet.plugin.client.builtin.BuiltInClient;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.builtin.Descent;
import org.midonet.plugin.client.builtin.Prepared;
import org.midonet.plugin.client.builtin.SqlTaskSource;
import org.midonet.plugin.client.cluster.ParkedTask;
import org.midonet.plugin.client.cluster.TaskTable;

/**
 * Compares the database with the topology of the built-in MidoNet, and makes the latter right. Used
 * by one thread.
 */
final class Audit implements AutoCloseable {
  /** Bits of a MAC below those of its maker. */
  private static final int MAKER = 24;

  private static final int ATTEMPTS = 5;

  /** No topology's mark is as low. */
  private static final int NO_TASK = -1;

  private final TopologyStore store;
  private final Nsdb nsdb;
  private final Database database;
  private final Wiring wiring;
  private final BuiltInClient client;
  private final Sessions sessions;
  private final SqlTaskSource source;
  private final Predicate<Mac> isNeutrons;
  private final Progress progress;

  /**
   * What was found.
   *
   * @param pending tasks that the importer has not applied yet; the comparison has their effect
   * @param parked tasks that could not be applied
   * @param last the last task of the table
   * @param refused what the database has and the topology cannot, a line each
   */
  record Report(
      int pending, List<ParkedTask> parked, int last, List<String> refused, Comparison comparison) {
    boolean isClean() {
      return refused.isEmpty() && comparison.isEqual();
    }
  }

  private Audit(TopologyStore store, Database database, NeutronConfig config, Progress progress) {
    this.store = store;
    this.database = database;
    this.nsdb = store.get();
    this.progress = progress;
    this.wiring = Wiring.of(config, BuiltInMidonet.none());
    if (!(wiring.client() instanceof BuiltInClient builtIn)) {
      throw new IllegalStateException("the configuration was looked at before");
    }
    this.client = builtIn;
    this.sessions = NeutronServer.sessions(config, database, wiring.plugins());
    this.source = new SqlTaskSource(database, new Prepared());
    this.isNeutrons = isNeutrons(config);
  }

  /** Tells the addresses that Neutron gives to its ports. */
  static Predicate<Mac> isNeutrons(NeutronConfig config) {
    long maker = Mac.parse(config.core().baseMac()).value() >> MAKER;
    return mac -> mac.value() >> MAKER == maker;
  }

  /**
   * Opens both.
   *
   * @throws Failure if the built-in MidoNet is not the one to tell, or another process has its data
   */
  static Audit open(NeutronConfig config, Progress progress) {
    if (!config.midonet().isBuiltIn()) {
      throw new Failure(
          Failure.BAD_CONFIGURATION,
          "client in [MIDONET] is %s; only the topology of the built-in MidoNet can be compared"
              .formatted(config.midonet().client()));
    }
    TopologyStore store = TopologyStore.of(config);
    try {
      Database database = Store.openReady(config);
      try {
        return new Audit(store, database, config, progress);
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Compares, and changes nothing. */
  Report check() {
    Topology present = nsdb.topology();
    return BuiltIn.settled(sessions, session -> report(present, session));
  }

  /** The database is that of one moment, and the topology one that it had been told before. */
  private Report report(Topology stored, Session session) {
    progress.at("reading the database", 0, 0);
    Transaction transaction = session.transaction();
    List<ParkedTask> parked = ParkedTask.list(transaction);
    int last = TaskTable.last(transaction);
    boolean isForeign = Descent.contradiction(transaction, stored).isPresent();
    OptionalInt mark = TaskState.last(stored);
    List<ImportTask> pending =
        mark.isEmpty() || isForeign ? List.of() : SqlTaskSource.after(transaction, mark.getAsInt());
    Topology present = with(stored, pending);
    Expected expected =
        Expected.of(present, client.everything(session, wiring.isMixed()), progress);
    progress.at("comparing", 0, 0);
    int highest = last == 0 ? Integer.MAX_VALUE : last; // the table may have been tidied up
    if (isForeign) {
      highest = NO_TASK;
    }
    return new Report(
        pending.size(),
        parked,
        last,
        expected.refused(),
        Comparison.of(expected, present, nsdb.corrupt(), isNeutrons, highest));
  }

  private static Topology with(Topology stored, List<ImportTask> tasks) {
    TaskTranslation translation = TaskTranslation.standard();
    Topology topology = stored;
    for (ImportTask task : tasks) {
      try {
        topology = translation.commit(topology, task).after();
      } catch (TaskRefused e) {
        // The importer will park it.
      }
    }
    return topology;
  }

  /**
   * Applies the tasks that wait, and makes right what differs then. Parked tasks are of no more use
   * after that, for what they were about is there.
   *
   * @return what was found before
   * @throws Failure if others keep changing the topology
   */
  Report repair() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Topology stored = nsdb.topology();
      boolean isForeign =
          database.read(transaction -> Descent.contradiction(transaction, stored).isPresent());
      if (!isForeign) {
        Importer.catchUp(nsdb, source, TaskTranslation.standard());
      }
      Topology present = nsdb.topology();
      try {
        Report report = BuiltIn.settled(sessions, session -> repair(present, session));
        if (report.pending == 0) {
          forgetParked(report);
          return report;
        }
      } catch (Repair.Overtaken e) {
        progress.at("beginning anew, for tasks were applied meanwhile", 0, 0);
      }
    }
    throw new Failure(
        Failure.FAILED, "the topology changes all the time; stop the servers and try again");
  }

  private Report repair(Topology present, Session session) {
    Report report = report(present, session);
    if (report.pending == 0 && !report.comparison.isEqual()) {
      Repair.run(nsdb, report.comparison, report.last, progress);
    }
    return report;
  }

  private void forgetParked(Report report) {
    if (report.refused.isEmpty() && !report.parked.isEmpty()) {
      database.write(transaction -> {
        report.parked.forEach(parked -> ParkedTask.drop(transaction, parked.task().id()));
        return true;
      });
    }
  }

  @Override
  public void close() {
    wiring.plugins().forEach(Plugin::close);
    database.close();
    store.close();
  }
}
