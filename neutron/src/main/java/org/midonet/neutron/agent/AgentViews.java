package org.midonet.neutron.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Resource;

/** Resources as agents and administrators are shown them: every visible attribute; stateless. */
final class AgentViews {
  private AgentViews() {}

  static Map<String, @Nullable Object> of(Resource resource) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    resource.forEach((attribute, value) -> {
      if (attribute.visible()) {
        view.put(attribute.name(), value);
      }
    });
    return view;
  }

  /** An L3 agent of a router; which one forwards for a highly available router nobody says. */
  static Map<String, @Nullable Object> hostingRouter(Resource agent) {
    Map<String, @Nullable Object> view = hosting(agent);
    view.put("ha_state", null);
    return view;
  }

  /** An agent as schedulers list it, with the versions it understands. */
  static Map<String, @Nullable Object> hosting(Resource agent) {
    Map<String, @Nullable Object> view = of(agent);
    view.put("resource_versions", agent.get(Agents.RESOURCE_VERSIONS, Map.of()));
    return view;
  }
}
