package org.midonet.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.midonet.app.metrics.Metrics;
import org.midonet.cluster.api.MidonetApiServer;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MidoNet that is told over its REST API, as one that stands elsewhere: the topology store and
 * the API, no importer and no database. Safe to share between threads.
 */
final class StandaloneMidonet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StandaloneMidonet.class);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final TopologyStore store;
  private final CountDownLatch closing = new CountDownLatch(1);

  private @Nullable MidonetApiServer api; // guarded by this
  private volatile @Nullable Nsdb nsdb;

  private StandaloneMidonet(TopologyStore store) {
    this.store = store;
  }

  /**
   * Claims the data directory; nothing runs yet.
   *
   * @throws Failure when another program has the data directory, or listens where the API would
   */
  static StandaloneMidonet of(NeutronConfig config) {
    ClusterApi.requireFree(config);
    return new StandaloneMidonet(TopologyStore.of(config));
  }

  /** Opens the store in the background, however long it takes, and serves the API then. */
  void start(NeutronConfig config) {
    Thread.ofPlatform().name("start-midonet").start(() -> serveOnceOpen(config));
  }

  private void serveOnceOpen(NeutronConfig config) {
    String trouble = "";
    do {
      try {
        serve(config, store.get());
        return;
      } catch (NsdbException e) {
        if (!trouble.equals(e.getMessage())) {
          LOG.warn("The topology store is not available yet: {}", e.getMessage());
        }
        trouble = String.valueOf(e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("The built-in MidoNet cannot start", e);
        return;
      }
    } while (!closesWithin(RETRY));
  }

  private synchronized void serve(NeutronConfig config, Nsdb opened) {
    nsdb = opened;
    if (closing.getCount() > 0) {
      MidonetApiServer server = ClusterApi.start(config, opened);
      api = server;
      LOG.info("The API of the built-in MidoNet listens on {}", server.uri());
    }
  }

  /** What is told of its store. */
  Metrics.StoreState state() {
    Nsdb opened = nsdb;
    if (opened == null) {
      throw new IllegalStateException("the topology store is not open yet");
    }
    return Monitoring.state(opened);
  }

  private boolean closesWithin(Duration duration) {
    try {
      return closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** The API first, then the store. */
  @Override
  public synchronized void close() {
    closing.countDown();
    if (api != null) {
      api.close();
    }
    store.close();
  }
}
