package org.midonet.app;

import org.jspecify.annotations.Nullable;
import org.midonet.app.metrics.Metrics;
import org.midonet.app.metrics.MetricsServer;
import org.midonet.neutron.config.MetricsConfig;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Topology;
import org.midonet.topology.ObjectType;

/** The metrics of a process that serves, as the configuration asks for them. Safe to share. */
final class Monitoring implements AutoCloseable {
  /** Which process it is: several of them on one host have ports of their own. */
  enum Role {
    API(0),
    CLUSTER(1),
    AGENT(2);

    /** How far its port is from the one that is configured. */
    private final int offset;

    Role(int offset) {
      this.offset = offset;
    }
  }

  private static final int ANY_PORT = 0;

  private final Metrics metrics = new Metrics(Version.text());
  private final @Nullable Thread starter;
  private volatile @Nullable MetricsServer server;

  private Monitoring(MetricsConfig config, Role role) {
    int port = config.port() == ANY_PORT ? ANY_PORT : config.port() + role.offset;
    starter =
        config.enabled()
            ? Thread.ofPlatform()
                .name("start-metrics")
                .daemon()
                .unstarted(() -> server = MetricsServer.start(metrics, config.host(), port))
            : null;
  }

  /** Counts from now on; serves when {@link #start} is called. */
  static Monitoring of(NeutronConfig config, Role role) {
    return new Monitoring(config.metrics(), role);
  }

  Metrics metrics() {
    return metrics;
  }

  /** Begins to serve in the background, for the first request need not wait for that. */
  Monitoring start() {
    if (starter != null) {
      starter.start();
    }
    return this;
  }

  /** The port on which metrics are served; 0 where they are not. */
  int port() {
    join();
    MetricsServer running = server;
    return running == null ? 0 : running.port();
  }

  /** What is told of a topology store. */
  static Metrics.StoreState state(Nsdb nsdb) {
    Topology topology = nsdb.topology();
    int objects = ObjectType.all().stream().mapToInt(topology::count).sum();
    int alive =
        (int)
            topology.list(ObjectType.HOST).stream()
                .filter(host -> topology.isAlive(host.id()))
                .count();
    return new Metrics.StoreState(nsdb.isConnected(), objects, alive);
  }

  private void join() {
    try {
      if (starter != null) {
        starter.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    join();
    MetricsServer running = server;
    if (running != null) {
      running.close();
    }
  }
}
