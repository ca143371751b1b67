package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.StateKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the agent of a host publishes about its interfaces: a JSON array of objects with name, mac,
 * mtu, type, endpoint, portType, status and addresses, as the API shows them. Stateless.
 */
final class HostState {
  private static final Logger LOG = LoggerFactory.getLogger(HostState.class);

  private static final List<String> FIELDS =
      List.of("name", "mac", "mtu", "type", "endpoint", "portType", "addresses", "status");

  private HostState() {}

  /** The interfaces of a host, none while its agent does not run. */
  static List<Map<String, @Nullable Object>> interfaces(UUID hostId, View view) {
    List<Map<String, @Nullable Object>> interfaces = new ArrayList<>();
    for (String text : view.topology().state(StateKey.interfaces(hostId)).values()) {
      for (Object one : read(text, hostId)) {
        if (one instanceof Map<?, ?> map) {
          interfaces.add(show(map, hostId, view));
        }
      }
    }
    return interfaces;
  }

  /** The addresses of all interfaces of a host. */
  static List<Object> addresses(UUID hostId, View view) {
    List<Object> addresses = new ArrayList<>();
    for (Map<String, @Nullable Object> one : interfaces(hostId, view)) {
      if (one.get("addresses") instanceof List<?> list) {
        addresses.addAll(list);
      }
    }
    return addresses;
  }

  private static List<?> read(String text, UUID hostId) {
    try {
      return JsonMapper.shared().readValue(text, List.class);
    } catch (JacksonException e) {
      LOG.warn("What host {} publishes of its interfaces cannot be read", hostId, e);
      return List.of();
    }
  }

  private static Map<String, @Nullable Object> show(Map<?, ?> published, UUID hostId, View view) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("hostId", hostId.toString());
    FIELDS.forEach(field -> json.put(field, published.get(field)));
    json.put("host", view.links().to("/hosts/" + hostId));
    json.put("uri", view.links().to("/hosts/" + hostId + "/interfaces/" + published.get("name")));
    return json;
  }
}
