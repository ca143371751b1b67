package org.midonet.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that MidoNet's API shows, a line for each object, without what each run draws by lot.
 * Stateless.
 */
final class TopologyLines {

  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> ROOTS =
      List.of(
          "bridges",
          "routers",
          "ports",
          "chains",
          "port_groups",
          "ip_addr_groups",
          "neutron/networks",
          "neutron/subnets",
          "neutron/ports",
          "neutron/routers",
          "neutron/floating_ips",
          "neutron/security_groups",
          "neutron/security_group_rules");

  /** Links to lists that belong to an object. */
  private static final Set<String> BELOW =
      Set.of("arpTable", "macTable", "dhcpSubnets", "hosts", "routes", "rules", "addrs");

  private static final Set<String> BY_LOT = Set.of("tunnelKey", "ruleIds");

  private TopologyLines() {}

  /** The sorted lines. */
  static List<String> of(URI api, String token) {
    List<String> lines = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String root : ROOTS) {
        read(http, api.resolve(root), token, root, lines);
      }
    }
    return lines.stream().sorted().toList();
  }

  private static void read(
      HttpClient http, URI list, String token, String path, List<String> lines) {
    for (Object item : get(http, list, token)) {
      Map<String, @Nullable Object> object = object(item);
      String uri = String.valueOf(object.get("uri"));
      Map<String, @Nullable Object> kept = new TreeMap<>();
      object.forEach((name, value) -> {
        boolean isLink = value instanceof String text && text.startsWith("http://");
        if (isLink && BELOW.contains(name) && text(value).startsWith(uri)) {
          read(
              http,
              URI.create(text(value)),
              token,
              path + "/" + object.get("id") + "/" + name,
              lines);
        } else if (!isLink && !BY_LOT.contains(name)) {
          kept.put(name, "".equals(value) ? null : value); // a task leaves empty texts out
        }
      });
      if (path.endsWith("/rules")) {
        kept.remove("id");
      }
      lines.add(path + " " + kept);
    }
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  private static Map<String, @Nullable Object> object(Object item) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    ((Map<?, ?>) item).forEach((name, value) -> object.put(String.valueOf(name), value));
    return object;
  }

  private static List<?> get(HttpClient http, URI list, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(list).header("X-Auth-Token", token).header("Accept", "*/*").build();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(list + " answered " + response.statusCode());
      }
      return Objects.requireNonNull(JSON.readValue(response.body(), List.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
