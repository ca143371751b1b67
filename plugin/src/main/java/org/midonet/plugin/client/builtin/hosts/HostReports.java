package org.midonet.plugin.client.builtin.hosts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.agent.AgentHeartbeats;
import org.midonet.neutron.agent.AgentReport;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.Topology;
import org.midonet.topology.Host;
import org.midonet.topology.ObjectType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports the hosts whose agents run as agents of Neutron, by the names that the original gave them
 * (spec section 4.4). Safe to share between threads.
 */
final class HostReports {
  private static final String TYPE = "Midonet Agent";
  private static final String BINARY = "midolman";
  private static final String NO_TOPIC = "N/A";

  private final AgentHeartbeats heartbeats;

  HostReports(AgentHeartbeats heartbeats) {
    this.heartbeats = heartbeats;
  }

  void report(Topology topology) {
    for (Host host : topology.list(ObjectType.HOST)) {
      String name = host.name();
      if (name != null && topology.isAlive(host.id())) {
        heartbeats.beat(host.id().toString(), report(topology, host.id(), name));
      }
    }
  }

  private static AgentReport report(Topology topology, UUID id, String name) {
    return new AgentReport(
        TYPE,
        BINARY,
        name,
        NO_TOPIC,
        null,
        Map.of("interfaces", interfaces(topology, id)),
        null,
        false,
        Instant.now());
  }

  private static List<Map<String, @Nullable Object>> interfaces(Topology topology, UUID id) {
    List<Map<String, @Nullable Object>> interfaces = new ArrayList<>();
    for (String text : topology.state(StateKey.interfaces(id)).values()) {
      for (Object one : read(text)) {
        if (one instanceof Map<?, ?> map) {
          Map<String, @Nullable Object> shown = new LinkedHashMap<>();
          shown.put("name", map.get("name"));
          shown.put("ip_addresses", map.get("addresses"));
          interfaces.add(shown);
        }
      }
    }
    return interfaces;
  }

  private static List<?> read(String text) {
    try {
      return JsonMapper.shared().readValue(text, List.class);
    } catch (JacksonException e) {
      return List.of(); // what is not understood is not shown
    }
  }
}
