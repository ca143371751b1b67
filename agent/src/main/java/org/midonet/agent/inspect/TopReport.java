package org.midonet.agent.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.midonet.agent.datapath.DatapathCounters;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Flow;
import org.midonet.agent.flow.FlowStatistics;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.Input;
import org.midonet.agent.forward.ForwardingStatistics;
import org.midonet.agent.forward.Timings;
import org.midonet.agent.sim.DropReason;

/**
 * What happened between two samples, in a second on average. Immutable, safe to share.
 *
 * @param seconds between the samples
 * @param forwarded packets that found a flow
 * @param decided packets that came up
 * @param lost packets that should have come up: their port had used its share, or the ring was full
 * @param drops packets by the reason for which they were dropped, the most first
 * @param simulation how long the decisions took
 * @param waits how long packets had lain in the ring
 * @param ports who talks, the most octets first
 * @param flows which flows carry it, the most octets first
 */
record TopReport(
    ForwardingStatistics now,
    double seconds,
    double forwarded,
    double decided,
    double lost,
    Map<String, Double> drops,
    Timings.Snapshot simulation,
    Timings.Snapshot waits,
    List<PortRate> ports,
    List<FlowRate> flows) {

  /** Packets and octets in a second. */
  record Rate(double packets, double octets) {
    static final Rate NONE = new Rate(0, 0);

    Rate plus(Rate other) {
      return new Rate(packets + other.packets, octets + other.octets);
    }
  }

  /**
   * What a port sends and receives, as far as it goes by flows.
   *
   * @param number the datapath's
   */
  record PortRate(int number, Rate sent, Rate received) {
    double octets() {
      return sent.octets + received.octets;
    }
  }

  record FlowRate(Flow flow, Rate rate) {}

  /** Compares two samples, the earlier first. */
  static TopReport between(TopSample before, TopSample after) {
    double seconds = Math.max(1e-3, (after.nanos() - before.nanos()) / 1e9);
    DatapathCounters old = before.statistics().datapath();
    DatapathCounters now = after.statistics().datapath();
    List<FlowRate> flows = flows(before.flows(), after.flows());
    return new TopReport(
        after.statistics(),
        seconds,
        (now.hits() - old.hits()) / seconds,
        (now.misses() - old.misses()) / seconds,
        (now.rateLimited() + now.ringFull() - old.rateLimited() - old.ringFull()) / seconds,
        drops(before.statistics(), after.statistics(), seconds),
        after.statistics().simulation().since(before.statistics().simulation()),
        after.statistics().waits().since(before.statistics().waits()),
        ports(flows),
        flows);
  }

  private static Map<String, Double> drops(
      ForwardingStatistics before, ForwardingStatistics after, double seconds) {
    Map<String, Long> counts = new HashMap<>();
    counts.put("by flow", after.datapath().dropped() - before.datapath().dropped());
    counts.put("malformed", after.datapath().malformed() - before.datapath().malformed());
    counts.put("to no port", after.datapath().noPort() - before.datapath().noPort());
    counts.put("too long", after.datapath().tooLong() - before.datapath().tooLong());
    for (Map.Entry<DropReason, Long> drop : after.decisions().drops().entrySet()) {
      long old = before.decisions().drops().getOrDefault(drop.getKey(), 0L);
      counts.put(drop.getKey().text(), drop.getValue() - old);
    }
    Map<String, Double> rates = new LinkedHashMap<>();
    counts.entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(count -> rates.put(count.getKey(), count.getValue() / seconds));
    return rates;
  }

  /** Counters are read by the sweep, so that its times count here. */
  private static List<FlowRate> flows(FlowTable.View before, FlowTable.View after) {
    double seconds = (after.sweptNanos() - before.sweptNanos()) / 1e9;
    if (seconds <= 0) {
      return List.of();
    }
    IdentityHashMap<Flow, FlowStatistics> old = new IdentityHashMap<>();
    before.flows().forEach(seen -> old.put(seen.flow(), seen.statistics()));
    List<FlowRate> rates = new ArrayList<>();
    for (FlowTable.Seen seen : after.flows()) {
      FlowStatistics was = old.get(seen.flow());
      long packets = seen.statistics().packets() - (was == null ? 0 : was.packets());
      long octets = seen.statistics().bytes() - (was == null ? 0 : was.bytes());
      if (packets > 0) {
        rates.add(new FlowRate(seen.flow(), new Rate(packets / seconds, octets / seconds)));
      }
    }
    rates.sort(Comparator.comparingDouble((FlowRate one) -> one.rate.octets).reversed());
    return rates;
  }

  private static List<PortRate> ports(List<FlowRate> flows) {
    Map<Integer, Rate> sent = new HashMap<>();
    Map<Integer, Rate> received = new HashMap<>();
    for (FlowRate each : flows) {
      if (each.flow.key().input() instanceof Input.Port port) {
        sent.merge(port.number(), each.rate, Rate::plus);
      }
      for (Action action : each.flow.actions().list()) {
        if (action instanceof Action.Output output) {
          received.merge(output.port(), each.rate, Rate::plus);
        }
      }
    }
    Map<Integer, Rate> all = new HashMap<>(sent);
    received.forEach(all::putIfAbsent);
    return all.keySet().stream()
        .map(number ->
            new PortRate(
                number,
                sent.getOrDefault(number, Rate.NONE),
                received.getOrDefault(number, Rate.NONE)))
        .sorted(Comparator.comparingDouble(PortRate::octets).reversed())
        .toList();
  }
}
