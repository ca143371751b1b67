package org.midonet.benchmarks.datapath;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.midonet.agent.linux.NetworkNamespace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Networking API as a project's administrator in the host's namespace sees it. Safe to share.
 */
record Api(NetworkNamespace namespace) {
  private static final URI BASE = URI.create("http://127.0.0.1:9696/v2.0/");
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Makes a resource and returns it. */
  JsonNode create(String path, String singular, Map<String, ?> body) {
    return send("POST", path, Map.of(singular, body)).path(singular);
  }

  JsonNode put(String path, Map<String, ?> body) {
    return send("PUT", path, body);
  }

  JsonNode get(String path) {
    return send("GET", path, Map.of());
  }

  private JsonNode send(String method, String path, Map<String, ?> body) {
    return namespace.call(() -> {
      HttpURLConnection connection =
          (HttpURLConnection) BASE.resolve(path).toURL().openConnection();
      connection.setRequestMethod(method);
      // One that is kept is found by its address, which is that of another host's server, too.
      connection.setRequestProperty("Connection", "close");
      connection.setRequestProperty("X-Project-Id", "benchmark");
      connection.setRequestProperty("X-User-Id", "benchmark");
      connection.setRequestProperty("X-Roles", "admin");
      if (!body.isEmpty()) {
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
          out.write(JSON.writeValueAsBytes(body));
        }
      }
      int status = connection.getResponseCode();
      InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (status >= 300) {
        throw new IOException(method + " " + path + " " + body + ": " + status + " " + text);
      }
      return JSON.readTree(text);
    });
  }
}
