package org.midonet.app;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.app.metrics.Metrics;
import org.midonet.cluster.api.MidonetApiServer;
import org.midonet.cluster.importer.Importer;
import org.midonet.cluster.importer.TaskState;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.Dialect;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.builtin.Prepared;
import org.midonet.plugin.client.builtin.SqlTaskSource;
import org.midonet.plugin.client.cluster.DataState;
import org.midonet.plugin.client.cluster.ParkedTask;
import org.midonet.plugin.client.cluster.TaskTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The built-in MidoNet as far as it runs in this process: the topology store, and the importer and
 * MidoNet's own API unless other processes have them. Safe to share between threads.
 *
 * <p>It starts beside the API, which answers meanwhile; requests that change something wait for it.
 */
final class BuiltIn implements BuiltInMidonet, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BuiltIn.class);

  /** How long requests wait while the program starts; later they are refused at once. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What a request waits that would leave the importer yet further behind. */
  private static final Duration PACE = Duration.ofMillis(50);

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final NeutronConfig config;
  private final TopologyStore store;
  private final boolean imports;
  private final Metrics metrics;
  private final Prepared prepared = new Prepared();
  private final CompletableFuture<Nsdb> ready = new CompletableFuture<>();

  /** Done when the topology is somebody else's: nobody need wait for it then. */
  private final CompletableFuture<Boolean> foreign = new CompletableFuture<>();

  private final long begun = System.nanoTime();

  private volatile @Nullable Thread starter;
  private volatile @Nullable SqlTaskSource source;
  private volatile @Nullable Importer importer;
  private volatile @Nullable MidonetApiServer api;
  private volatile boolean closed;
  private volatile String trouble = "it is starting";

  private BuiltIn(NeutronConfig config, TopologyStore store, boolean imports, Metrics metrics) {
    this.config = config;
    this.metrics = metrics;
    this.store = store;
    this.imports = imports;
  }

  /**
   * Claims the data directory; nothing runs yet.
   *
   * @param metrics that tell of it
   * @param imports whether this process applies the tasks and serves MidoNet's own API
   * @throws Failure when another program has the data directory, or listens where that API would
   */
  static BuiltIn of(NeutronConfig config, boolean imports, Metrics metrics) {
    if (imports) {
      ClusterApi.requireFree(config);
    }
    return new BuiltIn(config, TopologyStore.of(config), imports, metrics);
  }

  /**
   * Makes sure that several processes can share the topology.
   *
   * @throws Failure when the configuration names no ensemble
   */
  static void requireEnsemble(NeutronConfig config) {
    if (config.midonet().zookeeperHosts().isEmpty()) {
      throw new Failure(
          Failure.BAD_CONFIGURATION,
          "zookeeper_hosts in [MIDONET] is not set, so the built-in MidoNet's topology cannot be"
              + " shared; set it, or use midonet run, which has all in one process, or set client"
              + " and tell another MidoNet or, by client = none, nobody");
    }
  }

  /** The ensemble's servers, as configured. */
  static String ensemble(NeutronConfig config) {
    return config.midonet().zookeeperHosts().orElse("");
  }

  /** Begins to open the store in the background, for that may begin before all else is there. */
  void open() {
    Thread.ofPlatform()
        .name("open-topology")
        .daemon()
        .start(() -> {
          try {
            store.get();
          } catch (RuntimeException e) {
            LOG.debug("opening the topology store too early", e); // the starter reports it
          }
        });
  }

  /**
   * Does the rest in the background: fills a new store, and imports.
   *
   * @param sessions to read all that Neutron has
   * @param wiring with the client that tells this MidoNet
   */
  void start(Database database, Sessions sessions, Wiring wiring) {
    metrics.topology(() -> Monitoring.state(present()));
    SqlTaskSource tasks;
    if (imports) {
      tasks = new SqlTaskSource(database, prepared, metrics.taskLag());
      metrics.tasks(() -> waiting(database));
    } else {
      tasks = new SqlTaskSource(database, prepared);
    }
    source = tasks;
    starter = Thread.ofPlatform().name("start-midonet").start(() -> start(tasks, sessions, wiring));
  }

  private void start(SqlTaskSource tasks, Sessions sessions, Wiring wiring) {
    while (!closed) {
      try {
        Nsdb nsdb = store.get();
        Refill.ifForeign(nsdb, imports && store.isOurs(), config, sessions, wiring);
        if (imports) {
          Refill.ifNew(nsdb, sessions, wiring);
          importer = importer(nsdb, tasks);
        }
        ready.complete(nsdb);
        if (imports) {
          MidonetApiServer server = ClusterApi.start(config, nsdb);
          api = server;
          LOG.info("The API of the built-in MidoNet listens on {}", server.uri());
        }
        return;
      } catch (NsdbException e) {
        report(e);
        pause(RETRY);
      } catch (RuntimeException e) {
        LOG.error("The built-in MidoNet cannot start", e);
        trouble = String.valueOf(e.getMessage());
        ready.completeExceptionally(e);
        return;
      }
    }
  }

  /** Once for each reason: it is tried again and again. */
  private void report(NsdbException reason) {
    String message = String.valueOf(reason.getMessage());
    boolean isNew = !trouble.equals(message);
    trouble = message;
    if (reason.kind() == NsdbException.Kind.FOREIGN) {
      foreign.complete(true);
      if (isNew) {
        LOG.error("The topology cannot be used: {}", message);
      }
    } else if (isNew) {
      LOG.warn("The topology store is not available yet: {}", message);
    }
  }

  private Nsdb present() {
    Nsdb nsdb = ready.getNow(null);
    if (nsdb == null) {
      throw new IllegalStateException(trouble);
    }
    return nsdb;
  }

  private Metrics.TaskCounts waiting(Database database) {
    int last = TaskState.last(present().topology()).orElse(0);
    return database.read(transaction ->
        new Metrics.TaskCounts(
            Math.max(0, TaskTable.last(transaction) - last), ParkedTask.count(transaction)));
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Importer importer(Nsdb nsdb, SqlTaskSource tasks) {
    TaskTranslation translation = TaskTranslation.standard();
    return store.isOurs()
        ? Importer.startAlone(nsdb, tasks, translation)
        : Importer.start(nsdb, tasks, translation);
  }

  /**
   * Reads rows and tasks of one moment. A reader of SQLite sees one anyway, and must not ask for
   * the turn to write: a request that has it may be waiting for this. Elsewhere the lock of the
   * tasks keeps changes out, which requests take only once the topology is there.
   */
  static <T> T settled(Sessions sessions, Function<Session, T> body) {
    RequestContext admin = RequestContext.admin("req-" + UUID.randomUUID());
    boolean isSnapshot =
        sessions.read(admin, session -> session.transaction().dialect() == Dialect.SQLITE);
    if (isSnapshot) {
      return sessions.read(admin, body);
    }
    return sessions.write(
        admin,
        session -> {
          DataState.locked(session.transaction());
          return body.apply(session);
        });
  }

  @Override
  public Nsdb nsdb() {
    long left = PATIENCE.toNanos() - (System.nanoTime() - begun);
    try {
      if (!ready.isDone()) {
        CompletableFuture.anyOf(ready, foreign).get(Math.max(0, left), TimeUnit.NANOSECONDS);
      }
      return ready.get(0, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BuiltInMidonet.unavailable(trouble);
    } catch (TimeoutException | ExecutionException e) {
      throw BuiltInMidonet.unavailable(trouble);
    }
  }

  @Override
  public void committed(int task) {
    SqlTaskSource tasks = source;
    if (tasks != null) {
      tasks.committed(task);
    }
    Importer running = importer;
    if (running != null) {
      running.wake();
      if (running.isFarBehind(task)) {
        pause(PACE);
      }
    }
  }

  @Override
  public Optional<Prepared> prepared() {
    return imports ? Optional.of(prepared) : Optional.empty();
  }

  /** Stops its own API first, then the importer, then the store. */
  @Override
  public void close() {
    closed = true;
    awaitStarter();
    MidonetApiServer server = api;
    if (server != null) {
      server.close();
    }
    Importer running = importer;
    if (running != null) {
      running.close();
    }
    store.close();
  }

  private void awaitStarter() {
    Thread starting = starter;
    if (starting != null) {
      try {
        starting.join(Duration.ofSeconds(30));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
