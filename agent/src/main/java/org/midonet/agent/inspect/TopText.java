package org.midonet.agent.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Input;
import org.midonet.agent.forward.ForwardingStatistics;
import org.midonet.agent.forward.Timings;

/** A report on a screen of 80 columns. Not to be shared between threads. */
final class TopText {
  private static final int WIDTH = 80;
  private static final int RATES = 32;
  private static final int FLOW_RATES = 16;

  private final Names names;
  private final int rows;

  /**
   * @param rows how many ports and flows are shown
   */
  TopText(Names names, int rows) {
    this.names = names;
    this.rows = rows;
  }

  List<String> lines(TopReport report) {
    List<String> lines = new ArrayList<>(head(report));
    lines.add("");
    lines.add("%7s %7s %7s %7s %s".formatted("in p/s", "in b/s", "out p/s", "out b/s", "port"));
    report.ports().stream().limit(rows).map(this::port).forEach(lines::add);
    lines.add("");
    lines.add("%7s %7s %s".formatted("p/s", "b/s", "flow"));
    report.flows().stream().limit(rows).map(this::flow).forEach(lines::add);
    return lines.stream().map(line -> Wording.cut(line, WIDTH)).toList();
  }

  private static List<String> head(TopReport report) {
    ForwardingStatistics now = report.now();
    return List.of(
        "%-10s %d of %d flows, %d ports, %d live traces"
            .formatted("table", now.flows(), now.flowRoom(), now.ports(), now.watches()),
        "%-10s %d connections, %d translations, %d MACs, %d neighbours"
            .formatted(
                "state",
                now.state().connections(),
                now.state().translations(),
                now.state().macs(),
                now.state().neighbours()),
        "%-10s %s/s by flow, %s/s came up, %s/s lost before"
            .formatted(
                "packets",
                Wording.brief(report.forwarded()),
                Wording.brief(report.decided()),
                Wording.brief(report.lost())),
        "%-10s %s in simulation, %s in the ring"
            .formatted("decisions", timings(report.simulation()), timings(report.waits())),
        "%-10s %s".formatted("drops", drops(report.drops())));
  }

  private static String timings(Timings.Snapshot timings) {
    return timings.count() == 0
        ? "none"
        : "%.0f us (99%% < %s us)"
            .formatted(timings.meanMicros(), Wording.brief((double) timings.atMostMicros(0.99)));
  }

  private static String drops(Map<String, Double> drops) {
    return drops.isEmpty()
        ? "none"
        : drops.entrySet().stream()
            .map(drop -> Wording.brief(drop.getValue()) + "/s " + drop.getKey())
            .collect(Collectors.joining("; "));
  }

  private String port(TopReport.PortRate port) {
    return "%7s %7s %7s %7s %s"
        .formatted(
            Wording.brief(port.sent().packets()),
            Wording.brief(port.sent().octets() * 8),
            Wording.brief(port.received().packets()),
            Wording.brief(port.received().octets() * 8),
            Wording.cut(name(port.number()), WIDTH - RATES));
  }

  private String name(int number) {
    UUID port = names.portOf(number);
    String device = names.device(number);
    return port == null
        ? "device " + device
        : names.brief(port) + (device == null ? "" : " (" + device + ")");
  }

  private String flow(TopReport.FlowRate flow) {
    FlowKey key = flow.flow().key();
    String what =
        switch (key.input()) {
          case Input.Port port -> Wording.packets(key) + " " + name(port.number());
          case Input.Tunnel tunnel -> {
            UUID port = names.portOfTunnel(tunnel.key());
            yield "from hosts to " + (port == null ? "key " + tunnel.key() : names.brief(port));
          }
        };
    return "%7s %7s %s"
        .formatted(
            Wording.brief(flow.rate().packets()),
            Wording.brief(flow.rate().octets() * 8),
            Wording.cut(what, WIDTH - FLOW_RATES));
  }
}
