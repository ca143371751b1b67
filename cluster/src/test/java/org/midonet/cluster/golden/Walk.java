package org.midonet.cluster.golden;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.TestApi;

/**
 * Dumps the topology by walking the core REST resources as the recordings were made: without null,
 * empty and false fields, without addresses of resources, and with sub-resources in fields of their
 * object that begin with an underscore.
 */
record Walk(TestApi api) {
  private static final List<String> COLLECTIONS =
      List.of(
          "bridges",
          "routers",
          "ports",
          "chains",
          "ip_addr_groups",
          "port_groups",
          "load_balancers",
          "pools",
          "vips",
          "pool_members",
          "mirrors",
          "service_containers");

  /** Fields that hold addresses although their name does not say so. */
  private static final Set<String> LINKS = Set.of("uri");

  Map<String, Object> dump() {
    Map<String, Object> dump = new LinkedHashMap<>();
    for (String collection : COLLECTIONS) {
      List<Object> objects = new ArrayList<>();
      for (Map<String, @Nullable Object> raw : api.get("/" + collection).list()) {
        Map<String, Object> object = strip(raw);
        below(collection, String.valueOf(raw.get("id")), object);
        objects.add(object);
      }
      if (!objects.isEmpty()) {
        dump.put(collection, objects);
      }
    }
    return dump;
  }

  private void below(String collection, String id, Map<String, Object> object) {
    String path = "/" + collection + "/" + id;
    switch (collection) {
      case "bridges" -> {
        List<Object> subnets = new ArrayList<>();
        for (Map<String, @Nullable Object> raw : api.get(path + "/dhcp").list()) {
          Map<String, Object> subnet = strip(raw);
          put(subnet, "_hosts", String.valueOf(raw.get("hosts")));
          subnets.add(subnet);
        }
        if (!subnets.isEmpty()) {
          object.put("_dhcp", subnets);
        }
        put(object, "_mac", path + "/mac_table");
        put(object, "_arp", path + "/arp_table");
      }
      case "routers" -> put(object, "_routes", path + "/routes");
      case "chains" -> put(object, "_rules", path + "/rules");
      case "port_groups" -> put(object, "_ports", path + "/ports");
      default -> {}
    }
  }

  private void put(Map<String, Object> object, String field, String path) {
    List<Object> list = new ArrayList<>();
    for (Map<String, @Nullable Object> raw : api.get(path).list()) {
      list.add(strip(raw));
    }
    if (!list.isEmpty()) {
      object.put(field, list);
    }
  }

  private static Map<String, Object> strip(Map<?, ?> raw) {
    Map<String, Object> object = new LinkedHashMap<>();
    raw.forEach((key, value) -> {
      Object stripped = strip(value);
      if (stripped != null && !LINKS.contains(String.valueOf(key))) {
        object.put(String.valueOf(key), stripped);
      }
    });
    return object;
  }

  private static @Nullable Object strip(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean flag -> flag ? flag : null;
      case Number number -> number.longValue() == 0 ? null : number;
      case String text -> text.startsWith("http://") ? null : text;
      case Map<?, ?> map -> strip(map);
      case List<?> list -> list.isEmpty() ? null : list.stream().map(Walk::stripItem).toList();
      case Collection<?> other -> List.copyOf(other);
      default -> value;
    };
  }

  private static Object stripItem(Object item) {
    return item instanceof Map<?, ?> map ? strip(map) : item;
  }
}
