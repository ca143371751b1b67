package org.midonet.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Networking API as a project's user, or the administrator, sees it. Safe to share. */
final class Api implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  Api(int port) {
    this.base = URI.create("http://127.0.0.1:" + port + "/v2.0/");
  }

  /** Makes a resource and returns it. */
  JsonNode create(String project, String collection, String singular, Map<String, Object> body) {
    String text = JSON.writeValueAsString(Map.of(singular, body));
    return send(project, "POST", collection, text).path(singular);
  }

  JsonNode put(String project, String path, Map<String, Object> body) {
    return send(project, "PUT", path, JSON.writeValueAsString(body));
  }

  JsonNode get(String project, String path) {
    return send(project, "GET", path, "");
  }

  void delete(String project, String path) {
    send(project, "DELETE", path, "");
  }

  private JsonNode send(String project, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .header("X-Project-Id", project)
            .header("X-User-Id", "demo")
            .header("X-Roles", "admin")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            method + " " + path + ": " + response.statusCode() + " " + response.body());
      }
      return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
