package org.midonet.agent.inspect;

import org.midonet.agent.forward.ForwardingStatistics;
import org.midonet.agent.forward.Timings;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report for programs; rates are by the second. Stateless. */
final class TopJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private TopJson() {}

  static ObjectNode of(TopReport report, Names names, int rows) {
    ForwardingStatistics now = report.now();
    ObjectNode node =
        JSON.createObjectNode()
            .put("seconds", report.seconds())
            .put("flows", now.flows())
            .put("flow_room", now.flowRoom())
            .put("ports", now.ports())
            .put("live_traces", now.watches())
            .put("connections", now.state().connections())
            .put("translations", now.state().translations())
            .put("macs", now.state().macs())
            .put("neighbours", now.state().neighbours())
            .put("packets_by_flow", report.forwarded())
            .put("misses", report.decided())
            .put("lost", report.lost());
    node.set("simulation", timings(report.simulation()));
    node.set("ring", timings(report.waits()));
    ObjectNode drops = node.putObject("drops");
    report.drops().forEach(drops::put);
    FlowJson flows = new FlowJson(names);
    ArrayNode ports = node.putArray("top_ports");
    for (TopReport.PortRate port : report.ports().stream().limit(rows).toList()) {
      ObjectNode one = flows.port(names.portOf(port.number()), names.device(port.number()));
      one.set("sent", rate(port.sent()));
      one.set("received", rate(port.received()));
      ports.add(one);
    }
    ArrayNode top = node.putArray("top_flows");
    for (TopReport.FlowRate flow : report.flows().stream().limit(rows).toList()) {
      ObjectNode one = rate(flow.rate());
      one.set("from", flows.from(flow.flow().key().input()));
      one.set("match", FlowJson.match(flow.flow().key()));
      top.add(one);
    }
    return node;
  }

  private static ObjectNode rate(TopReport.Rate rate) {
    return JSON.createObjectNode().put("packets", rate.packets()).put("octets", rate.octets());
  }

  private static ObjectNode timings(Timings.Snapshot timings) {
    return JSON.createObjectNode()
        .put("count", timings.count())
        .put("mean_microseconds", timings.meanMicros())
        .put("p99_microseconds", timings.count() == 0 ? 0 : timings.atMostMicros(0.99));
  }
}
