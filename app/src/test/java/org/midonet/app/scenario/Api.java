package org.midonet.app.scenario;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.midonet.agent.linux.NetworkNamespace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Networking API as the administrator in a project sees it. Safe to share. */
final class Api {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Set<String> BALANCING = Set.of("pool", "vip", "member", "health_monitor");

  private final NetworkNamespace namespace;
  private final URI base;

  /**
   * @param namespace from which the server is reached
   */
  Api(NetworkNamespace namespace, String url) {
    this.namespace = namespace;
    this.base = URI.create(url + "/v2.0/");
  }

  /** Makes a resource and returns it. */
  JsonNode create(String project, String singular, Map<String, ?> body) {
    return send(project, "POST", collection(singular), Map.of(singular, body)).path(singular);
  }

  JsonNode update(String project, String singular, String id, Map<String, ?> body) {
    String path = collection(singular) + "/" + id;
    return send(project, "PUT", path, Map.of(singular, body)).path(singular);
  }

  private static String collection(String singular) {
    if (BALANCING.contains(singular)) {
      return "lb/" + singular + "s";
    }
    String plural = singular.replace('_', '-').replaceFirst("y$", "ie") + "s";
    return singular.startsWith("firewall") ? "fw/" + plural : plural;
  }

  JsonNode post(String project, String path, Map<String, ?> body) {
    return send(project, "POST", path, body);
  }

  JsonNode put(String project, String path, Map<String, ?> body) {
    return send(project, "PUT", path, body);
  }

  JsonNode get(String project, String path) {
    return send(project, "GET", path, Map.of());
  }

  void delete(String project, String path) {
    send(project, "DELETE", path, Map.of());
  }

  private JsonNode send(String project, String method, String path, Map<String, ?> body) {
    Map<String, String> headers =
        Map.of("X-Project-Id", project, "X-User-Id", "scenario", "X-Roles", "admin");
    Reply reply = exchange(namespace, method, base.resolve(path), headers, body);
    return reply.text().isEmpty() ? JSON.createObjectNode() : JSON.readTree(reply.text());
  }

  /**
   * An answer.
   *
   * @param location of what was made, empty if nothing was
   */
  record Reply(String text, String location) {}

  /** A request of a program in a namespace; it has to succeed. */
  static Reply exchange(
      NetworkNamespace namespace,
      String method,
      URI uri,
      Map<String, String> headers,
      Map<String, ?> body) {
    return namespace.call(() -> {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setRequestMethod(method);
      // Kept connections are found by address alone, which is the same in each namespace.
      connection.setRequestProperty("Connection", "close");
      headers.forEach(connection::setRequestProperty);
      if (!body.isEmpty()) {
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(JSON.writeValueAsBytes(body));
        }
      }
      int status = connection.getResponseCode();
      InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
      String text = stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      if (status >= 300) {
        throw new AssertionError(method + " " + uri + " " + body + ": " + status + " " + text);
      }
      String location = connection.getHeaderField("Location");
      return new Reply(text, location == null ? "" : location);
    });
  }
}
