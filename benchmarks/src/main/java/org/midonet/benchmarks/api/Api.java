package org.midonet.benchmarks.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Networking API server as seen by one user: sets up what is measured and makes the requests to
 * be sent; safe to share between threads.
 *
 * @param server its root
 * @param token what goes into X-Auth-Token
 */
record Api(URI server, String token) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** The server as admin of keystone's project admin. */
  static Api login(URI server, String keystone) throws IOException, InterruptedException {
    String body =
        """
        {"auth": {"identity": {"methods": ["password"], "password": {"user":
          {"name": "admin", "domain": {"id": "default"}, "password": "secret"}}},
          "scope": {"project": {"name": "admin", "domain": {"id": "default"}}}}}
        """;
    var request =
        HttpRequest.newBuilder(URI.create(keystone + "/auth/tokens"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer = CLIENT.send(request, HttpResponse.BodyHandlers.discarding());
    return new Api(server, answer.headers().firstValue("X-Subject-Token").orElseThrow());
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getHost(), server.getPort());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  void delete(String path) throws IOException, InterruptedException {
    send("DELETE", path, "");
  }

  private JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.resolve("/v2.0" + path))
            .header("X-Auth-Token", token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          method + " " + path + " -> " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** The bytes of a request for the load driver. */
  byte[] request(String method, String path, String body) {
    var text = new StringBuilder(256);
    text.append(method).append(" /v2.0").append(path).append(" HTTP/1.1\r\nHost: ");
    text.append(server.getHost()).append(':').append(server.getPort());
    text.append("\r\nX-Auth-Token: ").append(token).append("\r\nAccept: application/json\r\n");
    if (!body.isEmpty()) {
      text.append("Content-Type: application/json\r\nContent-Length: ")
          .append(body.length())
          .append("\r\n");
    }
    return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII);
  }
}
