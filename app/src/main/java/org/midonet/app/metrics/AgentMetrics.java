package org.midonet.app.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.AgentStatistics;
import org.midonet.agent.datapath.DatapathCounters;
import org.midonet.agent.forward.ForwardingStatistics;
import org.midonet.agent.forward.Timings;
import org.midonet.agent.state.LocalState;

/** What the agent counted, read once for each time that somebody asks. Safe to share. */
final class AgentMetrics implements MultiCollector {
  private final Supplier<@Nullable AgentStatistics> statistics;

  AgentMetrics(Supplier<@Nullable AgentStatistics> statistics) {
    this.statistics = statistics;
  }

  @Override
  public MetricSnapshots collect() {
    AgentStatistics now = statistics.get();
    if (now == null) {
      return MetricSnapshots.of();
    }
    List<MetricSnapshot> all = new ArrayList<>();
    addPackets(all, now.forwarding());
    addTables(all, now.forwarding());
    addPorts(all, now);
    addTimes(all, now);
    return new MetricSnapshots(all);
  }

  private static void addPackets(List<MetricSnapshot> all, ForwardingStatistics now) {
    DatapathCounters datapath = now.datapath();
    all.add(counter("midonet_agent_flow_hits", "Packets that found a flow.", datapath.hits()));
    all.add(
        counter("midonet_agent_misses", "Packets that came up to be decided.", datapath.misses()));
    all.add(
        counter(
            "midonet_agent_begun_connections",
            "Connections that began by a template, without coming up.",
            datapath.begun()));
    all.add(
        counters(
            "midonet_agent_lost",
            "Packets that the datapath could not treat.",
            "reason",
            Map.of(
                "rate_limited", datapath.rateLimited(),
                "ring_full", datapath.ringFull(),
                "malformed", datapath.malformed(),
                "too_long", datapath.tooLong(),
                "no_port", datapath.noPort(),
                "error", datapath.errors())));
    all.add(
        counter("midonet_agent_flow_drops", "Packets that a flow dropped.", datapath.dropped()));
    all.add(
        counters(
            "midonet_agent_decisions",
            "Decisions about packets that came up.",
            "verdict",
            now.decisions().kinds()));
    all.add(
        counters(
            "midonet_agent_drops",
            "Decisions to drop, by the reason.",
            "reason",
            now.decisions().drops()));
    all.add(
        counter(
            "midonet_agent_peer_misses",
            "Packets that came up from other hosts.",
            now.decisions().fromPeers()));
  }

  private static void addTables(List<MetricSnapshot> all, ForwardingStatistics now) {
    all.add(gauge("midonet_agent_flows", "Flows in the table.", now.flows()));
    all.add(gauge("midonet_agent_flow_room", "How many flows there may be.", now.flowRoom()));
    all.add(
        gauge(
            "midonet_agent_templates",
            "Kinds of connections that begin without coming up.",
            now.templates()));
    LocalState.Counts state = now.state();
    all.add(
        gauges(
            "midonet_agent_state",
            "What the agent remembers.",
            "kind",
            Map.of(
                "connection", state.connections(),
                "translation", state.translations(),
                "mac", state.macs(),
                "neighbour", state.neighbours())));
    all.add(
        gauge("midonet_agent_nat_ports", "Source ports that translation uses.", now.natPorts()));
    all.add(gauge("midonet_agent_live_traces", "Live traces under way.", now.watches()));
  }

  private static void addPorts(List<MetricSnapshot> all, AgentStatistics now) {
    all.add(
        gauges(
            "midonet_agent_ports",
            "Ports of this host: bound to it, attached, and forwarding.",
            "state",
            Map.of("bound", now.bound(), "attached", now.attached(), "active", now.active())));
  }

  private static void addTimes(List<MetricSnapshot> all, AgentStatistics now) {
    all.add(
        histogram(
            "midonet_agent_simulation_seconds",
            "How long decisions took.",
            now.forwarding().simulation()));
    all.add(
        histogram(
            "midonet_agent_ring_seconds",
            "How long packets waited to be decided.",
            now.forwarding().waits()));
    all.add(
        histogram(
            "midonet_agent_topology_seconds",
            "How long it took to put a change of the topology in place.",
            now.forwarding().topology()));
    all.add(
        histogram(
            "midonet_agent_plugging_seconds",
            "From a binding and its interface to a port that forwards.",
            now.plugging()));
  }

  private static MetricSnapshot counter(String name, String help, long value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(CounterDataPointSnapshot.builder().value((double) value).build())
        .build();
  }

  private static MetricSnapshot counters(
      String name, String help, String label, Map<?, Long> values) {
    CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name).help(help);
    values.forEach((key, value) ->
        builder.dataPoint(
            CounterDataPointSnapshot.builder()
                .labels(labels(label, key))
                .value((double) value)
                .build()));
    return builder.build();
  }

  private static MetricSnapshot gauge(String name, String help, int value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }

  private static MetricSnapshot gauges(
      String name, String help, String label, Map<?, Integer> values) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
    values.forEach((key, value) ->
        builder.dataPoint(
            GaugeDataPointSnapshot.builder().labels(labels(label, key)).value(value).build()));
    return builder.build();
  }

  private static Labels labels(String label, Object value) {
    return Labels.of(label, value.toString().toLowerCase(Locale.ROOT));
  }

  private static MetricSnapshot histogram(String name, String help, Timings.Snapshot timings) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    long[] counts = timings.counts();
    for (int i = 0; i < counts.length; i++) {
      boolean last = i == counts.length - 1;
      buckets.bucket(last ? Double.POSITIVE_INFINITY : Timings.Snapshot.boundSeconds(i), counts[i]);
    }
    return HistogramSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(timings.totalNanos() / 1e9)
                .build())
        .build();
  }
}
