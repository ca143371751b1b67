package org.midonet.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.midonet.neutron.resource.Json;

/**
 * The requests that clients make most, often enough that the Java machine knows which code is worth
 * compiling; used by one thread.
 */
final class Rehearsal implements AutoCloseable {
  // From 200 calls on the machine counts what a method does; the less frequent requests share most
  // of their code with the frequent one.
  private static final int OFTEN = 3000;
  private static final int SELDOM = 300;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String server;

  /**
   * @param server its root, as in {@code http://127.0.0.1:9696}
   */
  Rehearsal(String server) {
    this.server = server;
  }

  /**
   * Sends them all.
   *
   * @throws Failure when one is not answered as it should be
   */
  void run() {
    get("/");
    get("/v2.0/");
    get("/v2.0/extensions");
    String network = id(post("networks", "network", "{'name': 'net'}"));
    post(
        "subnets",
        "subnet",
        "{'network_id': '%s', 'ip_version': 4, 'cidr': '10.0.0.0/16'}".formatted(network));
    String port = "";
    for (int i = 0; i < SELDOM; i++) {
      port = id(post("ports", "port", "{'network_id': '%s', 'name': 'p'}".formatted(network)));
      send(
          "PUT",
          "/v2.0/ports/" + port,
          "{'port': {'name': 'p%d'}}".formatted(i).replace('\'', '"'));
    }
    for (int i = 0; i < SELDOM; i++) {
      get("/v2.0/networks");
      get("/v2.0/ports?limit=20&network_id=" + network);
    }
    for (int i = 0; i < OFTEN; i++) {
      get("/v2.0/ports/" + port);
    }
  }

  private void get(String path) {
    send("GET", path, "");
  }

  private String post(String collection, String name, String attributes) {
    String body = "{'%s': %s}".formatted(name, attributes).replace('\'', '"');
    return send("POST", "/v2.0/" + collection, body);
  }

  private static String id(String answer) {
    Object resource =
        Json.read(answer) instanceof Map<?, ?> body ? body.values().iterator().next() : null;
    Object id = resource instanceof Map<?, ?> values ? values.get("id") : null;
    if (id == null) {
      throw new Failure(Failure.FAILED, "the server answered " + answer);
    }
    return id.toString();
  }

  private String send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new Failure(Failure.FAILED, method + " " + path + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new Failure(Failure.FAILED, method + " " + path + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.FAILED, method + " " + path + " was interrupted");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
