package org.midonet.app.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.AgentStatistics;
import org.midonet.neutron.server.RequestObserver;
import org.midonet.neutron.store.ConnectionCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of this process; docs/metrics.md lists them. Safe to share. */
public final class Metrics {
  /** From 0.1 ms to 10 s. */
  static final double[] SECONDS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

  private final PrometheusRegistry registry = new PrometheusRegistry();

  /**
   * @param version of this program
   */
  public Metrics(String version) {
    Info.builder()
        .name("midonet_build_info")
        .help("The version of this program.")
        .labelNames("version")
        .register(registry)
        .addLabelValues(version);
  }

  PrometheusRegistry registry() {
    return registry;
  }

  /** Adds memory, garbage collection, threads and what else the virtual machine tells. */
  void addJvm() {
    JvmMetrics.builder().register(registry);
  }

  /** Counts the requests of the Networking API. */
  public RequestObserver requests() {
    return new RequestMetrics(registry);
  }

  /** Adds the database's connections. */
  public void database(Supplier<ConnectionCounts> counts) {
    gauge(
        "midonet_database_connections_open",
        "Connections to the database.",
        () -> counts.get().open());
    gauge(
        "midonet_database_connections_busy",
        "Connections with a transaction.",
        () -> counts.get().busy());
    gauge(
        "midonet_database_connections_waiting",
        "Threads that wait for a connection.",
        () -> counts.get().waiting());
    gauge(
        "midonet_database_connections_max",
        "How many connections there may be.",
        () -> counts.get().most());
  }

  /** Adds how long tasks were committed before they were applied. */
  public LongConsumer taskLag() {
    Histogram histogram =
        Histogram.builder()
            .name("midonet_task_lag_seconds")
            .help("From the commit of a task to its effect on the topology.")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    return nanos -> histogram.observe(nanos / 1e9);
  }

  /** Adds what waits for the importer. */
  public void tasks(Supplier<TaskCounts> counts) {
    GaugeWithCallback.builder()
        .name("midonet_tasks")
        .help("Tasks that are not applied yet, and those that could not be and were put aside.")
        .labelNames("state")
        .callback(callback ->
            tell(
                counts,
                now -> {
                  callback.call(now.pending(), "pending");
                  callback.call(now.parked(), "parked");
                }))
        .register(registry);
  }

  /** Adds the topology's store. */
  public void topology(Supplier<StoreState> state) {
    gauge(
        "midonet_zookeeper_connected",
        "1 while the session with ZooKeeper is connected, else 0.",
        () -> state.get().connected() ? 1 : 0);
    gauge(
        "midonet_topology_objects",
        "Objects of the virtual topology.",
        () -> state.get().objects());
    gauge("midonet_hosts_alive", "Hosts whose agents run.", () -> state.get().hostsAlive());
  }

  /** Adds the agent; without one it tells nothing. */
  public void agent(Supplier<@Nullable AgentStatistics> statistics) {
    MultiCollector collector = new AgentMetrics(statistics);
    registry.register(collector);
  }

  private void gauge(String name, String help, Supplier<Integer> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> tell(value, callback::call))
        .register(registry);
  }

  /** What cannot be read at the moment is left out, and the rest told. */
  private static <T> void tell(Supplier<T> source, Consumer<T> told) {
    T value;
    try {
      value = source.get();
    } catch (RuntimeException e) {
      LOG.debug("a metric could not be read", e);
      return;
    }
    told.accept(value);
  }

  /** What waits for the importer. */
  public record TaskCounts(int pending, int parked) {}

  /** The topology's store at one moment. */
  public record StoreState(boolean connected, int objects, int hostsAlive) {}
}
