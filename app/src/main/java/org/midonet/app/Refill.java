package org.midonet.app;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.midonet.cluster.check.Comparison;
import org.midonet.cluster.check.Expected;
import org.midonet.cluster.check.Progress;
import org.midonet.cluster.check.Repair;
import org.midonet.cluster.importer.Fill;
import org.midonet.cluster.importer.TaskState;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Topology;
import org.midonet.plugin.client.builtin.BuiltInClient;
import org.midonet.plugin.client.builtin.Descent;
import org.midonet.plugin.client.cluster.TaskTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a topology from the database when the program starts, if it needs that. Stateless. */
final class Refill {
  private static final Logger LOG = LoggerFactory.getLogger(Refill.class);

  /** How long a server may take to its announcement. */
  private static final Duration ANNOUNCED = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofMillis(20);

  /** No mark is as low. */
  private static final int NO_TASK = -1;

  private Refill() {}

  /** Fills a topology that was never filled. */
  static void ifNew(Nsdb nsdb, Sessions sessions, Wiring wiring) {
    if (TaskState.last(nsdb.topology()).isPresent()
        || !(wiring.client() instanceof BuiltInClient client)) {
      return;
    }
    List<String> refused =
        BuiltIn.settled(
            sessions,
            session ->
                Fill.run(
                    nsdb,
                    client.everything(session, wiring.isMixed()),
                    TaskTable.last(session.transaction()),
                    TaskTranslation.standard()));
    report(refused);
  }

  /**
   * Sees to it that the topology is of this database. One that nobody else uses is made right, for
   * the database is the truth; one on an ensemble may be another deployment's.
   *
   * @param isOurs whether no other process can use it
   * @throws NsdbException of kind FOREIGN if somebody must decide
   */
  static void ifForeign(
      Nsdb nsdb, boolean isOurs, NeutronConfig config, Sessions sessions, Wiring wiring) {
    Topology topology = nsdb.topology(); // before the database, which may go on meanwhile
    if (!(wiring.client() instanceof BuiltInClient client) || TaskState.last(topology).isEmpty()) {
      return;
    }
    awaitTask(sessions);
    String contradiction =
        sessions.read(
            admin(), session -> Descent.contradiction(session.transaction(), topology).orElse(""));
    if (contradiction.isEmpty()) {
      return;
    }
    if (!isOurs) {
      throw new NsdbException(
          NsdbException.Kind.FOREIGN,
          "its topology in ZooKeeper was made from another database: "
              + contradiction
              + ". zookeeper_root_key in [MIDONET] gives this one a topology of its own; midonet db"
              + " repair makes it out of the present one");
    }
    LOG.warn(
        "The topology was made from another database, or from a later state of this one: {}. It is"
            + " made right now",
        contradiction);
    report(
        BuiltIn.settled(
            sessions, session -> repair(nsdb, client, config, session, wiring.isMixed())));
    LOG.info("The topology is that of the database");
  }

  /**
   * The server announces itself by a task while it starts, whose id tells a new database from one
   * that was tidied up. Nothing may be written here: a request that has the turn to write may be
   * waiting for this.
   */
  private static void awaitTask(Sessions sessions) {
    long deadline = System.nanoTime() + ANNOUNCED.toNanos();
    while (sessions.read(admin(), session -> TaskTable.last(session.transaction())) == 0
        && System.nanoTime() - deadline < 0) {
      BuiltIn.pause(LOOK);
    }
  }

  private static RequestContext admin() {
    return RequestContext.admin("req-" + UUID.randomUUID());
  }

  private static List<String> repair(
      Nsdb nsdb, BuiltInClient client, NeutronConfig config, Session session, boolean mixed) {
    Topology present = nsdb.topology();
    Expected expected = Expected.of(present, client.everything(session, mixed), Progress.NONE);
    Comparison comparison =
        Comparison.of(expected, present, nsdb.corrupt(), Audit.isNeutrons(config), NO_TASK);
    Repair.run(nsdb, comparison, TaskTable.last(session.transaction()), Progress.NONE);
    return expected.refused();
  }

  private static void report(List<String> refused) {
    refused.forEach(line -> LOG.error("This is not in the topology: {}", line));
  }
}
