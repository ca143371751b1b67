package org.midonet.app.scenario;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.midonet.agent.linux.NetworkNamespace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** MidoNet's own API, for what Neutron's cannot say. Safe to share. */
final class MidonetApi {
  private final NetworkNamespace namespace;
  private final URI base;

  MidonetApi(NetworkNamespace namespace, String url) {
    this.namespace = namespace;
    this.base = URI.create(url);
  }

  /** Makes something, and returns its id. */
  String create(String path, Map<String, ?> body) {
    String location =
        Api.exchange(namespace, "POST", base.resolve(path), Map.of(), body).location();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  JsonNode get(String path) {
    Map<String, String> anything = Map.of("Accept", "*/*");
    return JsonMapper.shared()
        .readTree(Api.exchange(namespace, "GET", base.resolve(path), anything, Map.of()).text());
  }

  /** Changes some fields of something. */
  void update(String path, Map<String, ?> fields) {
    Map<String, Object> body = new LinkedHashMap<>();
    get(path).properties().forEach(field -> body.put(field.getKey(), field.getValue()));
    body.putAll(fields);
    Api.exchange(namespace, "PUT", base.resolve(path), Map.of(), body);
  }

  void delete(String path) {
    Api.exchange(namespace, "DELETE", base.resolve(path), Map.of(), Map.of());
  }
}
